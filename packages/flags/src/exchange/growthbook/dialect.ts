import type { DialectRules } from "../../foreign.ts";
import type { Scalar, VersionOp } from "../../model.ts";
import { operator } from "../../operator.ts";
import { compared, ordered } from "../javascript.ts";

/**
 * GrowthBook's conditions (https://docs.growthbook.io/lib/build-your-own#evaluating-conditions): a plain constant makes
 * the value its own type first (so that a missing attribute equals 0 and "null"), `<` is JavaScript's, and versions are
 * compared as texts with their numbers padded.
 */
export const growthbookRules: DialectRules = {
  name: "growthbook",
  test: (comparison, patterns) => {
    switch (comparison.op) {
      case "equals":
        return (value) => isSame(value ?? null, comparison.value, comparison.ignore_case === true);
      case "less":
      case "at_most":
      case "greater":
      case "at_least":
        return (value) => ordered(comparison.op, value, comparison.value);
      case "has_all": {
        const { values, ignore_case } = comparison;
        const isIn = (held: readonly unknown[], wanted: Scalar) =>
          held.some((one) => isSame(one, wanted, ignore_case === true));
        return (value) => Array.isArray(value) && values.every((wanted) => isIn(value, wanted));
      }
      case "matches": {
        const find = patterns(comparison.pattern, comparison.ignore_case === true);
        return (value) => find(String(value ?? null));
      }
      case "semver_equals":
      case "semver_less":
      case "semver_at_most":
      case "semver_greater":
      case "semver_at_least":
        return versioned(comparison.op, padded(comparison.value));
      default: {
        const test = operator({ ...comparison, attribute: "value" }, patterns);
        return (value) => test({ value });
      }
    }
  },
};

function isSame(value: unknown, wanted: Scalar, ignoreCase: boolean): boolean {
  if (typeof wanted === "number") return Number(value) === wanted;
  if (typeof wanted === "boolean") return value !== null && Boolean(value) === wanted;
  return ignoreCase ? String(value).toLowerCase() === wanted.toLowerCase() : String(value) === wanted;
}

type Ordered = Exclude<VersionOp, "semver_same_major" | "semver_same_minor">;

function versioned(op: Ordered, wanted: string): (value: unknown) => boolean {
  if (op === "semver_equals") return (value) => padded(value) === wanted;
  const order = (
    { semver_less: "less", semver_at_most: "at_most", semver_greater: "greater", semver_at_least: "at_least" } as const
  )[op];
  return (value) => compared(order, padded(value), wanted);
}

/** Source: `paddedVersionString` of GrowthBook's SDK. What is no text and no number counts as version 0. */
function padded(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value;
  const version = typeof text === "string" && text !== "" ? text : "0";
  const parts = version.replace(/(^v|\+.*$)/g, "").split(/[-.]/);
  // "~" is the last character of ASCII, so that a release comes after its prereleases.
  if (parts.length === 3) parts.push("~");
  return parts.map((part) => (/^[0-9]+$/.test(part) ? part.padStart(5, " ") : part)).join("-");
}
