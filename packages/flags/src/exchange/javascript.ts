import type { NumberOp } from "../model.ts";

/** JavaScript's relational operators for JSON values: two texts by their UTF-16 units, anything else as numbers. */
export function ordered(op: NumberOp, value: unknown, limit: number | string): boolean {
  const seen = primitive(value);
  if (typeof seen === "string" && typeof limit === "string") return compared(op, seen, limit);
  return compared(op, Number(seen), Number(limit));
}

/** What JavaScript makes of a list or an object where it needs one value; a missing one is null. */
function primitive(value: unknown): unknown {
  return typeof value === "object" && value !== null ? String(value) : (value ?? null);
}

/** The order of two texts or two numbers. */
export function compared<T extends number | string>(op: NumberOp, a: T, b: T): boolean {
  switch (op) {
    case "less":
      return a < b;
    case "at_most":
      return a <= b;
    case "greater":
      return a > b;
    case "at_least":
      return a >= b;
  }
}
