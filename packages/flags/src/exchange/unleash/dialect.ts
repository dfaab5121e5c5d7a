import type { DialectRules } from "../../foreign.ts";
import { contains, parseAddress, parseNetwork, type Network } from "../../network.ts";
import { operator } from "../../operator.ts";
import { completeVersion } from "../versions.ts";

/**
 * Unleash compares texts: whatever the attribute holds is written out first, and read back as a number where numbers are
 * compared. Versions must be complete and have no `v`. An IPv6 address never lies in an IPv4 network, however written.
 */
export const unleashRules: DialectRules = {
  name: "unleash",
  test: (comparison, patterns) => {
    if (comparison.op === "in_network") return inNetwork(comparison.values);

    const test = operator({ ...comparison, attribute: "value" }, patterns);
    const seen = readerOf(comparison.op, "value" in comparison && typeof comparison.value === "number");
    return (value) => value !== undefined && value !== null && test({ value: seen(String(value)) });
  },
};

function readerOf(op: string, isNumber: boolean): (text: string) => unknown {
  if (op.startsWith("semver_")) return (text) => (text.startsWith("v") ? undefined : completeVersion(text));
  return isNumber ? Number : (text) => text;
}

function inNetwork(values: readonly string[]): (value: unknown) => boolean {
  const networks = values.map(written).filter((network): network is Network => network !== undefined);
  return (value) => {
    const seen = typeof value === "string" ? written(value) : undefined;
    if (!seen) return false;
    return networks.some((network) => isWithin(seen, network));
  };
}

/** The address may itself be written as a network, which must then be the narrower one, or begin at the same address. */
function isWithin(seen: Network, network: Network): boolean {
  if (seen.prefix >= network.prefix && contains(network, seen.address)) return true;
  return (
    seen.address.length === network.address.length && seen.address.every((word, at) => word === network.address[at])
  );
}

/** As our own networks, with IPv4 inside IPv6 left as the IPv6 it is written as. */
function written(text: string): Network | undefined {
  const [base = "", length] = text.replace(/%[^/]*/, "").split("/");
  const address = parseAddress(base);
  if (!address || !base.includes(":") || address.length === 8) return parseNetwork(text.replace(/%[^/]*/, ""));

  const prefix = length === undefined ? 128 : Number(length);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 128) return undefined;
  return { address: [0, 0, 0, 0, 0, 0xffff, ...address], prefix };
}
