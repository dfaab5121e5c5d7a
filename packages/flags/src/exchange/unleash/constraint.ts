import type { Condition, NumberOp, Plain, TextOp, VersionOp } from "../../model.ts";
import { parseNetwork } from "../../network.ts";
import { re2 } from "../../pattern.ts";
import { negated, NEVER } from "../logic.ts";
import { named } from "../pointer.ts";
import type { Place } from "../shape.ts";
import { completeVersion } from "../versions.ts";
import type { Constraint } from "./document.ts";

type Reader = (constraint: Constraint, place: Place) => Condition;

/** Every operator of Unleash's SDKs. */
const READERS: { readonly [operator: string]: Reader } = {
  IN: listed,
  NOT_IN: (constraint) => negated(listed(constraint)),
  STR_STARTS_WITH: text("starts_with"),
  STR_ENDS_WITH: text("ends_with"),
  STR_CONTAINS: text("contains"),
  NUM_EQ: number("equals"),
  NUM_GT: number("greater"),
  NUM_GTE: number("at_least"),
  NUM_LT: number("less"),
  NUM_LTE: number("at_most"),
  DATE_AFTER: date("after"),
  DATE_BEFORE: date("before"),
  SEMVER_EQ: version("semver_equals"),
  SEMVER_GT: version("semver_greater"),
  SEMVER_GTE: version("semver_at_least"),
  SEMVER_LT: version("semver_less"),
  SEMVER_LTE: version("semver_at_most"),
  REGEX: pattern,
  IN_CIDR: network,
};

/** A constraint as a condition with the same answers; one that nothing can meet becomes `NEVER`, with a note. */
export function constraintCondition(constraint: Constraint, place: Place): Condition {
  const { operator } = constraint;
  const reader = Object.hasOwn(READERS, operator) ? READERS[operator] : undefined;
  // Unleash's SDKs do not invert what they do not know.
  if (!reader) return unmet(place, `there is no operator '${operator}'`);

  const met = reader(constraint, place);
  return constraint.inverted ? negated(met) : met;
}

/** The name that an Unleash context field has in ours. */
export function attributeOf(contextName: string): string {
  return contextName === "userId" ? "targetingKey" : named(contextName);
}

/** What is compared in Unleash's way: the attribute written out as text. */
export function unleashed(comparison: Plain): Condition {
  return { ...comparison, dialect: "unleash" };
}

function unmet({ name, path, findings }: Place, why: string): Condition {
  findings.note(name, path, `${why}: never met, in Unleash neither`);
  return NEVER;
}

function cleaned({ values }: Constraint): string[] {
  return (values ?? []).filter((value) => value !== "").map((value) => value.trim());
}

function listed(constraint: Constraint): Condition {
  return unleashed({ attribute: attributeOf(constraint.contextName), op: "one_of", values: cleaned(constraint) });
}

function text(op: TextOp): Reader {
  return (constraint) => {
    const attribute = attributeOf(constraint.contextName);
    const ignore_case = constraint.caseInsensitive ? true : undefined;
    return unleashed({ attribute, op, values: cleaned(constraint), ignore_case });
  };
}

function number(op: NumberOp | "equals"): Reader {
  return ({ contextName, value }, place) => {
    const limit = value === undefined ? NaN : Number(value);
    if (Number.isNaN(limit)) return unmet(place, `'${value}' is no number`);
    return unleashed({ attribute: attributeOf(contextName), op, value: limit });
  };
}

/** Whatever field is named, Unleash compares the present moment, or the context's `currentTime` where that is given. */
function date(op: "before" | "after"): Reader {
  return ({ value }, place) => {
    const moment = new Date(value ?? NaN);
    if (Number.isNaN(moment.getTime())) return unmet(place, `'${value}' is no date`);

    place.findings.differs(place.name, place.path, NO_CLOCK);
    return { attribute: "currentTime", op, value: moment.toISOString() };
  };
}

export const NO_CLOCK = "compared with the context's currentTime, which must be given: an evaluation has no clock";

function version(op: VersionOp): Reader {
  return ({ contextName, value }, place) => {
    const target = completeVersion(value);
    if (target === undefined) return unmet(place, `'${value}' is no complete version`);
    return unleashed({ attribute: attributeOf(contextName), op, value: target });
  };
}

function pattern({ contextName, value, caseInsensitive }: Constraint, place: Place): Condition {
  const wanted = String(value);
  try {
    re2(wanted, caseInsensitive === true);
  } catch {
    return unmet(place, `the pattern '${wanted}' is broken`);
  }
  const ignore_case = caseInsensitive ? true : undefined;
  return unleashed({ attribute: attributeOf(contextName), op: "matches", pattern: wanted, ignore_case });
}

/** As our networks are written: `/08` is `/8`. */
export function networkText(text: string): string {
  return text.replace(/\/0(?=\d)/, "/");
}

function network(constraint: Constraint, { name, path, findings }: Place): Condition {
  const values = cleaned(constraint).map(networkText);
  const [read, unread] = [values.filter(parseNetwork), values.filter((value) => !parseNetwork(value))];
  for (const value of unread) {
    // Only IPv6 has forms that Unleash reads and we do not: zones, and wide networks around IPv4.
    if (value.includes(":")) findings.differs(name, path, `'${value}' is not read as a network`);
    else findings.note(name, path, `'${value}' is no network: left out, in Unleash it matches nothing`);
  }
  return unleashed({ attribute: attributeOf(constraint.contextName), op: "in_network", values: read });
}
