import type { Condition, DateOp, Json, NumberOp, Plain, Scalar, TextOp, VersionOp } from "../../model.ts";
import { all, any, negated, NEVER } from "../logic.ts";
import type { Place } from "../shape.ts";
import { javascriptPattern } from "../pattern.ts";
import { milliseconds, versionText } from "./dialect.ts";
import type { Clause } from "./document.ts";
import { attributeOf, keyOf, reference, type Reference } from "./reference.ts";

/** What a clause refers to outside itself. */
export interface Around {
  /** Whether the document has a segment of a key, be it a broken one. */
  hasSegment(key: string): boolean;
}

/** A clause as a condition with the same answers. Throws Unsupported where there is none. */
export function clauseCondition(clause: Clause, around: Around, place: Place): Condition {
  if (clause.op === "segmentMatch") return turned(clause, segments(clause, around, place));

  const found = reference(clause.attribute ?? "", clause.contextKind, place.path);
  const [step, ...more] = found.steps;
  if (step === "kind" && more.length === 0) return turned(clause, ofKind(clause, place));
  if (step === "anonymous" && more.length === 0) return anonymous(clause, found);

  const attribute = attributeOf(found);
  const met = matching(attribute, clause, place);
  if (found.steps.some((one, depth) => depth > 0 && /^(\d+|length)$/.test(one))) {
    place.findings.differs(
      place.name,
      place.path,
      `${attribute} reads into lists here, in LaunchDarkly only into objects`,
    );
  }
  // Whoever lacks the attribute does not match, negated or not.
  return clause.negate ? all([{ attribute, op: "present" }, negated(met)]) : met;
}

/** Any of the values will do. */
function matching(attribute: string, { op, values }: Clause, place: Place): Condition {
  if (op === "in") return listed(attribute, values, place);
  return any(values.map((value, at) => compared(attribute, op, value, inside(place, at))));
}

const inside = (place: Place, at: number): Place => ({ ...place, path: [...place.path, "values", at] });

/** As it is, or the contrary where the clause says so. */
function turned({ negate }: Clause, condition: Condition): Condition {
  return negate ? negated(condition) : condition;
}

function segments({ values }: Clause, around: Around, place: Place): Condition {
  const named = values.flatMap((key, at): Condition[] => {
    if (typeof key === "string" && around.hasSegment(key)) return [{ segment: key }];
    const { name, path, findings } = inside(place, at);
    findings.note(name, path, `there is no segment ${JSON.stringify(key)}: nobody is in it, in LaunchDarkly neither`);
    return [];
  });
  return any(named);
}

/** What can be the name of a kind. */
const KIND = /^[\w.-]+$/;

/** The attribute `kind` holds all kinds of the context. */
function ofKind({ op, values }: Clause, place: Place): Condition {
  if (op !== "in") place.findings.differs(place.name, place.path, `kinds are only compared with 'in', not '${op}'`);
  const kinds =
    op === "in" ? values.filter((value): value is string => typeof value === "string" && KIND.test(value)) : [];
  return any(kinds.map((kind): Condition => ({ attribute: keyOf(kind), op: "present" })));
}

/** In LaunchDarkly every context has `anonymous`, which is false where it is not given. */
function anonymous(clause: Clause, found: Reference): Condition {
  const isAnonymous: Condition = { attribute: attributeOf(found), op: "equals", value: true };
  const wanted = clause.op === "in" ? clause.values : [];
  const met = any([
    ...(wanted.includes(true) ? [isAnonymous] : []),
    ...(wanted.includes(false) ? [negated(isAnonymous)] : []),
  ]);
  return all([{ attribute: keyOf(found.kind), op: "present" }, turned(clause, met)]);
}

function listed(attribute: string, values: readonly Json[], { name, path, findings }: Place): Condition {
  const scalars = values.filter((value): value is Scalar => ["string", "number", "boolean"].includes(typeof value));
  if (values.includes(null)) findings.differs(name, path, "null in a list is not looked for");
  return dialect({ attribute, op: "one_of", values: scalars });
}

function dialect(comparison: Plain): Plain {
  return { ...comparison, dialect: "launchdarkly" };
}

const TEXT_OPS: { readonly [op: string]: TextOp } = {
  startsWith: "starts_with",
  endsWith: "ends_with",
  contains: "contains",
};
const NUMBER_OPS: { readonly [op: string]: NumberOp } = {
  lessThan: "less",
  lessThanOrEqual: "at_most",
  greaterThan: "greater",
  greaterThanOrEqual: "at_least",
};
const VERSION_OPS: { readonly [op: string]: VersionOp } = {
  semVerEqual: "semver_equals",
  semVerLessThan: "semver_less",
  semVerGreaterThan: "semver_greater",
};
const DATE_OPS: { readonly [op: string]: DateOp } = { before: "before", after: "after" };

/** The comparison with one of a clause's values; with a value of the wrong type it is never met. */
function compared(attribute: string, op: string, value: Json, place: Place): Condition {
  const [text, number, version, date] = [TEXT_OPS[op], NUMBER_OPS[op], VERSION_OPS[op], DATE_OPS[op]];
  const isText = typeof value === "string";
  if (text && isText) return dialect({ attribute, op: text, values: [value] });
  if (number && typeof value === "number") return dialect({ attribute, op: number, value });

  const target = version ? versionText(value) : undefined;
  if (version && target !== undefined) return dialect({ attribute, op: version, value: target });
  if (date) return dated(attribute, date, milliseconds(value), place);
  if (op !== "matches" || !isText) return unmet(op, value, place);

  const pattern = javascriptPattern(value, place);
  return pattern === undefined ? NEVER : dialect({ attribute, op: "matches", pattern });
}

function dated(attribute: string, op: DateOp, moment: number, place: Place): Condition {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime()) || date.getTime() !== moment) return unmet(op, moment, place);
  return dialect({ attribute, op, value: date.toISOString() });
}

function unmet(op: string, value: Json, { name, path, findings }: Place): Condition {
  findings.note(name, path, `'${op}' ${JSON.stringify(value)}: never met, in LaunchDarkly neither`);
  return NEVER;
}
