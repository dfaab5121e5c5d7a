import type { z } from "zod";

/** One item of FastAPI's 422 list; `type` is Pydantic v2's name of what is wrong. */
export type Invalid = {
  type: string;
  loc: (string | number)[];
  msg: string;
  input: unknown;
  ctx?: Record<string, unknown>;
};

/** The message of a number that has to be whole. */
export const wholeNumber = "Input should be a valid integer";

const most = 100;
const longestInput = 1_000;
const deepest = 32;

/**
 * Zod's issues as FastAPI's 422 list, at most 100 of them.
 * @param value what was parsed; the offending parts are quoted from it
 * @param locate where the field at a path came from: `body`, `query` or `path`
 */
export function invalidList(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  locate: (path: readonly PropertyKey[]) => string,
): Invalid[] {
  return issues.slice(0, most).map((issue) => {
    const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
    const input = at(value, path);
    const missing = input === undefined && path.length > 0;
    return {
      ...(missing ? { type: "missing", msg: "Field required" } : named(issue, input)),
      loc: [locate(issue.path), ...path],
      input: quoted(missing ? at(value, path.slice(0, -1)) : input),
    };
  });
}

type Named = Pick<Invalid, "type" | "msg" | "ctx">;

function named(issue: z.core.$ZodIssue, input: unknown): Named {
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.message === wholeNumber ? "int" : issue.expected, input);
    case "too_small":
      return beyond("least", issue.origin, Number(issue.minimum), issue.inclusive);
    case "too_big":
      return beyond("most", issue.origin, Number(issue.maximum), issue.inclusive);
    case "invalid_value":
      return {
        type: "enum",
        msg: `Input should be ${choice(issue.values)}`,
        ctx: { expected: choice(issue.values) },
      };
    case "custom":
      return { type: String(issue.params?.["type"] ?? "value_error"), msg: issue.message };
    default:
      return { type: "value_error", msg: `Value error, ${issue.message}` };
  }
}

const types: Record<string, Named> = {
  string: { type: "string_type", msg: "Input should be a valid string" },
  int: { type: "int_type", msg: wholeNumber },
  number: { type: "float_type", msg: "Input should be a valid number" },
  boolean: { type: "bool_type", msg: "Input should be a valid boolean" },
  array: { type: "list_type", msg: "Input should be a valid list" },
  object: {
    type: "model_attributes_type",
    msg: "Input should be a valid dictionary or object to extract fields from",
  },
  record: {
    type: "model_attributes_type",
    msg: "Input should be a valid dictionary or object to extract fields from",
  },
};

function wrongType(expected: string, input: unknown): Named {
  return (
    types[expected] ?? {
      type: "value_error",
      msg: `Value error, expected ${expected}, got ${typeof input}`,
    }
  );
}

const sides = {
  least: {
    text: "string_too_short",
    list: "too_short",
    length: "min_length",
    inclusive: { type: "greater_than_equal", words: "greater than or equal to", key: "ge" },
    exclusive: { type: "greater_than", words: "greater than", key: "gt" },
  },
  most: {
    text: "string_too_long",
    list: "too_long",
    length: "max_length",
    inclusive: { type: "less_than_equal", words: "less than or equal to", key: "le" },
    exclusive: { type: "less_than", words: "less than", key: "lt" },
  },
} as const;

/** A text, list or number beyond a bound that its schema sets. */
function beyond(side: keyof typeof sides, origin: string, bound: number, inclusive: boolean | undefined): Named {
  const { text, list, length, ...numbers } = sides[side];
  if (origin === "string")
    return {
      type: text,
      msg: `String should have at ${side} ${plural(bound, "character")}`,
      ctx: { [length]: bound },
    };
  if (origin === "array")
    return {
      type: list,
      msg: `List should have at ${side} ${plural(bound, "item")} after validation`,
      ctx: { [length]: bound },
    };
  const { type, words, key } = inclusive ? numbers.inclusive : numbers.exclusive;
  return { type, msg: `Input should be ${words} ${bound}`, ctx: { [key]: bound } };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function choice(values: readonly unknown[]): string {
  const quotedValues = values.map((value) => `'${String(value)}'`);
  return quotedValues.length < 2
    ? quotedValues.join("")
    : `${quotedValues.slice(0, -1).join(", ")} or ${quotedValues.at(-1)}`;
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

/** The offending value, or what it was where quoting it would make an error as large as the request. */
export function quoted(input: unknown): unknown {
  if (typeof input === "string") return input.length > longestInput ? `${input.slice(0, longestInput)}…` : input;
  if (typeof input !== "object" || input === null) return input ?? null;
  if (Array.isArray(input) && input.length > 20) return `[list of ${input.length} items]`;
  if (isNested(input, deepest)) return "{deeply nested value}";

  const text = JSON.stringify(input);
  return text.length > longestInput ? `{object of ${text.length} bytes}` : input;
}

/** Whether a value is nested more than `depth` levels; what descends without end would exhaust the stack. */
function isNested(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isNested(inner, depth - 1));
}
