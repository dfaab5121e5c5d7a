import type { Comparison, Plain } from "@beq/flags";

/** What stands to the right of an operator, and so how it is typed in. */
export type Operand =
  | "scalar"
  | "scalars"
  | "number"
  | "texts"
  | "pattern"
  | "moment"
  | "version"
  | "networks"
  | "nothing";

type Operator = { words: string; negated: string; operand: Operand; section: string };

/** Every operator that one can choose, with its words when it holds and when it must not. */
export const operators = {
  equals: { words: "is", negated: "is not", operand: "scalar", section: "Value" },
  one_of: { words: "is one of", negated: "is none of", operand: "scalars", section: "Value" },
  present: { words: "is given", negated: "is not given", operand: "nothing", section: "Value" },
  contains: { words: "contains", negated: "does not contain", operand: "texts", section: "Text" },
  starts_with: { words: "starts with", negated: "does not start with", operand: "texts", section: "Text" },
  ends_with: { words: "ends with", negated: "does not end with", operand: "texts", section: "Text" },
  matches: { words: "matches the pattern", negated: "does not match", operand: "pattern", section: "Text" },
  less: { words: "is less than", negated: "is not less than", operand: "number", section: "Number" },
  at_most: { words: "is at most", negated: "is not at most", operand: "number", section: "Number" },
  greater: { words: "is greater than", negated: "is not greater than", operand: "number", section: "Number" },
  at_least: { words: "is at least", negated: "is not at least", operand: "number", section: "Number" },
  before: { words: "is before", negated: "is not before", operand: "moment", section: "Date" },
  after: { words: "is after", negated: "is not after", operand: "moment", section: "Date" },
  semver_equals: { words: "is version", negated: "is not version", operand: "version", section: "Version" },
  semver_less: { words: "is below version", negated: "is not below version", operand: "version", section: "Version" },
  semver_at_most: {
    words: "is at most version",
    negated: "is not at most version",
    operand: "version",
    section: "Version",
  },
  semver_greater: {
    words: "is above version",
    negated: "is not above version",
    operand: "version",
    section: "Version",
  },
  semver_at_least: {
    words: "is at least version",
    negated: "is not at least version",
    operand: "version",
    section: "Version",
  },
  semver_same_major: {
    words: "has the major version of",
    negated: "has another major version than",
    operand: "version",
    section: "Version",
  },
  semver_same_minor: {
    words: "has the minor version of",
    negated: "has another minor version than",
    operand: "version",
    section: "Version",
  },
  in_network: { words: "is in network", negated: "is not in network", operand: "networks", section: "Network" },
  has_any: { words: "has any of", negated: "has none of", operand: "scalars", section: "List" },
  has_all: { words: "has all of", negated: "has not all of", operand: "scalars", section: "List" },
} as const satisfies Record<Op, Operator>;

export type Op = Plain["op"];

/** The operators by section, in the order in which they are offered. */
export const sections: readonly { section: string; ops: readonly Op[] }[] = [
  "Value",
  "Text",
  "Number",
  "Date",
  "Version",
  "Network",
  "List",
].map((section) => ({
  section,
  // The keys of the table are operators.
  ops: (Object.keys(operators) as Op[]).filter((op) => operators[op].section === section),
}));

/** Whether upper and lower case can be made alike for this operator. */
export function folds(op: Op): boolean {
  return ["equals", "one_of", "contains", "starts_with", "ends_with", "matches", "has_any", "has_all"].includes(op);
}

/** The comparison with another operator, keeping what was typed as far as the new one can hold it. */
export function withOperator(comparison: Plain, op: Op): Plain {
  const values = valuesOf(comparison);
  const ignores = "ignore_case" in comparison && comparison.ignore_case && folds(op) ? { ignore_case: true } : {};
  const dialect = comparison.dialect ? { dialect: comparison.dialect } : {};
  // The table says which member an operator has; the compiler cannot follow that.
  return { attribute: comparison.attribute, ...dialect, op, ...operandOf(op, values), ...ignores } as Plain;
}

/** Everything that stands to the right, as a list. */
export function valuesOf(comparison: Comparison): readonly (string | number | boolean)[] {
  if ("values" in comparison) return comparison.values;
  if ("value" in comparison) return comparison.value === "" ? [] : [comparison.value];
  return "pattern" in comparison && comparison.pattern !== "" ? [comparison.pattern] : [];
}

function operandOf(op: Op, values: readonly (string | number | boolean)[]): object {
  const [first = ""] = values;
  switch (operators[op].operand) {
    case "nothing":
      return {};
    case "scalar":
      return { value: first };
    case "scalars":
      return { values };
    case "texts":
    case "networks":
      return { values: values.map(String) };
    case "pattern":
      return { pattern: String(first) };
    case "number":
      return { value: numberIn(String(first)) };
    case "moment":
    case "version":
      return { value: String(first) };
  }
}

/** The number that a text says; a text that says none stays as it is, and is refused where the flag is checked. */
function numberIn(text: string): number | string {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return trimmed === "" || !Number.isFinite(number) ? text : number;
}
