import type { Condition, Json, NumberOp, Scalar, VersionOp } from "../../model.ts";
import { dotted } from "../javascript.ts";
import { all, ALWAYS, any, negated, NEVER } from "../logic.ts";
import type { Path } from "../report.ts";
import { Unsupported } from "../unsupported.ts";
import { re2Pattern } from "./pattern.ts";

/** Where the saved groups of a document are found. */
export interface Groups {
  /** Members of a list for an attribute; undefined where there is no list of that name. */
  list(id: string, attribute: string): Condition | undefined;
  /** A `$savedGroup`. */
  named(reference: Json, path: Path): Condition;
}

const dialect = "growthbook" as const;

type Named = { readonly [name: string]: Json };

/** Reads a condition of GrowthBook's, whose members must all hold. Throws `Unsupported`. */
export function condition(source: Json, path: Path, groups: Groups): Condition {
  if (!isNamed(source)) throw new Unsupported(path, "expected a condition");
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

/** GrowthBook's `id` is our `targetingKey`. */
export function attributeName(name: string): string {
  return name === "id" ? "targetingKey" : dotted(name);
}

function comparison(attribute: string, value: Json, path: Path, groups: Groups): Condition {
  if (value === null) return negated({ attribute, op: "present" });
  if (isScalar(value)) return { attribute, op: "equals", value, dialect };
  if (!isNamed(value) || !isOperators(value)) throw new Unsupported(path, "a list or an object is compared as a whole");
  return all(Object.entries(value).map(([op, wanted]) => operated(attribute, op, wanted, [...path, op], groups)));
}

function isOperators(value: Named): boolean {
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => name.startsWith("$"));
}

const ORDERS: Readonly<Record<string, NumberOp>> = { $lt: "less", $lte: "at_most", $gt: "greater", $gte: "at_least" };
const LISTED: ReadonlySet<string> = new Set(["$in", "$ini", "$nin", "$nini", "$all", "$alli"]);
const VERSIONS: Readonly<Record<string, VersionOp>> = {
  $veq: "semver_equals",
  $vlt: "semver_less",
  $vlte: "semver_at_most",
  $vgt: "semver_greater",
  $vgte: "semver_at_least",
};

function operated(attribute: string, op: string, wanted: Json, path: Path, groups: Groups): Condition {
  const order = ORDERS[op];
  if (order) return ordered(attribute, order, wanted, path);
  const version = VERSIONS[op];
  if (version) return { attribute, op: version, value: versionText(wanted), dialect };

  switch (op) {
    case "$eq":
      return same(attribute, wanted);
    case "$ne":
      return negated(same(attribute, wanted));
    case "$vne":
      return negated({ attribute, op: "semver_equals", value: versionText(wanted), dialect });
    case "$exists":
      return wanted ? { attribute, op: "present" } : negated({ attribute, op: "present" });
    case "$inGroup":
      return groups.list(String(wanted), attribute) ?? NEVER;
    case "$notInGroup":
      return unless(groups.list(String(wanted), attribute));
    case "$not":
      return negated(comparison(attribute, wanted, path, groups));
    case "$elemMatch":
      return element(attribute, wanted, path);
    case "$regex":
    case "$regexi":
      return matching(attribute, wanted, op === "$regexi", path);
    default:
      return listed(attribute, op, wanted, path);
  }
}

/** Nobody, where there is no such condition. */
function unless(part: Condition | undefined): Condition {
  return part ? negated(part) : NEVER;
}

function listed(attribute: string, op: string, wanted: Json, path: Path): Condition {
  if (!LISTED.has(op)) throw new Unsupported(path, `the operator '${op}' has no counterpart`);
  if (!Array.isArray(wanted)) return NEVER;

  const values = scalars(wanted, path);
  const ignoreCase = op.endsWith("i");
  if (op.startsWith("$in")) return within(attribute, values, ignoreCase);
  if (op.startsWith("$nin")) return negated(within(attribute, values, ignoreCase));
  return { attribute, op: "has_all", values, ...(ignoreCase ? { ignore_case: true } : {}), dialect };
}

function ordered(attribute: string, op: NumberOp, wanted: Json, path: Path): Condition {
  if (typeof wanted !== "number" && typeof wanted !== "string")
    throw new Unsupported(path, "expected a number or a text");
  return { attribute, op, value: wanted, dialect };
}

/** What is no text and no number counts as version 0. */
function versionText(wanted: Json): string {
  return typeof wanted === "number" || typeof wanted === "string" ? String(wanted) : "0";
}

/** Identity: no list or object is another. */
function same(attribute: string, wanted: Json): Condition {
  if (wanted === null) return negated({ attribute, op: "present" });
  return isScalar(wanted) ? { attribute, op: "equals", value: wanted } : NEVER;
}

/** An attribute among the values, or a list that has one of them. */
export function within(attribute: string, values: readonly Scalar[], ignoreCase = false): Condition {
  const folding = ignoreCase ? { ignore_case: true } : {};
  return any([
    { attribute, op: "one_of", values, ...folding },
    { attribute, op: "has_any", values, ...folding },
  ]);
}

function element(attribute: string, wanted: Json, path: Path): Condition {
  const [[op, value = null], second] = isNamed(wanted)
    ? (Object.entries(wanted) as [[string, Json], unknown])
    : [["", null]];
  if (second === undefined && op === "$eq") return { attribute, op: "has_any", values: scalars([value], path) };
  if (second === undefined && op === "$in")
    return { attribute, op: "has_any", values: scalars(list(value, path), path) };
  throw new Unsupported(path, "only '$eq' and '$in' of an element have a counterpart");
}

function matching(attribute: string, wanted: Json, ignoreCase: boolean, path: Path): Condition {
  const pattern = typeof wanted === "string" ? re2Pattern(wanted, path) : undefined;
  if (pattern === undefined) return NEVER;
  return { attribute, op: "matches", pattern, ...(ignoreCase ? { ignore_case: true } : {}), dialect };
}

function list(value: Json, path: Path): readonly Json[] {
  if (!Array.isArray(value)) throw new Unsupported(path, "expected a list");
  return value;
}

function scalars(values: readonly Json[], path: Path): Scalar[] {
  return values.map((value, index) => {
    if (!isScalar(value)) throw new Unsupported([...path, index], "expected a text, a number or true or false");
    return value;
  });
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

export function isNamed(value: unknown): value is Named {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
