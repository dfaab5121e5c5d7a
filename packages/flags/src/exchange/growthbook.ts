import { predicate } from "../condition.ts";
import type { Condition, Flag, Json, Serve } from "../model.ts";
import { re2 } from "../pattern.ts";
import { condition } from "./growthbook/condition.ts";
import { growthbookRules } from "./growthbook/dialect.ts";
import { Document, Feature, type Rule } from "./growthbook/document.ts";
import { createGroups } from "./growthbook/groups.ts";
import { casesOf, type Scope } from "./growthbook/rule.ts";
import { variantsOf, type Variants } from "./growthbook/variants.ts";
import { ALWAYS, isNever, negated, NEVER } from "./logic.ts";
import { createNames } from "./names.ts";
import { createFindings, type Findings, type Imported, type Path } from "./report.ts";
import { settle, unread } from "./settle.ts";
import { parseShape } from "./shape.ts";
import { Unsupported } from "./unsupported.ts";

const FORMAT = "GrowthBook";

/**
 * Imports the payload that GrowthBook's SDKs load (`GET /api/features/<client key>`, decrypted). Its `id` is our
 * `targetingKey`. GrowthBook's values have no names: they get some. Never throws; see the report.
 */
export function importGrowthbook(document: unknown): Imported {
  const findings = createFindings();
  const parsed = parseShape(Document, document, { name: "", path: [], findings });
  if (!parsed) return unread(FORMAT, findings);

  const groups = createGroups(parsed.savedGroups);
  const features = new Map<string, Feature>();
  for (const [key, value] of Object.entries(parsed.features)) {
    const feature = parseShape(Feature, value, { name: key, path: ["features", key], findings });
    if (feature) features.set(key, feature);
  }
  const variants = new Map([...features].map(([key, feature]) => [key, variantsOf(feature)]));
  const parent = (id: string, wanted: Json, path: Path) =>
    parentCondition(id, wanted, path, { document: parsed.features, variants, groups });

  const flags: [string, Flag][] = [];
  for (const [key, feature] of features) {
    const named = variants.get(key) ?? variantsOf(feature);
    const flag = flagOf(feature, { key, variants: named, groups, parent }, findings);
    if (flag) flags.push([key, flag]);
  }
  const pathOf = (kind: "flags" | "segments", name: string): Path =>
    kind === "flags" ? ["features", name] : ["savedGroups", name];
  return settle(
    { format: FORMAT, flags: Object.fromEntries(flags), segments: groups.segments(), findings, pathOf },
    re2,
  );
}

interface Parents {
  readonly document: { readonly [key: string]: unknown };
  readonly variants: ReadonlyMap<string, Variants>;
  readonly groups: ReturnType<typeof createGroups>;
}

/** The condition on a parent's value, decided now for each value that it can have. */
function parentCondition(id: string, wanted: Json, path: Path, { document, variants, groups }: Parents): Condition {
  const asked = condition(wanted, [...path, "condition"], groups);
  const accepts = (value: Json) => satisfies(asked, value);
  const parent = variants.get(id);
  if (!parent) {
    if (Object.hasOwn(document, id)) throw new Unsupported(path, `needs '${id}', which was not carried over`);
    return accepts(null) ? ALWAYS : NEVER;
  }

  const all = Object.entries(parent.values);
  const isMet = ([, value]: readonly [string, Json]) => accepts(value);
  // A parent without a variant has the value null.
  const names = (accepts(null) ? all.filter((one) => !isMet(one)) : all.filter(isMet)).map(([name]) => name);
  const serves = names.length === 0 ? NEVER : { flag: id, variants: names };
  return accepts(null) ? negated(serves) : serves;
}

function satisfies(asked: Condition, value: Json): boolean {
  const engines = { patterns: re2, foreign: { buckets: [], dialects: [growthbookRules] } };
  const segment = (name: string): never => {
    throw new Unsupported([], `a prerequisite's value is looked for in the saved group '${name}'`);
  };
  return predicate(asked, { engines, segment, met: () => () => false })({ value });
}

function flagOf(feature: Feature, scope: Scope, findings: Findings): Flag | undefined {
  const path = ["features", scope.key];
  try {
    const rules = (feature.rules ?? []).flatMap((rule, index) => rulesOf(rule, index, path, scope, findings));
    return {
      description: "",
      type: scope.variants.type,
      enabled: true,
      variants: scope.variants.values,
      off: null,
      requires: [],
      rules: withUniqueIds(rules),
      otherwise: serveOf(feature.defaultValue ?? null, scope.variants),
      bucketing: { algorithm: "growthbook-v2" },
      owner: "",
      tags: [],
      lifetime: "permanent",
      version: 1,
    };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    findings.refused(scope.key, error.path.length > 0 ? error.path : path, error.message);
    return undefined;
  }
}

function serveOf(value: Json, variants: Variants): Serve {
  const variant = value === null ? undefined : variants.nameOf(value);
  return variant === undefined ? { off: true } : { variant };
}

const LEFT = {
  phase: "the experiment's phase",
  tracks: "an exposure recorded elsewhere",
  fallbackAttribute: "used by sticky bucketing only, which is not carried over",
  disableStickyBucketing: "sticky bucketing is not carried over",
  bucketVersion: "sticky bucketing is not carried over",
  minBucketVersion: "sticky bucketing is not carried over",
} as const satisfies Partial<Record<keyof Rule, string>>;

function rulesOf(rule: Rule, index: number, path: Path, scope: Scope, findings: Findings): Flag["rules"][number][] {
  const at = [...path, "rules", index];
  for (const [name, why] of Object.entries(LEFT)) {
    if (name in rule) findings.note(scope.key, [...at, name], why);
  }
  const id = rule.id || rule.key || `rule-${index + 1}`;
  const description = rule.name ? { description: rule.name } : {};
  const cases = casesOf(rule, at, scope).filter(({ when }) => !isNever(when));
  return cases.map((one) => ({ id, ...description, ...one }));
}

function withUniqueIds(rules: Flag["rules"]): Flag["rules"] {
  const free = createNames((count, id) => `${id}-${count}`);
  return rules.map((rule) => ({ ...rule, id: free.name(rule.id) }));
}
