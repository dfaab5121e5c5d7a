import type { Flag, FlagType, Json } from "../../model.ts";
import type { Feature } from "./document.ts";

/** The names that a feature's values get: GrowthBook has none. */
export interface Variants {
  readonly type: FlagType;
  readonly values: Flag["variants"];
  /** Undefined for null, which is no value: the flag answers it as if it were off. */
  nameOf(value: Json): string | undefined;
}

/** Names every value that a feature can answer. */
export function variantsOf(feature: Feature): Variants {
  const rules = feature.rules ?? [];
  const shares = rules.flatMap((rule) => rule.variations ?? []);
  const answers = [feature.defaultValue ?? null, ...rules.flatMap(({ force = null }) => [force]), ...shares];
  // A share of a split needs a variant, also where its value is null.
  const named = answers.filter((value) => value !== null || shares.includes(null));
  const distinct = new Map((named.length > 0 ? named : [false]).map((value) => [JSON.stringify(value), value]));

  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [text, value] of distinct) {
    const wanted = nameFor(value);
    const name = wanted === undefined || taken.has(wanted) ? `variant-${names.size + 1}` : wanted;
    taken.add(name);
    names.set(text, name);
  }
  const values = Object.fromEntries([...distinct].map(([text, value]) => [names.get(text) ?? text, value]));
  return { type: typeOf([...distinct.values()]), values, nameOf: (value) => names.get(JSON.stringify(value)) };
}

function nameFor(value: Json): string | undefined {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number" || value === null) return String(value);
  return typeof value === "string" && /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u.test(value) ? value : undefined;
}

function typeOf(values: readonly Json[]): FlagType {
  const types = new Set(values.map((value) => typeof value));
  const [type] = types;
  if (types.size !== 1) return "json";
  return type === "boolean" || type === "string" || type === "number" ? type : "json";
}
