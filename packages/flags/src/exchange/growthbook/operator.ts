import type { Condition, Json, NumberOp, Scalar, VersionOp } from "../../model.ts";
import { isMembers } from "../../anatomy.ts";
import { dotted } from "../pointer.ts";
import { any, negated, NEVER } from "../logic.ts";
import type { Path } from "../report.ts";
import { isScalar } from "../scalar.ts";
import { Unsupported } from "../unsupported.ts";
import { re2Pattern } from "../regexp.ts";

const dialect = "growthbook" as const;

const ORDERS: Readonly<Record<string, NumberOp>> = { $lt: "less", $lte: "at_most", $gt: "greater", $gte: "at_least" };
const LISTED: ReadonlySet<string> = new Set(["$in", "$ini", "$nin", "$nini", "$all", "$alli"]);
const VERSIONS: Readonly<Record<string, VersionOp>> = {
  $veq: "semver_equals",
  $vlt: "semver_less",
  $vlte: "semver_at_most",
  $vgt: "semver_greater",
  $vgte: "semver_at_least",
};

/** GrowthBook's `id` is our `targetingKey`. */
export function attributeName(name: string): string {
  return name === "id" ? "targetingKey" : dotted(name);
}

/** Reads one operator with its constant, of those that ask nothing but the attribute. Throws `Unsupported`. */
export function operated(attribute: string, op: string, wanted: Json, path: Path): Condition {
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
    case "$elemMatch":
      return element(attribute, wanted, path);
    case "$regex":
    case "$regexi":
      return matching(attribute, wanted, op === "$regexi", path);
    default:
      return listed(attribute, op, wanted, path);
  }
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
  const [[op, value = null], second] = isMembers(wanted)
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

/** A list, or a refusal. */
export function list(value: Json, path: Path): readonly Json[] {
  if (!Array.isArray(value)) throw new Unsupported(path, "expected a list");
  return value;
}

/** The members of a list that all are one value. */
export function scalars(values: readonly Json[], path: Path): Scalar[] {
  return values.map((value, index) => {
    if (!isScalar(value)) throw new Unsupported([...path, index], "expected a text, a number or true or false");
    return value;
  });
}
