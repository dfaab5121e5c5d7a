import type { Condition, Json } from "../../model.ts";
import { leaves } from "../../reads.ts";
import { all, ALWAYS, any, negated, NEVER } from "../logic.ts";
import type { Path } from "../report.ts";
import { isTruthy } from "../scalar.ts";
import { Unsupported } from "../unsupported.ts";
import { comparison } from "./comparison.ts";
import { operand, operation } from "./logic.ts";
import { truth } from "./question.ts";

/** What a JsonLogic condition is read in. */
export interface Scope {
  /** The flag's key; undefined within a shared evaluator. */
  readonly key: string | undefined;
  /** The condition of a shared evaluator. */
  evaluator(name: string, path: Path): Condition;
}

const MAX_BRANCHES = 100;
const MAX_LEAVES = 10_000;
const TOO_LARGE = "an 'if' that is too large";

/** Reads an expression as the question whether it is true in JsonLogic's sense. Throws `Unsupported`. */
export function condition(logic: Json, path: Path, scope: Scope): Condition {
  const found = operation(logic, path);
  if (!found) return isTruthy(logic) ? ALWAYS : NEVER;

  const { op, args, at } = found;
  const part = (index: number) => condition(args[index] ?? null, at(index), scope);
  switch (op) {
    case "and":
      return args.length === 0 ? NEVER : all(args.map((_, index) => part(index)));
    case "or":
      return any(args.map((_, index) => part(index)));
    case "!":
      return negated(part(0));
    case "!!":
      return part(0);
    case "if":
      if (args.length > 2 * MAX_BRANCHES + 1) throw new Unsupported(path, TOO_LARGE);
      return chosen(
        args.map((_, index) => part(index)),
        path,
      );
    case "var":
      return truth(operand(logic, path, scope.key));
    case "$ref":
      return scope.evaluator(String(args[0]), path);
    default:
      return comparison(found, path, scope.key);
  }
}

/**
 * `if` as a question: condition, then, condition, then, …, else. Each condition is written once for its own branch and
 * once for every branch after it, which nested doubles with every level: hence the bounds.
 */
function chosen(parts: readonly Condition[], path: Path): Condition {
  const failed: Condition[] = [];
  const branches: Condition[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [when = NEVER, then = NEVER] = parts.slice(index);
    branches.push(all([...failed, when, then]));
    failed.push(negated(when));
  }
  if (parts.length % 2 === 1) branches.push(all([...failed, parts.at(-1) ?? NEVER]));

  if (failed.some(isLarge)) throw new Unsupported(path, TOO_LARGE);
  return any(branches);
}

function isLarge(condition: Condition): boolean {
  const found = leaves(condition);
  for (let count = 0; count < MAX_LEAVES; count++) if (found.next().done) return false;
  return true;
}
