import type { Condition, Json, Rule as OwnRule, Serve } from "../../model.ts";
import { all, negated, NEVER } from "../logic.ts";
import { named } from "../pointer.ts";
import type { Path } from "../report.ts";
import { Unsupported } from "../unsupported.ts";
import { condition, type Groups } from "./condition.ts";
import { attributeName } from "./operator.ts";
import type { Range, Rule } from "./document.ts";
import { algorithmOf, bucketRanges, isInRange, share, weightsOf, type Hashing } from "./share.ts";
import type { Variants } from "./variants.ts";

/** What a rule is read in. */
export interface Scope {
  /** The feature's key. */
  readonly key: string;
  readonly variants: Variants;
  readonly groups: Groups;
  /** Whether another feature's value satisfies a condition. */
  parent(id: string, wanted: Json, path: Path): Condition;
}

type Case = Pick<OwnRule, "when" | "serve">;

/** Reads a rule as cases: those who are stopped by a gate, then those whom it serves. Throws `Unsupported`. */
export function casesOf(rule: Rule, path: Path, scope: Scope): Case[] {
  const { gates, met } = parents(rule, path, scope);
  const served = rule.force === undefined ? experiment(rule, path, scope) : forced(rule, rule.force, path, scope);
  return served ? [...gates, { when: all([met, served.when]), serve: served.serve }] : gates;
}

/** Parents in their order: one that is no gate and fails ends the rule for this user, one that is ends the feature. */
function parents(rule: Rule, path: Path, scope: Scope) {
  const gates: Case[] = [];
  const passed: Condition[] = [];
  for (const [index, { id, condition: wanted, gate }] of (rule.parentConditions ?? []).entries()) {
    const holds = scope.parent(id, wanted, [...path, "parentConditions", index]);
    if (gate) gates.push({ when: all([...passed, negated(holds)]), serve: { off: true } });
    passed.push(holds);
  }
  return { gates, met: all(passed) };
}

function targeted(rule: Rule, path: Path, { groups }: Scope): Condition[] {
  const own = rule.condition === undefined ? [] : [condition(rule.condition, [...path, "condition"], groups)];
  return [...own, ...(rule.filters ?? []).map(filtered)];
}

function filtered({ seed, ranges, hashVersion, attribute }: NonNullable<Rule["filters"]>[number]): Condition {
  const algorithm = algorithmOf(hashVersion || 2);
  if (!algorithm) return NEVER;
  const hashing = { algorithm, attribute: idOf(attribute), salt: seed };
  return share(hashing, (n) => ranges.some((range) => isInRange(n, range)));
}

/** The attribute that is hashed is read by its whole name, not as a path. */
function idOf(attribute: string | undefined): string {
  const name = attribute || "id";
  return name.startsWith("/") || name.includes(".") ? named(name) : attributeName(name);
}

function hashingOf(rule: Rule, salt: string): Hashing | undefined {
  const algorithm = algorithmOf(rule.hashVersion || 1);
  return algorithm && { algorithm, attribute: idOf(rule.hashAttribute), salt };
}

function forced(rule: Rule, value: Json, path: Path, scope: Scope): Case {
  const when = all([...targeted(rule, path, scope), rollout(rule, scope.key)]);
  const variant = scope.variants.nameOf(value);
  return { when, serve: value === null || variant === undefined ? { off: true } : { variant } };
}

function rollout(rule: Rule, key: string): Condition {
  const { range, coverage } = rule;
  if (!range && coverage === undefined) return { all: [] };
  if (!range && coverage === 0) return NEVER;

  const hashing = hashingOf(rule, rule.seed || key);
  if (!hashing) return NEVER;
  return share(hashing, (n) => (range ? isInRange(n, range) : coverage !== undefined && n <= coverage));
}

/** An experiment serves those whom it has a variation for; undefined: nobody. */
function experiment(rule: Rule, path: Path, scope: Scope): Case | undefined {
  if (rule.contextualVariations !== undefined || rule.contextualBanditRef !== undefined) {
    throw new Unsupported(path, "a contextual bandit, whose weights change with the context");
  }
  const key = rule.key || scope.key;
  const hashing = hashingOf(rule, rule.seed || key);
  if (!rule.variations || rule.variations.length < 2 || !hashing) return undefined;

  const choose = chooser(rule, rule.variations, scope.variants);
  const weights = weightsOf(hashing.algorithm, choose);
  if (weights.length === 0) return undefined;

  const { algorithm, attribute: by, salt } = hashing;
  const serve: Serve = { split: { algorithm, by, salt, weights } };
  const who = [...targeted(rule, path, scope), ...namespace(rule, by), share(hashing, (n) => choose(n) !== undefined)];
  return { when: all(who), serve };
}

/** The name of the variant for a number; a variation that passes through is as good as none. */
function chooser(rule: Rule, variations: readonly Json[], { nameOf }: Variants) {
  const ranges: readonly Range[] = rule.ranges ?? bucketRanges(variations.length, rule.coverage, rule.weights);
  return (n: number): string | undefined => {
    const index = ranges.findIndex((range) => isInRange(n, range));
    const value = variations[index];
    return value === undefined || rule.meta?.[index]?.passthrough ? undefined : nameOf(value);
  };
}

function namespace({ namespace: space, filters }: Rule, attribute: string): Condition[] {
  if (!space || filters) return [];
  const [name, from, to] = space;
  return [share({ algorithm: "growthbook-v1", attribute, salt: `__${name}` }, (n) => isInRange(n, [from, to]))];
}
