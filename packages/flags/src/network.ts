/** An IP address as 16-bit words: two for IPv4 (also when written as IPv4-mapped IPv6), eight for IPv6. */
export type Address = readonly number[];

export interface Network {
  readonly address: Address;
  readonly prefix: number;
}

/** Reads an IPv4 (RFC 791 dotted) or IPv6 (RFC 4291) address; undefined when it is none. Zones (`%eth0`) are none. */
export function parseAddress(text: string): Address | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

/** Reads a CIDR network such as `10.0.0.0/8`; an address alone is a network of one. Undefined when it is none. */
export function parseNetwork(text: string): Network | undefined {
  const [base = "", length, ...rest] = text.split("/");
  const address = parseAddress(base);
  if (!address || rest.length > 0) return undefined;

  const bits = address.length * 16;
  if (length === undefined) return { address, prefix: bits };
  if (!/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;

  // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
  const prefix = Number(length) - (bits === 32 && base.includes(":") ? 96 : 0);
  return prefix >= 0 && prefix <= bits ? { address, prefix } : undefined;
}

export function contains(network: Network, address: Address): boolean {
  if (address.length !== network.address.length) return false;

  for (let at = 0, bits = network.prefix; bits > 0; at++, bits -= 16) {
    const mask = bits >= 16 ? 0xffff : (0xffff << (16 - bits)) & 0xffff;
    if ((((address[at] ?? 0) ^ (network.address[at] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

function parseV4(text: string): Address | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;

  // A leading zero is refused: some read it as octal.
  const parts = match.slice(1);
  if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith("0")))) return undefined;

  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

function parseV6(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;

  const head = words(halves[0] ?? "", halves.length === 1);
  const tail = words(halves[1] ?? "", true);
  if (!head || !tail) return undefined;

  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;

  const all = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return isMapped(all) ? all.slice(6) : all;
}

/** Groups of one half; only at the very end of an address may the last be written as IPv4. */
function words(text: string, isEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  const result: number[] = [];
  for (const [index, group] of groups.entries()) {
    const embedded = isEnd && index === groups.length - 1 && group.includes(".") ? parseV4(group) : undefined;
    if (!embedded && !/^[0-9A-Fa-f]{1,4}$/.test(group)) return undefined;
    result.push(...(embedded ?? [Number.parseInt(group, 16)]));
  }
  return result;
}

function isMapped(all: readonly number[]): boolean {
  return all[5] === 0xffff && all.slice(0, 5).every((word) => word === 0);
}
