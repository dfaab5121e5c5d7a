import type { Flag, Json, Requirement, Rule } from "../../model.ts";
import { all } from "../logic.ts";
import type { Place } from "../shape.ts";
import { clauseCondition, type Around } from "./clause.ts";
import { ASIDE, type Feature, type Target } from "./document.ts";
import { named, outcome, variantName } from "./outcome.ts";
import { keyOf } from "./reference.ts";

/** What a flag refers to outside itself. */
export interface Surroundings extends Around {
  /** The flag of a key as the document has it; undefined when there is none. */
  variations(key: string): readonly Json[] | undefined;
}

/** A flag with the same answers. Throws Unsupported where LaunchDarkly's SDKs would answer with an error. */
export function flagOf(feature: Feature, around: Surroundings, place: Place): Flag {
  const { variations, offVariation, fallthrough } = feature;
  const variants = variations.map((value, index) => [variantName(variations, index), value] as const);
  const off =
    offVariation === undefined || offVariation === null
      ? null
      : named(feature, offVariation, [...place.path, "offVariation"]);
  aside(feature, place);

  const requires = requirements(feature, around, place);
  const rules = [...targetRules(feature, place), ...clauseRules(feature, around, place)];
  const otherwise = outcome(feature, fallthrough, [...place.path, "fallthrough"], place);
  return {
    description: "",
    type: typeOf(variations),
    enabled: feature.on === true,
    variants: Object.fromEntries(variants),
    off,
    requires: requires ?? [],
    rules: requires ? rules : [],
    otherwise: requires ? otherwise : { off: true },
    bucketing: { algorithm: "flagd-v2" },
    owner: "",
    tags: [],
    lifetime: "permanent",
    version: feature.version ?? 1,
  };
}

function typeOf(variations: readonly Json[]): Flag["type"] {
  const [type, ...others] = new Set(variations.map((value) => typeof value));
  if (others.length > 0) return "json";
  return type === "boolean" || type === "string" || type === "number" ? type : "json";
}

function aside(feature: Feature, { name, path, findings }: Place): void {
  const left = ASIDE.filter((member) => Boolean(feature[member]));
  if (left.length > 0) findings.note(name, path, `about events and clients, left behind: ${left.join(", ")}`);
}

/** Undefined when they can never be met, so that the flag is off for everybody. */
function requirements({ prerequisites }: Feature, around: Surroundings, place: Place): Requirement[] | undefined {
  const found = (prerequisites ?? []).map(({ key, variation }, index): Requirement | undefined => {
    const variations = around.variations(key);
    if (variations && variation >= 0 && variation < variations.length) {
      return { flag: key, variants: [variantName(variations, variation)] };
    }
    const what = variations ? `'${key}' has no variation ${variation}` : `there is no flag '${key}'`;
    place.findings.note(
      place.name,
      [...place.path, "prerequisites", index],
      `${what}: off for everybody, as in LaunchDarkly`,
    );
    return undefined;
  });
  const met = found.filter((one): one is Requirement => one !== undefined);
  return met.length === found.length ? met : undefined;
}

/** Those named one by one come before every rule. */
function targetRules(feature: Feature, place: Place): Rule[] {
  const { targets, contextTargets } = feature;
  const users = (targets ?? []).map((target, index) => ({ target, path: [...place.path, "targets", index] }));
  const isOfUsers = ({ contextKind }: Target) => !contextKind || contextKind === "user";
  const ordered = (contextTargets ?? []).flatMap((target, index) => {
    if (!isOfUsers(target)) return [{ target, path: [...place.path, "contextTargets", index] }];
    // Only says at which place the users of that variation stand.
    return users.filter((one) => one.target.variation === target.variation).slice(0, 1);
  });
  return (contextTargets?.length ? ordered : users).map(({ target, path }, index): Rule => ({
    id: `target ${index + 1}`,
    when: { attribute: keyOf(target.contextKind), op: "one_of", values: target.values },
    serve: { variant: named(feature, target.variation, [...path, "variation"]) },
  }));
}

function clauseRules(feature: Feature, around: Around, place: Place): Rule[] {
  return (feature.rules ?? []).flatMap((rule, index): Rule[] => {
    const path = [...place.path, "rules", index];
    if (!rule.clauses) return [];
    const clauses = rule.clauses.map((clause, at) =>
      clauseCondition(clause, around, { ...place, path: [...path, "clauses", at] }),
    );
    if (rule.trackEvents)
      place.findings.note(place.name, [...path, "trackEvents"], "events of a rule are not kept apart");
    return [{ id: `rule ${index + 1}`, when: all(clauses), serve: outcome(feature, rule, path, place) }];
  });
}
