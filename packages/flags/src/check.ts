import type { Condition, Flag, FlagType, FlagValue, Requirement, Serve } from "./model.ts";
import { checkPayloads } from "./payload.ts";
import type { PatternEngine } from "./operator.ts";
import type { Path, Problem } from "./problem.ts";
import { leaves } from "./reads.ts";

/** The names that one document's parts may refer to. */
export interface Names {
  readonly flags: { readonly [key: string]: { readonly variants?: unknown } };
  readonly segments: ReadonlySet<string>;
  /** Words that suggest one of the known names, or none. */
  hint(name: string, known: () => readonly string[]): string;
  /** Compiles patterns to find broken ones; left out, patterns are not looked into. */
  readonly patterns?: PatternEngine | undefined;
}

/** The problems of one flag whose shape is right: names that do not exist and values of the wrong type. */
export function checkFlag(key: string, flag: Flag, names: Names): Problem[] {
  const at: Path = ["flags", key];
  return [
    ...checkVariants(flag, at),
    ...checkServed(flag, at, names),
    ...flag.rules.flatMap((rule, index) => checkCondition(rule.when, [...at, "rules", index, "when"], names)),
    ...checkRuleIds(flag, at),
    ...flag.requires.flatMap((need, index) => checkRequirement(need, [...at, "requires", index], names)),
  ];
}

/** The problems of a condition: segments that do not exist, patterns that do not compile. */
export function checkCondition(condition: Condition, path: Path, names: Names): Problem[] {
  return [...leaves(condition)].flatMap((leaf) => {
    if ("segment" in leaf) {
      if (names.segments.has(leaf.segment)) return [];
      return [
        unknown(
          path,
          "segment",
          leaf.segment,
          names.hint(leaf.segment, () => [...names.segments]),
        ),
      ];
    }
    if ("flag" in leaf) {
      const isOfFlag = path[0] === "flags";
      return isOfFlag ? checkRequirement(leaf, path, names) : [{ path, message: "a segment cannot ask another flag" }];
    }
    if (leaf.op !== "matches" || !names.patterns) return [];
    const fault = faultOf(leaf.pattern, names.patterns);
    return fault === undefined ? [] : [{ path, message: `the pattern '${leaf.pattern}' is broken: ${fault}` }];
  });
}

function faultOf(pattern: string, patterns: PatternEngine): string | undefined {
  try {
    patterns(pattern, false);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function checkVariants(flag: Flag, at: Path): Problem[] {
  const entries = Object.entries(flag.variants);
  if (entries.length === 0) return [{ path: [...at, "variants"], message: "expected at least one variant" }];

  const wrong = entries.filter(([, value]) => !isOfType(flag.type, value));
  const mistyped = wrong.map(([name]) => ({
    path: [...at, "variants", name],
    message: `expected a ${flag.type}`,
  }));
  return [...mistyped, ...checkPayloads(flag, at)];
}

function isOfType(type: FlagType, value: FlagValue): boolean {
  return type === "json" || typeof value === type;
}

function checkServed(flag: Flag, at: Path, { hint }: Names): Problem[] {
  const served = (serve: Serve, path: Path): (readonly [string, Path])[] => {
    if ("off" in serve) return [];
    if ("variant" in serve) return [[serve.variant, [...path, "variant"]]];
    return serve.split.weights.map(({ variant }, index) => [variant, [...path, "split", "weights", index, "variant"]]);
  };

  const used = [
    ...(flag.off === null ? [] : [[flag.off, [...at, "off"]] as const]),
    ...flag.rules.flatMap((rule, index) => served(rule.serve, [...at, "rules", index, "serve"])),
    ...served(flag.otherwise, [...at, "otherwise"]),
  ];
  const wrong = used.filter(([name]) => !Object.hasOwn(flag.variants, name));
  return wrong.map(([name, path]) =>
    unknown(
      path,
      "variant",
      name,
      hint(name, () => Object.keys(flag.variants)),
    ),
  );
}

function checkRuleIds(flag: Flag, at: Path): Problem[] {
  const ids = flag.rules.map((rule) => rule.id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [{ path: [...at, "rules", index, "id"], message: `another rule is called '${id}'` }] : [],
  );
}

function checkRequirement(need: Requirement, path: Path, { flags, hint }: Names): Problem[] {
  if (!Object.hasOwn(flags, need.flag)) {
    const others = () => Object.keys(flags).filter((other) => other !== path[1]);
    return [unknown([...path, "flag"], "flag", need.flag, hint(need.flag, others))];
  }
  const variants = variantsOf(flags[need.flag]);
  return need.variants.flatMap((name, index) => {
    if (Object.hasOwn(variants, name)) return [];
    const words = hint(name, () => Object.keys(variants));
    return [unknown([...path, "variants", index], "variant", name, words)];
  });
}

function variantsOf(flag: { readonly variants?: unknown } | undefined): object {
  return typeof flag?.variants === "object" && flag.variants !== null ? flag.variants : {};
}

function unknown(path: Path, what: string, name: string, hint: string): Problem {
  return { path, message: `there is no ${what} '${name}'${hint}` };
}
