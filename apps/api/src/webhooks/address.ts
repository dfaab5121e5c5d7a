import { BlockList, isIP } from "node:net";

// IPv4 that is not on the public internet (RFC 6890 and its registry): this network, private, shared, loopback,
// link-local with the clouds' metadata, protocol assignments, documentation, relays, benchmarks, multicast, reserved.
const privateV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
// Of IPv6 only global unicast is public, less what carries IPv4 in it (Teredo, 6to4), ORCHIDs and documentation.
const publicV6 = ["2000::/3"];
const privateV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const unreachableV4 = listed(privateV4, "ipv4");
const globalV6 = listed(publicV6, "ipv6");
const unreachableV6 = listed(privateV6, "ipv6");

function listed(networks: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Whether an IP address is one of the public internet: nothing of this machine, its network, or its cloud. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !unreachableV4.check(address, "ipv4");
    case 6:
      return globalV6.check(address, "ipv6") && !unreachableV6.check(address, "ipv6");
    default:
      return false;
  }
}

/**
 * What is wrong with a webhook's address as it is written, or undefined. A host's name may still lead to a private
 * address, today or later: that is for whoever connects to refuse.
 */
export function problemOf(text: string, allowPrivate: boolean): string | undefined {
  if (!URL.canParse(text)) return "expected an https:// address";
  const { protocol, username, password, hash, hostname } = new URL(text);
  if (protocol !== "https:" && !(allowPrivate && protocol === "http:")) return "expected an https:// address";
  if (username || password) return "must not carry a name or password: a receiver checks the signature";
  if (hash) return "must not have a fragment";
  if (allowPrivate) return undefined;

  const literal = literalOf(hostname);
  if (literal !== undefined && !isPublic(literal)) return "leads into a private network";
  return hostname === "localhost" || hostname.endsWith(".localhost") ? "leads into a private network" : undefined;
}

/** The IP address that a host of a URL spells out, without the brackets of IPv6. */
export function literalOf(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(bare) === 0 ? undefined : bare;
}
