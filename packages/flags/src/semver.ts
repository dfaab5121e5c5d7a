/** A parsed Semantic Version; `pre` holds the prerelease identifiers, numeric ones as numbers. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  readonly pre: readonly (string | number)[];
}

const DOT = 46;
const PRERELEASE = /^(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)$/;
const BUILD = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/;

/**
 * Reads a version as Semantic Versioning 2.0 (https://semver.org), with an optional leading `v` and with minor and patch
 * allowed to be missing. Undefined when it is none.
 */
export function parseVersion(text: string): Version | undefined {
  const match = /^[vV]?(0|[1-9]\d*)(?:\.(0|[1-9]\d*))?(?:\.(0|[1-9]\d*))?(?:-([^+]*))?(?:\+(.*))?$/.exec(text);
  if (!match) return undefined;

  const [, major, minor = "0", patch = "0", pre, build] = match;
  if (build !== undefined && !BUILD.test(build)) return undefined;
  const identifiers = pre === undefined ? [] : parsePrerelease(pre);
  if (!identifiers) return undefined;

  return { numbers: [Number(major), Number(minor), Number(patch)], pre: identifiers };
}

function parsePrerelease(text: string): (string | number)[] | undefined {
  const parts = text.split(".");
  if (!parts.every((part) => PRERELEASE.test(part))) return undefined;
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Below, at or above zero as `a` is before, equal to or after `b`; build metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  for (let part = 0; part < 3; part++) {
    const difference = (a.numbers[part] ?? 0) - (b.numbers[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePrereleases(a.pre, b.pre);
}

function comparePrereleases(a: Version["pre"], b: Version["pre"]): number {
  // A version without a prerelease comes after the same one with it.
  if (a.length === 0 || b.length === 0) return b.length - a.length;

  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compareIdentifiers(a[at] ?? 0, b[at] ?? 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number") return -1;
  if (typeof b === "number") return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * As `compareVersions`, for a text against a parsed version; NaN when the text is no version. Plain releases, which are
 * nearly all, are read without allocating.
 */
export function compareVersionText(text: string, target: Version): number {
  const end = text.length;
  let at = (text.charCodeAt(0) | 32) === 118 ? 1 : 0;
  let order = 0;

  for (let part = 0; part < 3; part++) {
    const start = at;
    let number = 0;
    // Reading past the end answers NaN, which would make every number here a double, kept on the heap.
    for (; at < end; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    if (at === start || (at - start > 1 && text.charCodeAt(start) === 48)) return NaN;

    if (order === 0) order = number - (target.numbers[part] as number);
    if (at === end) return shortened(order, part, target);
    if (text.charCodeAt(at) !== DOT) return slowly(text, target);
    at++;
  }
  return NaN;
}

/** The end of the text after `part`: the parts that are missing count as zero. */
function shortened(order: number, part: number, target: Version): number {
  let result = order;
  for (let next = part + 1; next < 3 && result === 0; next++) result = -(target.numbers[next] as number);
  return result === 0 ? target.pre.length : result;
}

function slowly(text: string, target: Version): number {
  const version = parseVersion(text);
  return version ? compareVersions(version, target) : NaN;
}
