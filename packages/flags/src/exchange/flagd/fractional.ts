import { picker } from "../../bucket.ts";
import type { Condition, Json, Serve, Weight } from "../../model.ts";
import { all, ALWAYS, negated } from "../logic.ts";
import type { Path } from "../report.ts";
import { isList, isScalar } from "../scalar.ts";
import { Unsupported } from "../unsupported.ts";
import { operand, operation, type Operand, type Operation } from "./logic.ts";
import { literal, type Case, type Subject } from "./subject.ts";

const MAX_TOTAL = 2 ** 31 - 1;

/** Shares. Where flagd has nothing to hash, the case is followed by one for the default variant. */
export function fractional({ args, at }: Operation, when: Condition, path: Path, subject: Subject): Case[] {
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
