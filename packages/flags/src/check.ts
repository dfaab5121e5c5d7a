import { z } from "zod";
import type { Condition, Flag, FlagType, FlagValue, Requirement, Serve } from "./model.ts";
import { nearest } from "./nearest.ts";
import type { PatternEngine } from "./operator.ts";
import { leaves } from "./reads.ts";

/** What is wrong, and where: the path is from the document's root. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = readonly (string | number)[];

/** The names that one document's parts may refer to. */
export interface Names {
  readonly flags: { readonly [key: string]: { readonly variants?: unknown } };
  readonly segments: readonly string[];
  /** Compiles patterns to find broken ones; left out, patterns are not looked into. */
  readonly patterns?: PatternEngine | undefined;
}

/** The problems of one flag whose shape is right: names that do not exist and values of the wrong type. */
export function checkFlag(key: string, flag: Flag, names: Names): Problem[] {
  const at: Path = ["flags", key];
  return [
    ...checkVariants(flag, at),
    ...checkServed(flag, at),
    ...flag.rules.flatMap((rule, index) => checkCondition(rule.when, [...at, "rules", index, "when"], names)),
    ...checkRuleIds(flag, at),
    ...flag.requires.flatMap((need, index) => checkRequirement(need, [...at, "requires", index], names)),
  ];
}

/** The problems of a condition: segments that do not exist, patterns that do not compile. */
export function checkCondition(condition: Condition, path: Path, names: Names): Problem[] {
  return [...leaves(condition)].flatMap((leaf) => {
    if ("segment" in leaf) {
      return names.segments.includes(leaf.segment) ? [] : [unknown(path, "segment", leaf.segment, names.segments)];
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

function checkPayloads(flag: Flag, at: Path): Problem[] {
  if (!flag.schema) return [];
  if (flag.type !== "json") return [{ path: [...at, "schema"], message: "only a json flag has a schema" }];

  const schema = payloadSchema(flag.schema);
  if (typeof schema === "string") return [{ path: [...at, "schema"], message: schema }];
  return Object.entries(flag.variants).flatMap(([name, value]) => {
    const issues = schema.safeParse(value).error?.issues ?? [];
    return issues.map(({ path, message }) => ({
      path: [...at, "variants", name, ...plain(path)],
      message,
    }));
  });
}

function payloadSchema(schema: NonNullable<Flag["schema"]>): z.ZodType | string {
  try {
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    return `not a JSON Schema that can be checked: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Path elements of an issue; JSON has no symbols. */
export function plain(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((part) => (typeof part === "symbol" ? String(part) : part));
}

function checkServed(flag: Flag, at: Path): Problem[] {
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
  const known = Object.keys(flag.variants);
  return used.filter(([name]) => !known.includes(name)).map(([name, path]) => unknown(path, "variant", name, known));
}

function checkRuleIds(flag: Flag, at: Path): Problem[] {
  const ids = flag.rules.map((rule) => rule.id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [{ path: [...at, "rules", index, "id"], message: `another rule is called '${id}'` }] : [],
  );
}

function checkRequirement(need: Requirement, path: Path, names: Names): Problem[] {
  if (!Object.hasOwn(names.flags, need.flag)) {
    const others = Object.keys(names.flags).filter((other) => other !== path[1]);
    return [unknown([...path, "flag"], "flag", need.flag, others)];
  }
  const variants = variantsOf(names.flags[need.flag]);
  return need.variants
    .filter((name) => !variants.includes(name))
    .map((name) => unknown([...path, "variants", need.variants.indexOf(name)], "variant", name, variants));
}

function variantsOf(flag: { readonly variants?: unknown } | undefined): string[] {
  return typeof flag?.variants === "object" && flag.variants !== null ? Object.keys(flag.variants) : [];
}

function unknown(path: Path, what: string, name: string, known: readonly string[]): Problem {
  const hint = known.length > 0 && known.length <= 1000 ? `; did you mean '${nearest(name, known)}'?` : "";
  return { path, message: `there is no ${what} '${name}'${hint}` };
}
