import type { Condition } from "../model.ts";

export const ALWAYS: Condition = { all: [] };
export const NEVER: Condition = { any: [] };

export const isAlways = (part: Condition) => "all" in part && part.all.length === 0;
export const isNever = (part: Condition) => "any" in part && part.any.length === 0;

/** All of the conditions, without those that say nothing. */
export function all(parts: readonly Condition[]): Condition {
  const open = parts.filter((part) => !isAlways(part));
  if (open.some(isNever)) return NEVER;
  return open.length === 1 && open[0] ? open[0] : { all: open };
}

/** Any of the conditions, without those that never hold. */
export function any(parts: readonly Condition[]): Condition {
  const open = parts.filter((part) => !isNever(part));
  if (open.some(isAlways)) return ALWAYS;
  return open.length === 1 && open[0] ? open[0] : { any: open };
}

export function negated(part: Condition): Condition {
  if (isAlways(part)) return NEVER;
  if (isNever(part)) return ALWAYS;
  return "not" in part ? part.not : { not: part };
}
