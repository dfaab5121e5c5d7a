import type { Condition, Flag, Rule, Serve } from "../../model.ts";
import type { Place } from "../shape.ts";
import type { State } from "./document.ts";
import { controlOf, createVariants, serveOf, type Variants } from "./state.ts";
import type { Environment } from "./subject.ts";

/** A state that replaces the environment's for some. */
export interface Override {
  readonly id: string;
  readonly when: Condition;
  readonly state: State;
  readonly place: Place;
}

/** A state that replaces the environment's for one identity. */
export interface Personal {
  readonly identifier: string;
  readonly state: State;
  readonly place: Place;
}

/**
 * A feature as a flag: an on/off flag where it has no value anywhere, otherwise a json flag whose values say both, as
 * Flagsmith's flags do: `{ "enabled": true, "value": "blue" }`.
 */
export function flagOf(
  state: State,
  overrides: readonly Override[],
  personal: readonly Personal[],
  environment: Environment,
  place: Place,
): Flag {
  const variants = createVariants();
  const serve = (one: State, at: Place): Serve => serveOf(one, variants, environment, at);
  const rules: Rule[] = [
    ...personalRules(personal, serve),
    ...overrides.map((one): Rule => ({ id: one.id, when: one.when, serve: serve(one.state, one.place) })),
  ];
  const everybody = serve(state, place);
  // Nobody is drawn without an identifier.
  const identified: Rule = { id: "identified", when: { attribute: "targetingKey", op: "present" }, serve: everybody };
  const control = controlOf(state, variants);
  const isDrawn = !("variant" in everybody) || everybody.variant !== control;
  return {
    ...valuesOf(variants),
    description: "",
    enabled: true,
    requires: [],
    rules: isDrawn ? [...rules, identified] : rules,
    otherwise: { variant: control },
    bucketing: { algorithm: "flagd-v2" },
    owner: "",
    tags: [],
    lifetime: "permanent",
    version: 1,
  };
}

/** One rule for all identities that are served the same. */
function personalRules(personal: readonly Personal[], serve: (state: State, place: Place) => Serve): Rule[] {
  const groups = new Map<string, { serve: Serve; values: string[] }>();
  const seen = new Set<string>();
  for (const { identifier, state, place } of personal) {
    if (seen.has(identifier)) continue;
    seen.add(identifier);
    const served = serve(state, place);
    const group = groups.get(JSON.stringify(served)) ?? { serve: served, values: [] };
    group.values.push(identifier);
    groups.set(JSON.stringify(served), group);
  }
  return [...groups.values()].map(({ serve: served, values }, index) => ({
    id: `identities ${index + 1}`,
    when: { attribute: "targetingKey", op: "one_of", values },
    serve: served,
  }));
}

function valuesOf(variants: Variants): Pick<Flag, "type" | "variants" | "off"> {
  const off = variants.name(false, null);
  const entries = [...variants.answers];
  const hasValue = entries.some(([, { value }]) => value !== null);
  if (hasValue) return { type: "json", variants: Object.fromEntries(entries), off };
  return { type: "boolean", variants: Object.fromEntries(entries.map(([name, { enabled }]) => [name, enabled])), off };
}
