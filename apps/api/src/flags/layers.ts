import {
  accepts,
  type FlagSet,
  parseFlagSet,
  type PatternEngine,
  type Problem,
  problemLine,
  type Registry,
} from "@beq/flags";
import { createReferences, type Name, nameOf } from "./references.ts";
import { documentsOf, type State } from "./stored.ts";
import type { Kind, Layer } from "./wire.ts";

/** What lies under the saved flags. */
export type Ground = {
  code: FlagSet;
  /** The code's flags under what the environment says. */
  environment: FlagSet;
  /** The variables that speak for flags, empty ones left out. */
  variables: Readonly<Record<string, string>>;
};

/** A saved item that is not in force, and why. */
export type Broken = { kind: Kind; key: string; problems: string[] };

/** The layers, one over the other. */
export type Layered = { set: FlagSet; broken: Broken[] };

export type Layers = {
  /** What the set would be if all that is saved were sound; a read-only process leaves declared flags to their ground. */
  draft(ground: Ground, state: State): FlagSet;
  /** The set in force: what is saved and not sound, by a newer BeQ for instance, is left to its ground. */
  settle(ground: Ground, state: State): Layered;
  /** What is wrong with these items of the set, or with others because of them; unnamed, with any. */
  judge(set: FlagSet, names?: ReadonlySet<Name>): Judged;
  /** The layer that speaks for a flag in the set. */
  layerOf(ground: Ground, set: FlagSet, key: string): Layer;
};

/** `sound` has the items that were judged, every default filled in; null where there are problems. */
export type Judged = { problems: Problem[]; sound: FlagSet | null };

export type LayersDeps = { registry: Registry; patterns: PatternEngine; readonly: boolean };

export function createLayers({ registry, patterns, readonly }: LayersDeps): Layers {
  const referencesOf = createReferences();
  const draft = ({ environment }: Ground, state: State): FlagSet => {
    const flags = Object.entries(documentsOf<FlagSet["flags"][string]>(state.flag));
    return {
      version: state.version,
      flags: {
        ...environment.flags,
        ...Object.fromEntries(flags.filter(([key]) => !(readonly && Object.hasOwn(registry, key)))),
      },
      segments: documentsOf(state.segment),
    };
  };

  const judge = (set: FlagSet, names?: ReadonlySet<Name>): Judged => {
    const part = names ? concerned(set, names, referencesOf(set)) : set;
    const parsed = parseFlagSet(part, patterns);
    const problems = [...(parsed.ok ? [] : parsed.problems), ...undeclared(part, registry)];
    return { problems, sound: parsed.ok && problems.length === 0 ? parsed.flagSet : null };
  };

  return {
    draft,
    judge,
    settle(ground, state) {
      const broken = new Map<Name, Broken>();
      for (let set = draft(ground, state); ; set = without(set, ground, broken)) {
        const found = judge(set).problems.filter(({ path }) => isSaved(state, path) && !broken.has(nameAt(path)));
        if (found.length === 0) return { set, broken: [...broken.values()] };
        for (const problem of found) note(broken, problem);
      }
    },
    layerOf(ground, set, key) {
      if (!Object.hasOwn(registry, key) || set.flags[key] !== ground.environment.flags[key]) return "stored";
      return variablesOf(ground, key).length > 0 ? "environment" : "code";
    },
  };
}

/** The variables that speak for a declared flag. */
export function variablesOf({ variables }: Ground, key: string): { name: string; value: string }[] {
  return ["ENABLED", "ROLLOUT", "USERS"].flatMap((setting) => {
    const name = `FEATURE_${key.toUpperCase()}_${setting}`;
    const value = variables[name];
    return value === undefined ? [] : [{ name, value }];
  });
}

/** The part of a set in which these items could be, or do, something wrong. */
function concerned(
  set: FlagSet,
  names: ReadonlySet<Name>,
  references: ReturnType<ReturnType<typeof createReferences>>,
) {
  const affected = references.leadingTo(names);
  const needed = references.reachedFrom(affected);
  const pick = <T>(kind: Kind, items: { readonly [key: string]: T }) =>
    Object.fromEntries(Object.entries(items).filter(([key]) => needed.has(nameOf(kind, key))));
  const segments = Object.entries(pick("segment", set.segments)).map(([key, segment]) => {
    // A long list that is only named need not be read again.
    const isOnlyNamed = "ids" in segment && !names.has(nameOf("segment", key));
    return [key, isOnlyNamed ? { ids: [] } : segment] as const;
  });
  return { version: set.version, flags: pick("flag", set.flags), segments: Object.fromEntries(segments) };
}

/** Declared flags that answer what the code cannot read. */
function undeclared(set: FlagSet, registry: Registry): Problem[] {
  return Object.entries(registry).flatMap(([key, definition]) => {
    const flag = Object.hasOwn(set.flags, key) ? set.flags[key] : undefined;
    if (typeof flag?.variants !== "object" || flag.variants === null) return [];
    if (flag.type !== definition.type)
      return [{ path: ["flags", key, "type"], message: `the code declares this flag as ${definition.type}` }];
    return Object.entries(flag.variants)
      .filter(([, value]) => typeof value === definition.type || definition.type === "json")
      .filter(([, value]) => !accepts(definition, value))
      .map(([name]) => ({ path: ["flags", key, "variants", name], message: "the code does not know this value" }));
  });
}

/** The item that a path of the set leads into. */
export function nameAt([root, key = ""]: Problem["path"]): Name {
  return nameOf(kindOf(root), String(key));
}

function isSaved(state: State, [root, key]: Problem["path"]): boolean {
  return state[kindOf(root)].has(String(key));
}

function kindOf(root: string | number | undefined): Kind {
  return root === "segments" ? "segment" : "flag";
}

function note(broken: Map<Name, Broken>, problem: Problem): void {
  const [root, key = ""] = problem.path;
  const name = nameAt(problem.path);
  const found = broken.get(name) ?? { kind: kindOf(root), key: String(key), problems: [] };
  broken.set(name, { ...found, problems: [...found.problems, problemLine(problem)] });
}

function without(set: FlagSet, { environment }: Ground, broken: ReadonlyMap<Name, Broken>): FlagSet {
  const flags = Object.entries(set.flags).filter(([key]) => !broken.has(nameOf("flag", key)));
  const segments = Object.entries(set.segments).filter(([key]) => !broken.has(nameOf("segment", key)));
  return {
    version: set.version,
    flags: { ...environment.flags, ...Object.fromEntries(flags) },
    segments: Object.fromEntries(segments),
  };
}
