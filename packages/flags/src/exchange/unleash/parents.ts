import type { Requirement, Rule } from "../../model.ts";
import type { Place } from "../shape.ts";
import type { Dependency, Feature } from "./document.ts";
import type { Names } from "./feature.ts";

/** The features that others may depend on, imported already. */
export interface Parents {
  feature(name: string): Feature | undefined;
  names(name: string): Names | undefined;
}

/** What must hold before a feature's strategies are asked. */
export interface Needs {
  readonly requires: readonly Requirement[];
  /** Switch the feature off while another one is on. */
  readonly barriers: readonly Rule[];
}

/** What a feature's dependencies need; undefined when they can never be met, so that it is off for everybody. */
export function needsOf(feature: Feature, parents: Parents, place: Place): Needs | undefined {
  const [requires, barriers]: [Requirement[], Rule[]] = [[], []];
  for (const [index, dependency] of (feature.dependencies ?? []).entries()) {
    const found = requirement(dependency, parents, { ...place, path: [...place.path, "dependencies", index] });
    if (!found) return undefined;
    if (dependency.enabled !== false) requires.push(found);
    else barriers.push({ id: `not beside ${dependency.feature}, ${index + 1}`, when: found, serve: { off: true } });
  }
  return { requires, barriers };
}

/** When another feature is on, or has one of the variants that are wanted. */
function requirement(dependency: Dependency, parents: Parents, place: Place): Requirement | undefined {
  const { feature: key, enabled, variants } = dependency;
  const parent = parents.feature(key);
  const names = parents.names(key);
  if (!parent || !names) return unmet(place, `there is no feature '${key}' to depend on`);
  if (parent.dependencies?.length) return unmet(place, `'${key}' depends on others itself`);
  if (enabled === false || !variants?.length)
    return { flag: key, variants: [names.on, ...names.variants.values.keys()] };

  // Unleash calls a feature that is on without a variant `disabled`.
  const wanted = variants.flatMap((name) => [
    ...names.variants.named(name),
    ...(name === "disabled" ? [names.on] : []),
  ]);
  return wanted.length > 0 ? { flag: key, variants: wanted } : unmet(place, `'${key}' has none of the variants`);
}

function unmet({ name, path, findings }: Place, why: string): undefined {
  findings.note(name, path, `${why}: off for everybody, as in Unleash`);
}
