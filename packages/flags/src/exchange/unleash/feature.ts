import type { Flag, FlagValue, Rule } from "../../model.ts";
import { isAlways } from "../logic.ts";
import type { Place } from "../shape.ts";
import type { Feature, Strategy } from "./document.ts";
import { needsOf, type Parents } from "./parents.ts";
import { strategyCondition, type Around } from "./strategy.ts";
import { createVariants, variantRules, type Draw, type Variants } from "./variants.ts";

/** A feature's flag, and what others need to know of it. */
export interface Imported {
  readonly flag: Flag;
  readonly names: Names;
}

/** The variants of a flag that came from Unleash. */
export interface Names {
  /** Switched off for the user. */
  readonly off: string;
  /** On, without a variant. */
  readonly on: string;
  readonly variants: Variants;
}

/**
 * A feature as a flag: an on/off flag, or, where it has variants, a json flag whose values are what Unleash's
 * `getVariant` answers.
 */
export function importFeature(
  feature: Feature,
  around: Omit<Around, "feature">,
  parents: Parents,
  place: Place,
): Imported {
  const variants = createVariants();
  const names = namesOf(feature, variants);
  const needs = needsOf(feature, parents, place);
  const rules = needs
    ? [...needs.barriers, ...rulesOf(feature, { ...around, feature: feature.name }, names, place)]
    : [];
  if (feature.impressionData)
    place.findings.note(place.name, [...place.path, "impressionData"], "impressions are not asked for here");

  const [only, second] = rules;
  const isForAll = only && !second && isAlways(only.when);
  return {
    names,
    flag: {
      ...described(feature),
      ...valuesOf(names),
      enabled: feature.enabled,
      off: names.off,
      requires: needs?.requires ?? [],
      rules: isForAll ? [] : rules,
      otherwise: isForAll ? only.serve : { variant: names.off },
      bucketing: { algorithm: "flagd-v2" },
    },
  };
}

function described({ description, type, project, stale }: Feature) {
  const tags = [type ? `type:${type}` : "", project ? `project:${project}` : "", stale ? "stale" : ""];
  return {
    description: description ?? "",
    owner: "",
    tags: tags.filter((tag) => tag !== ""),
    lifetime: type === "release" || type === "experiment" ? "temporary" : "permanent",
    version: 1,
  } as const;
}

/** Names for on and off that none of the feature's own variants has. */
function namesOf({ strategies, variants: shared }: Feature, variants: Variants): Names {
  const taken = new Set(
    [...(shared ?? []), ...(strategies ?? []).flatMap((one) => one.variants ?? [])].map(({ name }) => name),
  );
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  return { on: free("on"), off: free("off"), variants };
}

function valuesOf({ on, off, variants }: Names): Pick<Flag, "type" | "variants"> {
  if (variants.values.size === 0) return { type: "boolean", variants: { [on]: true, [off]: false } };

  const none = (isOn: boolean): FlagValue => ({ name: "disabled", enabled: false, feature_enabled: isOn });
  return { type: "json", variants: { ...Object.fromEntries(variants.values), [on]: none(true), [off]: none(false) } };
}

function rulesOf(feature: Feature, around: Around, names: Names, place: Place): Rule[] {
  if (!feature.strategies) {
    place.findings.note(place.name, place.path, "has no list of strategies: off for everybody, as in Unleash");
    return [];
  }
  const whole: Strategy = { name: "default" };
  const strategies = feature.strategies.length > 0 ? feature.strategies : [whole];
  return strategies.flatMap((strategy, index): Rule[] => {
    const at = feature.strategies?.length ? { ...place, path: [...place.path, "strategies", index] } : place;
    const when = strategyCondition(strategy, around, at);
    const id = `strategy ${index + 1}`;
    const draw = drawOf(feature, strategy);
    const on: Rule = { id: draw ? `${id}, no variant` : id, when, serve: { variant: names.on } };
    const rules = draw ? [...variantRules(id, when, draw, names.variants, at), on] : [on];
    return rules.map((rule) => (strategy.title ? { ...rule, description: strategy.title } : rule));
  });
}

/** A strategy's own variants come before the feature's; those without any weight are not drawn. */
function drawOf({ name, variants: shared }: Feature, { parameters, variants: own }: Strategy): Draw | undefined {
  const total = (variants: readonly { weight: number }[]) => variants.reduce((sum, { weight }) => sum + weight, 0);
  if (own && total(own) > 0) {
    const stickiness = own[0]?.stickiness || String(parameters?.["stickiness"] ?? "") || "default";
    // The group is hashed as JavaScript writes it, so that an absent one is the text "undefined".
    return { variants: own, group: String(parameters?.["groupId"]), stickiness };
  }
  if (!shared || total(shared) === 0) return undefined;
  return { variants: shared, group: name, stickiness: shared[0]?.stickiness ?? "default" };
}
