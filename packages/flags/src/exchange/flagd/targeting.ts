import type { Condition, Json } from "../../model.ts";
import { all, isAlways, isNever } from "../logic.ts";
import type { Path } from "../report.ts";
import { Unsupported } from "../unsupported.ts";
import { condition } from "./condition.ts";
import { fractional } from "./fractional.ts";
import { operand, operation, type Operation } from "./logic.ts";
import { literal, named, type Case, type Subject } from "./subject.ts";

const MAX_CASES = 1000;
const BOOLEANS: ReadonlySet<string> = new Set(["==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "!", "!!"]);

/** Reads targeting as ordered cases, of which one always applies. Throws `Unsupported`. */
export function cases(logic: Json, when: Condition, path: Path, subject: Subject): Case[] {
  if (isNever(when)) return [];
  const found = operation(logic, path);
  if (!found) return [{ when, serve: literal(logic, path, subject) }];

  switch (found.op) {
    case "if":
      return branches(found, when, subject);
    case "fractional":
      return fractional(found, when, path, subject);
    case "$ref": {
      const shared = subject.shared(String(found.args[0]), path);
      const scope = { ...subject.scope, evaluator: alone.shared };
      return cases(shared.logic, when, shared.path, { ...subject, ...alone, scope });
    }
    case "starts_with":
    case "ends_with":
      return affixed(found, logic, when, path, subject);
    default:
      return truth(found, logic, when, path, subject);
  }
}

/** flagd puts shared evaluators in place once, so that what one of them refers to is not found. */
const alone = {
  shared: (_name: string, path: Path): never => {
    throw new Unsupported(path, "a '$ref' within a shared evaluator");
  },
};

function branches({ args, at }: Operation, when: Condition, subject: Subject): Case[] {
  if (args.length === 1) return cases(args[0] ?? null, when, at(0), subject);

  const made: Case[] = [];
  const pairs = args.length - (args.length % 2);
  for (let index = 0; index < pairs; index += 2) {
    const test = condition(args[index] ?? null, at(index), subject.scope);
    for (const one of cases(args[index + 1] ?? null, all([when, test]), at(index + 1), subject)) made.push(one);
    if (made.length > MAX_CASES) throw new Unsupported(at(index), `more than ${MAX_CASES} cases`);
    if (isAlways(test)) return made;
  }
  // Not guarded by the failed tests: their cases come first, and one of each always applies.
  const last = args.length % 2 === 1 ? (args[pairs] ?? null) : null;
  return [...made, ...cases(last, when, at(pairs), subject)];
}

/** Targeting that answers true or false serves the variants of these names. */
function truth(found: Operation, logic: Json, when: Condition, path: Path, subject: Subject): Case[] {
  if (!isBoolean(found)) throw new Unsupported(path, `'${found.op}' does not say which variant to serve`);
  const test = condition(logic, path, subject.scope);
  const made: Case[] = [];
  if (!isNever(test)) made.push({ when: all([when, test]), serve: { variant: named("true", path, subject) } });
  if (!isAlways(test)) made.push({ when, serve: { variant: named("false", path, subject) } });
  return made;
}

function isBoolean(found: Operation): boolean {
  if (BOOLEANS.has(found.op)) return true;
  // `and` and `or` answer one of their arguments.
  if ((found.op !== "and" && found.op !== "or") || found.args.length === 0) return false;
  return found.args.every((arg, index) => {
    const part = operation(arg, found.at(index));
    return part ? isBoolean(part) : typeof arg === "boolean";
  });
}

/** As `truth`, but null for what is no text. */
function affixed(found: Operation, logic: Json, when: Condition, path: Path, subject: Subject): Case[] {
  const value = operand(found.args[0] ?? null, found.at(0), subject.key);
  if ("known" in value || value.fallback !== null) throw new Unsupported(path, "expected an attribute without default");

  const test = condition(logic, path, subject.scope);
  const isText: Condition = { attribute: value.attribute, op: "starts_with", values: [""] };
  return [
    { when: all([when, test]), serve: { variant: named("true", path, subject) } },
    { when: all([when, isText]), serve: { variant: named("false", path, subject) } },
    { when, serve: subject.otherwise },
  ];
}
