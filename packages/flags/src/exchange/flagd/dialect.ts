import type { DialectRules } from "../../foreign.ts";
import type { Scalar } from "../../model.ts";
import { operator } from "../../operator.ts";
import { ordered } from "../javascript.ts";
import { isTruthy } from "../scalar.ts";

/**
 * JsonLogic (https://jsonlogic.com/operations.html), whose comparisons are JavaScript's: `==` and `<` coerce, a missing
 * attribute is null. `present` is truthiness: 0, "" and [] are not. `semver_*` is flagd's `sem_ver`, which also reads
 * numbers. Every other operator is ours.
 */
export const jsonLogic: DialectRules = {
  name: "json-logic",
  test: (comparison, patterns) => {
    switch (comparison.op) {
      case "equals":
        return (value) => looselyEquals(value, comparison.value);
      case "less":
      case "at_most":
      case "greater":
      case "at_least":
        return (value) => ordered(comparison.op, value, comparison.value);
      case "present":
        return isTruthy;
      default: {
        const test = operator({ ...comparison, attribute: "value" }, patterns);
        const isVersion = comparison.op.startsWith("semver_");
        return (value) => test({ value: isVersion ? versionText(value) : value });
      }
    }
  },
};

/** JavaScript's `==` for JSON values. */
function looselyEquals(value: unknown, wanted: Scalar): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === typeof wanted) return value === wanted;

  const seen = typeof value === "object" ? String(value) : value;
  if (typeof seen === "string" && typeof wanted === "string") return seen === wanted;
  return Number(seen) === Number(wanted);
}

function versionText(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const text = String(value);
  // Only a whole version may carry a prerelease or build: `1.2-beta` is none.
  return /^[vV]?\d+(\.\d+)?[-+]/.test(text) ? undefined : text;
}
