import type { DialectRules } from "../../foreign.ts";
import { operator } from "../../operator.ts";
import { ordered } from "../javascript.ts";
import { completeVersion } from "../versions.ts";

type Test = (value: unknown) => boolean;

/**
 * Flagsmith reads a condition's value as the type that the trait has: as a number beside a number, beside true and false
 * as whether it is not `False`. Texts have an order. A list of values holds texts, and neither 0 nor a boolean is in it.
 */
export const flagsmithRules: DialectRules = {
  name: "flagsmith",
  test: (comparison, patterns) => {
    switch (comparison.op) {
      case "equals":
        return equals(String(comparison.value));
      case "less":
      case "at_most":
      case "greater":
      case "at_least": {
        const { op, value: limit } = comparison;
        return given((value) => ordered(op, value, cast(String(limit), value)));
      }
      case "contains": {
        const parts = comparison.values;
        return (value) => typeof value === "string" && value !== "" && parts.some((part) => value.includes(part));
      }
      case "one_of": {
        const wanted = new Set(comparison.values.map(String));
        return (value) => Boolean(value) && typeof value !== "boolean" && wanted.has(String(value));
      }
      default: {
        const test = operator({ ...comparison, attribute: "value", dialect: undefined }, patterns);
        const isVersion = comparison.op.startsWith("semver_");
        return given((value) => test({ value: isVersion ? completeVersion(value) : String(value) }));
      }
    }
  },
};

function given(test: Test): Test {
  return (value) => value !== undefined && value !== null && test(value);
}

function equals(text: string): Test {
  return given((value) => {
    const wanted = cast(text, value);
    return typeof value === "object"
      ? String(value) === text
      : value === (typeof value === "boolean" ? Boolean(wanted) : wanted);
  });
}

/** The condition's value as what the trait's value is; for booleans 1 and 0. */
function cast(text: string, value: unknown): string | number {
  if (typeof value === "number") return Number.parseFloat(text);
  return typeof value === "boolean" ? Number(!["False", "false"].includes(text)) : text;
}
