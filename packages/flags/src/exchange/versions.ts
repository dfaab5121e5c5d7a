const MAX_LENGTH = 256;
const COMPLETE = /^v?\d+\.\d+\.\d+(?:[-+]|$)/;

/**
 * A version that npm's `semver` reads, as text that ours reads the same; undefined when it reads none. It wants all three
 * numbers (none above 2^53 - 1), allows a `v` and blanks around. Source: https://github.com/npm/node-semver.
 */
export function completeVersion(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > MAX_LENGTH) return undefined;

  const text = value.trim();
  if (!COMPLETE.test(text)) return undefined;
  const numbers = text.replace(/^v/, "").split(/[-+]/, 1)[0]?.split(".") ?? [];
  return numbers.every((part) => Number.isSafeInteger(Number(part))) ? text : undefined;
}
