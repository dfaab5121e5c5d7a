import type { Condition as OurCondition, NumberOp, Plain, VersionOp } from "../../model.ts";
import { re2 } from "../../pattern.ts";
import { all, ALWAYS, any, negated, NEVER } from "../logic.ts";
import { javascriptPattern } from "../pattern.ts";
import type { Place } from "../shape.ts";
import { Unsupported } from "../unsupported.ts";
import { completeVersion } from "../versions.ts";
import { flagsmithRules } from "./dialect.ts";
import type { Condition, Rule } from "./document.ts";
import { share, unmet, type Around } from "./share.ts";
import { subjectOf, type Subject } from "./subject.ts";

/** A rule of a segment, with the rules inside it. */
export function ruleCondition({ type, conditions, rules }: Rule, around: Around, place: Place): OurCondition {
  const own = (conditions ?? []).map((condition, index) =>
    leaf(condition, around, { ...place, path: [...place.path, "conditions", index] }),
  );
  const inner = (rules ?? []).map((rule, index) =>
    ruleCondition(rule, around, { ...place, path: [...place.path, "rules", index] }),
  );
  return all([own, inner].filter((parts) => parts.length > 0).map((parts) => joined(type, parts, place)));
}

function joined(type: string, parts: OurCondition[], { path }: Place): OurCondition {
  if (type === "ALL") return all(parts);
  if (type === "ANY") return any(parts);
  if (type === "NONE") return negated(any(parts));
  throw new Unsupported([...path, "type"], `there is no rule of type '${type}'`);
}

function leaf(condition: Condition, around: Around, place: Place): OurCondition {
  const { operator, property_: property } = condition;
  if (operator === "PERCENTAGE_SPLIT") return share(condition, around, place);
  if (!property) return unmet("without a trait", place);

  const subject = subjectOf(property, around.environment, place.path);
  if (operator === "IS_SET") return settled(subject, { attribute: "", op: "present" });
  if (operator === "IS_NOT_SET") return { not: settled(subject, { attribute: "", op: "present" }) };
  return compared(condition, subject, place);
}

/** The comparison of an attribute, or its outcome where the value is known: the name and key of the environment. */
function settled(subject: Subject, comparison: Plain): OurCondition {
  if ("attribute" in subject) return { ...comparison, attribute: subject.attribute };
  if (comparison.op === "present") return ALWAYS;
  return flagsmithRules.test(comparison, re2)(subject.known) ? ALWAYS : NEVER;
}

const NUMBER_OPS: { readonly [operator: string]: NumberOp } = {
  GREATER_THAN: "greater",
  GREATER_THAN_INCLUSIVE: "at_least",
  LESS_THAN: "less",
  LESS_THAN_INCLUSIVE: "at_most",
};
const VERSION_OPS: { readonly [operator: string]: VersionOp } = {
  EQUAL: "semver_equals",
  GREATER_THAN: "semver_greater",
  GREATER_THAN_INCLUSIVE: "semver_at_least",
  LESS_THAN: "semver_less",
  LESS_THAN_INCLUSIVE: "semver_at_most",
};

function compared({ operator, value }: Condition, subject: Subject, place: Place): OurCondition {
  const met = (comparison: Plain) => settled(subject, { ...comparison, dialect: "flagsmith" });
  const attribute = "";
  if (operator === "IN") return met({ attribute, op: "one_of", values: listOf(value) });
  if (Array.isArray(value)) throw new Unsupported([...place.path, "value"], `'${operator}' compares with one value`);

  const raw = String(value);
  const isVersion = raw.endsWith(":semver");
  const text = isVersion ? raw.replace(":semver", "") : raw;
  const version = isVersion ? VERSION_OPS[operator] : undefined;
  if (version)
    return completeVersion(text)
      ? met({ attribute, op: version, value: text.trim() })
      : unmet(`version '${text}'`, place);

  const number = NUMBER_OPS[operator];
  if (number) return met({ attribute, op: number, value: text });
  switch (operator) {
    case "EQUAL":
      return met({ attribute, op: "equals", value: text });
    case "NOT_EQUAL":
      return unequal(subject, text, isVersion, place);
    case "CONTAINS":
      return met({ attribute, op: "contains", values: [text] });
    case "NOT_CONTAINS":
      return value ? without(subject, raw) : NEVER;
    case "REGEX":
      return value ? matching(subject, raw, place) : NEVER;
    case "MODULO":
      throw new Unsupported(place.path, "the remainder of a division is not compared");
    default:
      return unmet(`operator '${operator}'`, place);
  }
}

function unequal(subject: Subject, text: string, isVersion: boolean, place: Place): OurCondition {
  if (isVersion)
    place.findings.differs(place.name, place.path, "a version that is a number or boolean is compared as text");
  const same: Plain = { attribute: "", op: "equals", value: text, dialect: "flagsmith" };
  return { all: [settled(subject, { attribute: "", op: "present" }), { not: settled(subject, same) }] };
}

/** A text that does not hold the part; no other value will do. */
function without(subject: Subject, part: string): OurCondition {
  if (!("attribute" in subject)) return subject.known.includes(part) ? NEVER : ALWAYS;
  const { attribute } = subject;
  const isText: OurCondition = { attribute, op: "starts_with", values: [""] };
  return { all: [isText, { not: { attribute, op: "contains", values: [part] } }] };
}

function matching(subject: Subject, raw: string, place: Place): OurCondition {
  const pattern = javascriptPattern(raw, place);
  if (pattern === undefined) return NEVER;
  return settled(subject, { attribute: "", op: "matches", pattern, dialect: "flagsmith" });
}

function listOf(value: Condition["value"]): string[] {
  if (Array.isArray(value)) return value;
  if (value === undefined || value === null) return [];
  return jsonList(value) ?? value.split(",");
}

function jsonList(text: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter((one) => typeof one === "string") : undefined;
  } catch {
    return undefined;
  }
}
