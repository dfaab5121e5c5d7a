import type { Condition, Json, Rule, Weight } from "../../model.ts";
import { all } from "../logic.ts";
import { createNames } from "../names.ts";
import type { Place } from "../shape.ts";
import { attributeOf, unleashed } from "./constraint.ts";
import type { Variant } from "./document.ts";

/** What Unleash's `getVariant` answers; the value of a flag that has variants, so that code which reads it stays as it is. */
export type Answer = { readonly [member: string]: Json };

/** The variants of one flag, collected while its strategies are read. */
export interface Variants {
  readonly values: ReadonlyMap<string, Answer>;
  /** The name of a variant in our flag: Unleash's, with a number where another of that name has another payload. */
  add(variant: Variant): string;
  /** The names that variants called `name` in Unleash have. */
  named(name: string): readonly string[];
}

export function createVariants(): Variants {
  const values = new Map<string, Answer>();
  const names = new Map<string, string>();
  const free = createNames((count, name) => `${name} (${count})`);
  return {
    values,
    add: (variant) => {
      const answer = answerOf(variant);
      const text = JSON.stringify(answer);
      const name = names.get(text) ?? free.name(variant.name);
      names.set(text, name);
      values.set(name, answer);
      return name;
    },
    named: (name) => [...values].filter(([, answer]) => answer["name"] === name).map(([own]) => own),
  };
}

function answerOf({ name, payload }: Variant): Answer {
  const answer = { name, enabled: true, feature_enabled: true };
  return payload ? { ...answer, payload: { type: payload.type, value: payload.value } } : answer;
}

/** How variants are drawn: a strategy's own, or those of the feature. */
export interface Draw {
  readonly variants: readonly Variant[];
  readonly group: string;
  readonly stickiness: string;
}

/** The rules that serve variants to those for whom `when` holds; the ids of rules begin with `id`. */
export function variantRules(id: string, when: Condition, draw: Draw, known: Variants, place: Place): Rule[] {
  const overrides = draw.variants.flatMap(({ overrides: named }, at) =>
    (named ?? []).map((override) => ({ override, at })),
  );
  const names = draw.variants.map(known.add);
  const forced = overrides.map(({ override, at }, index): Rule => {
    const wanted = { attribute: attributeOf(override.contextName), op: "one_of", values: override.values } as const;
    return {
      id: `${id}, override ${index + 1}`,
      when: all([when, unleashed(wanted)]),
      serve: { variant: names[at] ?? "" },
    };
  });
  const weights = draw.variants.map(({ weight }, index): Weight => ({ variant: names[index] ?? "", weight }));
  return [...forced, ...shares(id, when, draw, weights, place)];
}

function shares(id: string, when: Condition, { group, stickiness }: Draw, weights: Weight[], place: Place): Rule[] {
  const isDefault = stickiness === "default" || stickiness === "random";
  const algorithm = isDefault ? "unleash-variant-default" : "unleash-variant";
  const by = isDefault ? "targetingKey" : attributeOf(stickiness);
  if (stickiness === "random") place.findings.differs(place.name, place.path, LOTS);
  else place.findings.differs(place.name, place.path, isDefault ? NO_ID : `without '${stickiness}', ${NO_VARIANT}`);

  const hasId: Condition = { attribute: by, op: "in_share", algorithm, salt: group, of: 1, ranges: [[0, 1]] };
  return [{ id, when: all([when, hasId]), serve: { split: { by, algorithm, salt: group, weights } } }];
}

export const NO_VARIANT = "the feature is on without a variant; Unleash draws lots at every call";
const LOTS = "Unleash draws lots for a variant at every call; now a user keeps the same one";
export const NO_ID = `without userId, sessionId and remoteAddress, ${NO_VARIANT}`;
