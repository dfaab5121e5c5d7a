import { instant } from "./instant.ts";
import type { Comparison, DateOp, ListOp, NumberOp, Scalar, TextOp, VersionOp } from "./model.ts";
import { contains, parseAddress, parseNetwork, type Network } from "./network.ts";
import { compareVersions, compareVersionText, parseVersion, type Version } from "./semver.ts";

/** Answers whether an attribute's value, of any type, satisfies a comparison. */
export type Test = (value: unknown) => boolean;

/** Compiles an RE2 pattern to a search in linear time; throws an Error naming the fault of a broken pattern. */
export type PatternEngine = (pattern: string, ignoreCase: boolean) => (text: string) => boolean;

const never: Test = () => false;

/** Compiles one comparison, with its sets, versions, networks and patterns ready. */
export function operator(comparison: Comparison, patterns: PatternEngine): Test {
  switch (comparison.op) {
    case "equals":
      return equals(comparison.value, comparison.ignore_case === true);
    case "one_of":
      return oneOf(comparison.values, comparison.ignore_case === true);
    case "less":
    case "at_most":
    case "greater":
    case "at_least":
      return number(comparison.op, comparison.value);
    case "contains":
    case "starts_with":
    case "ends_with":
      return text(comparison.op, comparison.values, comparison.ignore_case === true);
    case "matches":
      return matches(patterns(comparison.pattern, comparison.ignore_case === true));
    case "before":
    case "after":
      return date(comparison.op, instant(comparison.value));
    case "in_network":
      return inNetwork(comparison.values);
    case "present":
      return (value) => value !== undefined && value !== null;
    case "has_any":
    case "has_all":
      return list(comparison.op, comparison.values, comparison.ignore_case === true);
    default:
      return version(comparison.op, parseVersion(comparison.value));
  }
}

const fold = (value: Scalar): Scalar => (typeof value === "string" ? value.toLowerCase() : value);

function equals(wanted: Scalar, ignoreCase: boolean): Test {
  if (!ignoreCase || typeof wanted !== "string") return (value) => value === wanted;
  const folded = wanted.toLowerCase();
  return (value) => typeof value === "string" && value.toLowerCase() === folded;
}

function oneOf(values: readonly Scalar[], ignoreCase: boolean): Test {
  const set = new Set<unknown>(ignoreCase ? values.map(fold) : values);
  return ignoreCase ? (value) => set.has(typeof value === "string" ? value.toLowerCase() : value) : (v) => set.has(v);
}

function number(op: NumberOp, limit: number): Test {
  switch (op) {
    case "less":
      return (value) => typeof value === "number" && value < limit;
    case "at_most":
      return (value) => typeof value === "number" && value <= limit;
    case "greater":
      return (value) => typeof value === "number" && value > limit;
    case "at_least":
      return (value) => typeof value === "number" && value >= limit;
  }
}

function text(op: TextOp, parts: readonly string[], ignoreCase: boolean): Test {
  const wanted = ignoreCase ? parts.map((part) => part.toLowerCase()) : parts;
  const method = ({ contains: "includes", starts_with: "startsWith", ends_with: "endsWith" } as const)[op];
  return (value) => {
    if (typeof value !== "string") return false;
    const seen = ignoreCase ? value.toLowerCase() : value;
    for (const part of wanted) if (seen[method](part)) return true;
    return false;
  };
}

function matches(find: (text: string) => boolean): Test {
  return (value) => typeof value === "string" && find(value);
}

function date(op: DateOp, limit: number): Test {
  return op === "before" ? (value) => instant(value) < limit : (value) => instant(value) > limit;
}

function inNetwork(values: readonly string[]): Test {
  const networks = values.map(parseNetwork).filter((network): network is Network => network !== undefined);
  return (value) => {
    const address = typeof value === "string" ? parseAddress(value) : undefined;
    if (!address) return false;
    for (const network of networks) if (contains(network, address)) return true;
    return false;
  };
}

function list(op: ListOp, values: readonly Scalar[], ignoreCase: boolean): Test {
  const prepare = ignoreCase
    ? (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value)
    : undefined;
  const wanted = [...new Set(ignoreCase ? values.map(fold) : values)];
  return (value) => {
    if (!Array.isArray(value)) return false;
    const held = new Set<unknown>(prepare ? value.map(prepare) : value);
    return op === "has_any" ? wanted.some((one) => held.has(one)) : wanted.every((one) => held.has(one));
  };
}

function version(op: VersionOp, target: Version | undefined): Test {
  if (!target) return never;
  switch (op) {
    case "semver_equals":
      return (value) => typeof value === "string" && compareVersionText(value, target) === 0;
    case "semver_less":
      return (value) => typeof value === "string" && compareVersionText(value, target) < 0;
    case "semver_at_most":
      return (value) => typeof value === "string" && compareVersionText(value, target) <= 0;
    case "semver_greater":
      return (value) => typeof value === "string" && compareVersionText(value, target) > 0;
    case "semver_at_least":
      return (value) => typeof value === "string" && compareVersionText(value, target) >= 0;
    case "semver_same_major":
      return sameParts(target, 1);
    case "semver_same_minor":
      return sameParts(target, 2);
  }
}

function sameParts(target: Version, parts: number): Test {
  return (value) => {
    const seen = typeof value === "string" ? parseVersion(value) : undefined;
    if (!seen) return false;
    const without = (one: Version): Version => ({
      numbers: [one.numbers[0], parts > 1 ? one.numbers[1] : 0, 0],
      pre: [],
    });
    return compareVersions(without(seen), without(target)) === 0;
  };
}
