import type { Json, Scalar } from "../model.ts";

export function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** JsonLogic's truth: an empty list is none. */
export function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
