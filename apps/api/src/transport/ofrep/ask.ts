import type { EvaluationContext } from "@beq/flags";
import { OfrepFailure } from "./failure.ts";

/**
 * The evaluation context in the body of a request.
 * @throws {OfrepFailure} `PARSE_ERROR` where the body is no JSON, `INVALID_CONTEXT` where it has no usable context
 */
export function contextIn(body: Buffer): EvaluationContext {
  const { context } = parsed(body);
  if (typeof context !== "object" || context === null || Array.isArray(context))
    throw new OfrepFailure(400, "INVALID_CONTEXT", "The request has no context object");

  const { targetingKey } = context as { targetingKey?: unknown };
  if (targetingKey === undefined || targetingKey === null || targetingKey === "") return context as EvaluationContext;
  if (typeof targetingKey !== "string")
    throw new OfrepFailure(400, "INVALID_CONTEXT", "The targetingKey must be a string");
  if (targetingKey.length > mostCharacters)
    throw new OfrepFailure(400, "INVALID_CONTEXT", `The targetingKey is longer than ${mostCharacters} characters`);
  return context as EvaluationContext;
}

// A key is somebody's id; what is longer is something else, and would be hashed for every split.
const mostCharacters = 1_000;

function parsed(body: Buffer): { context?: unknown } {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null) return value;
  } catch {
    throw new OfrepFailure(400, "PARSE_ERROR", "The body is not well-formed JSON");
  }
  throw new OfrepFailure(400, "INVALID_CONTEXT", "The request has no context object");
}
