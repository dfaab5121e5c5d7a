import { instant } from "./instant.ts";
import type { DateOp, EvaluationContext, ListOp, NumberOp, Plain, Scalar, TextOp, VersionOp } from "./model.ts";
import { contains, parseAddress, parseNetwork, type Network } from "./network.ts";
import { compareVersionText, parseVersion, type Version } from "./semver.ts";

/** Answers whether a context satisfies a comparison. */
export type Predicate = (context: EvaluationContext) => boolean;

/** Compiles an RE2 pattern to a search in linear time; throws an Error naming the fault of a broken pattern. */
export type PatternEngine = (pattern: string, ignoreCase: boolean) => (text: string) => boolean;

/** The pattern engine of a set that was given none. */
export const withoutPatterns: PatternEngine = (pattern) => {
  throw new Error(`the pattern '${pattern}' needs a pattern engine, and none was given`);
};

const never: Predicate = () => false;

/**
 * Compiles one comparison, with its sets, versions, networks and patterns ready. The attribute's name is read from the
 * context as it is; one function does it all, because a second call costs as much as the comparison.
 */
export function operator(comparison: Plain, patterns: PatternEngine): Predicate {
  const name = comparison.attribute;
  switch (comparison.op) {
    case "equals":
      return equals(name, comparison.value, comparison.ignore_case === true);
    case "one_of":
      return oneOf(name, comparison.values, comparison.ignore_case === true);
    case "less":
    case "at_most":
    case "greater":
    case "at_least":
      return number(name, comparison.op, comparison.value);
    case "contains":
    case "starts_with":
    case "ends_with":
      return text(name, comparison.op, comparison.values, comparison.ignore_case === true);
    case "matches":
      return matches(name, patterns(comparison.pattern, comparison.ignore_case === true));
    case "before":
    case "after":
      return date(name, comparison.op, instant(comparison.value));
    case "in_network":
      return inNetwork(name, comparison.values);
    case "present":
      return (context) => context[name] !== undefined && context[name] !== null;
    case "has_any":
    case "has_all":
      return list(name, comparison.op, comparison.values, comparison.ignore_case === true);
    default:
      return version(name, comparison.op, parseVersion(comparison.value));
  }
}

const fold = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);

function equals(name: string, wanted: Scalar, ignoreCase: boolean): Predicate {
  if (!ignoreCase) return (context) => context[name] === wanted;
  const folded = fold(wanted);
  return (context) => fold(context[name]) === folded;
}

function oneOf(name: string, values: readonly Scalar[], ignoreCase: boolean): Predicate {
  const set = new Set<unknown>(ignoreCase ? values.map(fold) : values);
  return ignoreCase ? (context) => set.has(fold(context[name])) : (context) => set.has(context[name]);
}

function number(name: string, op: NumberOp, limit: number | string): Predicate {
  if (typeof limit === "string") return never;
  const compared = (context: EvaluationContext): number => {
    const value = context[name];
    return typeof value === "number" ? value : NaN;
  };
  switch (op) {
    case "less":
      return (context) => compared(context) < limit;
    case "at_most":
      return (context) => compared(context) <= limit;
    case "greater":
      return (context) => compared(context) > limit;
    case "at_least":
      return (context) => compared(context) >= limit;
  }
}

function text(name: string, op: TextOp, parts: readonly string[], ignoreCase: boolean): Predicate {
  const wanted = ignoreCase ? parts.map((part) => part.toLowerCase()) : parts;
  const method = ({ contains: "includes", starts_with: "startsWith", ends_with: "endsWith" } as const)[op];
  return (context) => {
    const value = context[name];
    if (typeof value !== "string") return false;
    const seen = ignoreCase ? value.toLowerCase() : value;
    for (const part of wanted) if (seen[method](part)) return true;
    return false;
  };
}

function matches(name: string, find: (text: string) => boolean): Predicate {
  return (context) => {
    const value = context[name];
    return typeof value === "string" && find(value);
  };
}

function date(name: string, op: DateOp, limit: number): Predicate {
  if (op === "before") return (context) => instant(context[name]) < limit;
  return (context) => instant(context[name]) > limit;
}

function inNetwork(name: string, values: readonly string[]): Predicate {
  const networks = values.map(parseNetwork).filter((network): network is Network => network !== undefined);
  return (context) => {
    const value = context[name];
    const address = typeof value === "string" ? parseAddress(value) : undefined;
    if (!address) return false;
    for (const network of networks) if (contains(network, address)) return true;
    return false;
  };
}

function list(name: string, op: ListOp, values: readonly Scalar[], ignoreCase: boolean): Predicate {
  const wanted = [...new Set<unknown>(ignoreCase ? values.map(fold) : values)];
  return (context) => {
    const value = context[name];
    if (!Array.isArray(value)) return false;
    const held = new Set<unknown>(ignoreCase ? value.map(fold) : value);
    return op === "has_any" ? wanted.some((one) => held.has(one)) : wanted.every((one) => held.has(one));
  };
}

function version(name: string, op: VersionOp, target: Version | undefined): Predicate {
  if (!target) return never;
  const order = (context: EvaluationContext): number => {
    const value = context[name];
    return typeof value === "string" ? compareVersionText(value, target) : NaN;
  };
  switch (op) {
    case "semver_equals":
      return (context) => order(context) === 0;
    case "semver_less":
      return (context) => order(context) < 0;
    case "semver_at_most":
      return (context) => order(context) <= 0;
    case "semver_greater":
      return (context) => order(context) > 0;
    case "semver_at_least":
      return (context) => order(context) >= 0;
    case "semver_same_major":
      return (context) => hasSameParts(context[name], target, 1);
    case "semver_same_minor":
      return (context) => hasSameParts(context[name], target, 2);
  }
}

function hasSameParts(value: unknown, target: Version, parts: number): boolean {
  const seen = typeof value === "string" ? parseVersion(value) : undefined;
  return seen !== undefined && seen.numbers.slice(0, parts).every((one, part) => one === target.numbers[part]);
}
