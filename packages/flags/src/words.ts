import { attribute } from "./attribute.ts";
import type { Comparison, EvaluationContext, Scalar, Share } from "./model.ts";

/** A comparison as a sentence's end: "country is one of DE, FR". */
export function inWords(comparison: Comparison): string {
  const name = comparison.attribute === "targetingKey" ? "user id" : comparison.attribute;
  const folded = "ignore_case" in comparison && comparison.ignore_case ? " (upper or lower case)" : "";
  const dialect = comparison.dialect ? ` (as in ${comparison.dialect})` : "";
  return `${name} ${wording(comparison)}${folded}${dialect}`;
}

/** What the context holds there: "it is US" or "it is missing". */
export function seenInWords(comparison: Comparison, context: EvaluationContext): string {
  const value = attribute(context, comparison.attribute);
  return value === undefined || value === null ? "it is missing" : `it is ${shown(value)}`;
}

function wording(comparison: Comparison): string {
  switch (comparison.op) {
    case "equals":
      return `is ${shown(comparison.value)}`;
    case "one_of":
      return `is one of ${listed(comparison.values)}`;
    case "contains":
      return `contains ${listed(comparison.values, "or")}`;
    case "starts_with":
      return `starts with ${listed(comparison.values, "or")}`;
    case "ends_with":
      return `ends with ${listed(comparison.values, "or")}`;
    case "matches":
      return `matches the pattern ${comparison.pattern}`;
    case "in_network":
      return `is in network ${listed(comparison.values, "or")}`;
    case "present":
      return "is given";
    case "has_any":
      return `has any of ${listed(comparison.values)}`;
    case "has_all":
      return `has all of ${listed(comparison.values)}`;
    case "in_share":
      return `falls within ${shareInWords(comparison)}`;
    default:
      return `${RELATIONS[comparison.op]} ${comparison.value}`;
  }
}

const RELATIONS = {
  less: "is less than",
  at_most: "is at most",
  greater: "is greater than",
  at_least: "is at least",
  before: "is before",
  after: "is after",
  semver_equals: "is version",
  semver_less: "is a version before",
  semver_at_most: "is at most version",
  semver_greater: "is a version after",
  semver_at_least: "is at least version",
  semver_same_major: "has the same major version as",
  semver_same_minor: "has the same major and minor version as",
} as const;

function shareInWords({ ranges, of }: Share): string {
  const percent = (part: number) => Number(((100 * part) / of).toFixed(5));
  return ranges.map(([from, to]) => `${percent(from)}–${percent(to)} %`).join(" or ");
}

const SHOWN = 5;

/** The first values, and how many more there are; joined by commas unless there is a word for between them. */
export function listed(values: readonly Scalar[], last?: string): string {
  const names = values.slice(0, SHOWN).map(shown);
  if (values.length > SHOWN) return `${names.join(", ")} and ${values.length - SHOWN} more`;
  return last ? names.join(` ${last} `) : names.join(", ");
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? `“${value}”` : written(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    // A ring or a bigint: whoever reads this learns enough from the kind of value.
    return `a ${typeof value}`;
  }
}
