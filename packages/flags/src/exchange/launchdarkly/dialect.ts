import type { DialectRules } from "../../foreign.ts";
import { operator } from "../../operator.ts";
import { completeVersion } from "../versions.ts";

/**
 * LaunchDarkly: a list satisfies what one of its elements satisfies. Dates are milliseconds, or RFC 3339 texts with their
 * time; versions may leave out minor and patch, and have no `v`.
 */
export const launchdarklyRules: DialectRules = {
  name: "launchdarkly",
  test: (comparison, patterns) => {
    const test = operator({ ...comparison, attribute: "value" }, patterns);
    const seen = readerOf(comparison.op);
    return (value) =>
      Array.isArray(value) ? value.some((one) => test({ value: seen(one) })) : test({ value: seen(value) });
  },
};

function readerOf(op: string): (value: unknown) => unknown {
  if (op.startsWith("semver_")) return versionText;
  return op === "before" || op === "after" ? milliseconds : (value) => value;
}

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d\d*)?(Z|[-+]\d\d(:\d\d)?)/;

/** A moment as LaunchDarkly's SDKs read it; NaN when it is none. */
export function milliseconds(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && DATE.test(value) ? Date.parse(value) : NaN;
}

/** A version as LaunchDarkly's SDKs read it, written with all three numbers. */
export function versionText(value: unknown): string | undefined {
  if (typeof value !== "string" || value.startsWith("v")) return undefined;

  const complete = completeVersion(value);
  if (complete !== undefined) return complete;
  const [short = "", minor, patch] = /^\d+(\.\d+)?(\.\d+)?/.exec(value) ?? [];
  const zeros = (minor === undefined ? ".0" : "") + (patch === undefined ? ".0" : "");
  return short === "" ? undefined : completeVersion(short + zeros + value.slice(short.length));
}
