import type { Problem } from "@beq/flags";
import { Failure } from "../failure.ts";
import type { Conflict } from "./wire.ts";

const mostShown = 100;

/** Edits that would make no sound set; `loc` leads into the body that brought them. */
export function invalid(problems: readonly Problem[]): Failure {
  const detail = problems
    .slice(0, mostShown)
    .map(({ path, message }) => ({ type: "value_error", loc: ["body", ...path], msg: message, input: null }));
  return new Failure("invalid", "The change does not make a sound set of flags", { detail });
}

/** Edits that were begun on what has been changed since. */
export function conflict(conflicts: readonly Conflict[]): Failure {
  const keys = conflicts.map(({ key }) => `'${key}'`).slice(0, 5);
  const error = `${keys.join(", ")} changed in the meantime: nothing was saved`;
  return new Failure("conflict", error, { detail: { error, conflicts } });
}
