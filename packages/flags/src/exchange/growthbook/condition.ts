import { isMembers, type Members } from "../../anatomy.ts";
import type { Condition, Json } from "../../model.ts";
import { all, ALWAYS, any, negated, NEVER } from "../logic.ts";
import type { Path } from "../report.ts";
import { isScalar } from "../scalar.ts";
import { Unsupported } from "../unsupported.ts";
import { attributeName, list, operated } from "./operator.ts";

/** Where the saved groups of a document are found. */
export interface Groups {
  /** Members of a list for an attribute; undefined where there is no list of that name. */
  list(id: string, attribute: string): Condition | undefined;
  /** A `$savedGroup`. */
  named(reference: Json, path: Path): Condition;
}

/** Reads a condition of GrowthBook's, whose members must all hold. Throws `Unsupported`. */
export function condition(source: Json, path: Path, groups: Groups): Condition {
  if (!isMembers(source)) throw new Unsupported(path, "expected a condition");
  return all(Object.entries(source).map(([name, value]) => member(name, value, [...path, name], groups)));
}

function member(name: string, value: Json, path: Path, groups: Groups): Condition {
  const parts = () => list(value, path).map((part, index) => condition(part, [...path, index], groups));
  // An empty `$or` holds.
  const either = () => (list(value, path).length === 0 ? ALWAYS : any(parts()));
  switch (name) {
    case "$or":
      return either();
    case "$nor":
      return negated(either());
    case "$and":
      return all(parts());
    case "$not":
      return negated(condition(value, path, groups));
    case "$savedGroup":
      return groups.named(value, path);
    default:
      return comparison(attributeName(name), value, path, groups);
  }
}

function comparison(attribute: string, value: Json, path: Path, groups: Groups): Condition {
  if (value === null) return negated({ attribute, op: "present" });
  if (isScalar(value)) return { attribute, op: "equals", value, dialect: "growthbook" };
  if (!isMembers(value) || !isOperators(value))
    throw new Unsupported(path, "a list or an object is compared as a whole");
  return all(Object.entries(value).map(([op, wanted]) => operator(attribute, op, wanted, [...path, op], groups)));
}

function isOperators(value: Members): boolean {
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => name.startsWith("$"));
}

/** One operator with its constant; those that need the groups or another comparison are read here. */
function operator(attribute: string, op: string, wanted: Json, path: Path, groups: Groups): Condition {
  switch (op) {
    case "$inGroup":
      return groups.list(String(wanted), attribute) ?? NEVER;
    case "$notInGroup":
      return unless(groups.list(String(wanted), attribute));
    case "$not":
      return negated(comparison(attribute, wanted, path, groups));
    default:
      return operated(attribute, op, wanted, path);
  }
}

/** Nobody, where there is no such condition. */
function unless(part: Condition | undefined): Condition {
  return part ? negated(part) : NEVER;
}
