import { picker } from "../../bucket.ts";
import type { Condition, Json, Rule, Serve, Weight } from "../../model.ts";
import { all, ALWAYS, isAlways, isNever, negated } from "../logic.ts";
import type { Path } from "../report.ts";
import { condition, type Scope } from "./condition.ts";
import { isList, isScalar, operand, operation, type Operand, type Operation } from "./logic.ts";
import { Unsupported } from "../unsupported.ts";

/** A flag as far as its targeting needs to know it. */
export interface Subject {
  readonly key: string;
  readonly variants: readonly string[];
  /** What is served where targeting gives null. */
  readonly otherwise: Serve;
  readonly scope: Scope;
  /** The expression of a shared evaluator. */
  shared(name: string, path: Path): { readonly logic: Json; readonly path: Path };
  note(path: Path, message: string): void;
}

/** A case of the targeting: the first whose condition holds decides. */
type Case = Pick<Rule, "when" | "serve">;

const MAX_TOTAL = 2 ** 31 - 1;
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

/** A constant: null is the default variant, anything else names one. */
function literal(logic: Json, path: Path, subject: Subject): Serve {
  if (logic === null) return subject.otherwise;
  if (!isScalar(logic)) throw new Unsupported(path, "expected the name of a variant");
  return { variant: named(String(logic), path, subject) };
}

function named(variant: string, path: Path, subject: Subject): string {
  if (subject.variants.includes(variant)) return variant;
  throw new Unsupported(path, `there is no variant '${variant}', which flagd answers with an error`);
}

function branches({ args, at }: Operation, when: Condition, subject: Subject): Case[] {
  if (args.length === 1) return cases(args[0] ?? null, when, at(0), subject);

  const made: Case[] = [];
  const pairs = args.length - (args.length % 2);
  for (let index = 0; index < pairs; index += 2) {
    const test = condition(args[index] ?? null, at(index), subject.scope);
    made.push(...cases(args[index + 1] ?? null, all([when, test]), at(index + 1), subject));
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

/** Shares. Where flagd has nothing to hash, the case is followed by one for the default variant. */
function fractional({ args, at }: Operation, when: Condition, path: Path, subject: Subject): Case[] {
  const [first, ...rest] = args;
  if (first === undefined) return [{ when, serve: subject.otherwise }];
  const isImplicit = isList(first);
  if (first === null) throw new Unsupported(at(0), "flagd's implementations disagree about a bucketing value of null");

  const shares = (isImplicit ? args : rest).map((entry, index) =>
    share(entry, at(isImplicit ? index : index + 1), subject),
  );
  const total = shares.reduce((sum, one) => sum + (one?.weight ?? 0), 0);
  if (shares.includes(undefined) || total === 0 || total > MAX_TOTAL) return [{ when, serve: subject.otherwise }];

  const weights = shares.filter((one) => one !== undefined);
  if (isImplicit) return [{ when, serve: { split: { weights } } }];
  return explicit(first, at(0), when, weights, path, subject);
}

/** A variant and its weight; undefined where flagd gives up on the whole operator. */
function share(entry: Json, path: Path, subject: Subject): Weight | undefined {
  if (!isList(entry)) throw new Unsupported(path, "expected a list of a variant and a weight");
  const [variant = null, weight = 1] = entry;
  if (entry.length === 0 || entry.length > 2) return undefined;
  if (typeof weight === "object")
    throw new Unsupported([...path, 1], "the weight is computed when the flag is evaluated");
  if (typeof weight !== "number" || !Number.isInteger(weight)) return undefined;

  const serve = literal(variant, [...path, 0], subject);
  if (!("variant" in serve)) throw new Unsupported([...path, 0], "a share of those who get the code's default");
  return { variant: serve.variant, weight: Math.max(0, weight) };
}

/** Shares by a text of one's own: an attribute, or constants followed by one. */
function explicit(
  logic: Json,
  at: Path,
  when: Condition,
  weights: readonly Weight[],
  path: Path,
  subject: Subject,
): Case[] {
  const { salt, value, isText } = bucketing(logic, at, subject.key);
  const place = picker(salt, weights);
  const fixed: Serve = { variant: weights[place("")]?.variant ?? "" };
  if (value === undefined) return [{ when, serve: fixed }];
  if (value.fallback !== null) throw new Unsupported(path, "expected the bucketing attribute to have no default");

  const { attribute } = value;
  subject.note(at, `a list or an object in '${attribute}' is no id here`);
  const empty: Condition = { attribute, op: "equals", value: "" };
  const missing: Condition = isText ? empty : { any: [negated({ attribute, op: "present" }), empty] };
  const placed: Condition = isText ? { attribute, op: "starts_with", values: [""] } : ALWAYS;
  return [
    { when: all([when, missing]), serve: fixed },
    { when: all([when, placed]), serve: { split: { by: attribute, salt, weights } } },
    ...(isText ? [{ when, serve: subject.otherwise }] : []),
  ];
}

interface Bucketing {
  readonly salt: string;
  readonly value: Exclude<Operand, { known: unknown }> | undefined;
  /** Whether what is no text has no place; `cat` makes texts of numbers. */
  readonly isText: boolean;
}

function bucketing(logic: Json, path: Path, key: string): Bucketing {
  const found = operation(logic, path);
  if (found?.op !== "cat") {
    const value = operand(logic, path, key);
    if (!("known" in value)) return { salt: "", value, isText: true };
    if (typeof value.known !== "string") throw new Unsupported(path, "expected the bucketing value to be a text");
    return { salt: value.known, value: undefined, isText: true };
  }

  const parts = found.args.map((part, index) => operand(part, found.at(index), key));
  const last = parts.at(-1);
  const before = last && "known" in last ? parts : parts.slice(0, -1);
  const known = before.map((part) => ("known" in part && isScalar(part.known) ? String(part.known) : undefined));
  if (known.includes(undefined)) throw new Unsupported(path, "expected constants followed by one attribute");
  return { salt: known.join(""), value: last && "known" in last ? undefined : last, isText: false };
}
