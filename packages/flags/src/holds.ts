import { attribute, identity } from "./attribute.ts";
import { placer } from "./bucket.ts";
import { dialectTest, type Engines, type Foreign } from "./foreign.ts";
import { instant } from "./instant.ts";
import type {
  Comparison,
  Condition,
  EvaluationContext,
  NumberOp,
  Plain,
  Resolution,
  Requirement,
  Scalar,
  Segment,
  TextOp,
  VersionOp,
} from "./model.ts";
import { contains, parseAddress, parseNetwork } from "./network.ts";
import type { PatternEngine } from "./operator.ts";
import { compareVersions, parseVersion } from "./semver.ts";

/** What a condition is read against, uncompiled. */
export interface Surroundings {
  readonly segments: { readonly [name: string]: Segment };
  readonly engines: Engines;
  /** What another flag answers to the same context. */
  answer(key: string): Resolution;
}

/** Whether a condition holds for a context, read plainly from the document: the meaning that `compile` is held to. */
export function holds(condition: Condition, context: EvaluationContext, around: Surroundings): boolean {
  if ("all" in condition) return condition.all.every((part) => holds(part, context, around));
  if ("any" in condition) return condition.any.some((part) => holds(part, context, around));
  if ("not" in condition) return !holds(condition.not, context, around);
  if ("segment" in condition) return isMember(condition.segment, context, around);
  if ("flag" in condition) return isMet(condition, around);

  const { engines } = around;
  const value = attribute(context, condition.attribute);
  if (condition.op === "in_share") return isWithin(condition, value, context, engines.foreign);
  if (condition.dialect) return dialectTest(condition, condition.dialect, engines)(value);
  return satisfies(condition, value, engines.patterns);
}

/** Whether another flag is on and serves what is required of it. */
function isMet({ flag, variants }: Requirement, around: Surroundings): boolean {
  const answer = around.answer(flag);
  return answer.reason !== "DISABLED" && answer.variant !== undefined && variants.includes(answer.variant);
}

function isWithin(
  { algorithm, salt, of, ranges }: Extract<Comparison, { op: "in_share" }>,
  value: unknown,
  context: EvaluationContext,
  foreign: Foreign | undefined,
): boolean {
  const place = placer(algorithm, salt, of, foreign)(value, context);
  return ranges.some(([from, to]) => place >= from && place < to);
}

/** Whether a context belongs to the segment of a name. */
export function isMember(name: string, context: EvaluationContext, around: Surroundings): boolean {
  const segment = Object.hasOwn(around.segments, name) ? around.segments[name] : undefined;
  if (!segment) return false;
  if ("when" in segment) return holds(segment.when, context, around);
  return segment.ids.includes(identity(attribute(context, segment.by ?? "targetingKey")));
}

function satisfies(comparison: Plain, value: unknown, patterns: PatternEngine): boolean {
  switch (comparison.op) {
    case "present":
      return value !== undefined && value !== null;
    case "equals":
      return isSame(value, comparison.value, comparison.ignore_case);
    case "one_of":
      return comparison.values.some((wanted) => isSame(value, wanted, comparison.ignore_case));
    case "has_any":
    case "has_all":
      return Array.isArray(value) && hasListed(comparison, value);
    case "less":
    case "at_most":
    case "greater":
    case "at_least":
      return typeof value === "number" && isOrdered(comparison.op, value, comparison.value);
    case "before":
      return instant(value) < instant(comparison.value);
    case "after":
      return instant(value) > instant(comparison.value);
    default:
      return typeof value === "string" && reads(comparison, value, patterns);
  }
}

type Listing = Extract<Comparison, { op: "has_any" | "has_all" }>;

function hasListed({ op, values, ignore_case }: Listing, held: readonly unknown[]): boolean {
  const isHeld = (wanted: Scalar) => held.some((one) => isSame(one, wanted, ignore_case));
  return op === "has_any" ? values.some(isHeld) : values.every(isHeld);
}

function isSame(value: unknown, wanted: Scalar, ignoreCase: boolean | undefined): boolean {
  if (!ignoreCase || typeof value !== "string" || typeof wanted !== "string") return value === wanted;
  return value.toLowerCase() === wanted.toLowerCase();
}

function isOrdered(op: NumberOp, a: number, b: number | string): boolean {
  if (typeof b === "string") return false;
  // Infinity minus itself is NaN, yet the two are equal.
  const order = a === b ? 0 : a - b;
  switch (op) {
    case "less":
      return order < 0;
    case "at_most":
      return order <= 0;
    case "greater":
      return order > 0;
    case "at_least":
      return order >= 0;
  }
}

type Text = Extract<Comparison, { op: TextOp }>;
type Reading = Text | Extract<Comparison, { op: VersionOp | "matches" | "in_network" }>;

function reads(comparison: Reading, value: string, patterns: PatternEngine): boolean {
  switch (comparison.op) {
    case "in_network":
      return comparison.values.some((network) => isInside(network, value));
    case "matches":
      return patterns(comparison.pattern, comparison.ignore_case === true)(value);
    case "contains":
    case "starts_with":
    case "ends_with":
      return hasPart(comparison, value);
    default:
      return isVersion(comparison.op, value, comparison.value);
  }
}

function hasPart({ op, values, ignore_case }: Text, value: string): boolean {
  const fold = (text: string) => (ignore_case ? text.toLowerCase() : text);
  const seen = fold(value);
  return values.map(fold).some((part) => {
    const last = seen.length - part.length;
    if (op === "starts_with") return seen.slice(0, part.length) === part;
    return op === "ends_with" ? last >= 0 && seen.slice(last) === part : seen.indexOf(part) >= 0;
  });
}

function isInside(network: string, value: string): boolean {
  const [range, address] = [parseNetwork(network), parseAddress(value)];
  return range !== undefined && address !== undefined && contains(range, address);
}

function isVersion(op: VersionOp, value: string, wanted: string): boolean {
  const [a, b] = [parseVersion(value), parseVersion(wanted)];
  if (!a || !b) return false;
  const order = compareVersions(a, b);
  const isSameMajor = a.numbers[0] === b.numbers[0];
  return {
    semver_equals: order === 0,
    semver_less: order < 0,
    semver_at_most: order <= 0,
    semver_greater: order > 0,
    semver_at_least: order >= 0,
    semver_same_major: isSameMajor,
    semver_same_minor: isSameMajor && a.numbers[1] === b.numbers[1],
  }[op];
}
