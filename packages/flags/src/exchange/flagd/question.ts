import type { Condition, Json } from "../../model.ts";
import { all, ALWAYS, any, negated, NEVER } from "../logic.ts";
import { isTruthy } from "../scalar.ts";
import { jsonLogic } from "./dialect.ts";
import type { Operand } from "./logic.ts";

export const dialect = "json-logic" as const;

/** Whether an operand is true in JsonLogic's sense. */
export function truth(value: Operand): Condition {
  return over(value, (known) => isTruthy(known), { attribute: nameOf(value), op: "present", dialect });
}

/** The attribute that is asked about; of a value that is known it does not matter. */
export const nameOf = (value: Operand) => ("known" in value ? "value" : value.attribute);

/** A test of an operand, decided now where it is known, and where it is missing and has a default. */
export function over(value: Operand, test: (known: Json) => boolean, otherwise: Condition): Condition {
  if ("known" in value) return test(value.known) ? ALWAYS : NEVER;
  if (value.fallback === null) return otherwise;

  const present: Condition = { attribute: value.attribute, op: "present" };
  return test(value.fallback) ? any([negated(present), otherwise]) : all([present, otherwise]);
}

/** Whether the operand is given. */
export const present = (value: Operand): Condition => ({ attribute: nameOf(value), op: "present" });

type Dialected = Parameters<typeof jsonLogic.test>[0];

/** A comparison as in JsonLogic, decided now where the operand is known. */
export function decided(value: Operand, asked: Dialected): Condition {
  const test = jsonLogic.test(asked, noPatterns);
  return over(value, test, asked);
}

function noPatterns(pattern: string): never {
  throw new Error(`JsonLogic has no patterns: ${pattern}`);
}
