import { identity, reader } from "./attribute.ts";
import { picker, placer } from "./bucket.ts";
import { predicate, type World } from "./condition.ts";
import type { EvaluationContext, Flag, Requirement, Resolution, Serve, Split } from "./model.ts";
import type { Predicate } from "./operator.ts";
import { outcomesOf, type Outcome } from "./outcome.ts";

/** A compiled flag. */
export type Answer = (context: EvaluationContext) => Outcome;

/** What a flag is compiled against. */
export interface FlagWorld extends Omit<World, "met"> {
  /** The compiled flag of a key; undefined when there is none. */
  answer(key: string): Answer | undefined;
  /** Hears of every outcome that is made. */
  made(outcome: Outcome): Outcome;
}

/** Compiles one flag to a closure that picks one of its outcomes. Throws an Error for a pattern that cannot be read. */
export function compileFlag(key: string, flag: Flag, world: FlagWorld): Answer {
  const outcomes = outcomesOf(key, flag);
  const off = (reason: "DEFAULT" | "DISABLED", rule?: string) => world.made(outcomes.off(reason, rule));
  if (!flag.enabled) return constant(off("DISABLED"));

  const serve = (what: Serve, reason: "STATIC" | "DEFAULT" | "TARGETING_MATCH", rule?: string): Answer => {
    if ("variant" in what) return constant(world.made(outcomes.served(what.variant, reason, rule)));
    if ("off" in what) return constant(off("DEFAULT", rule));
    const shares = what.split.weights.map(({ variant }) => world.made(outcomes.served(variant, "SPLIT", rule)));
    return split(key, flag, what.split, shares, off("DEFAULT", rule), world);
  };

  const met = (need: Requirement) => meeting(need, world);
  const rules = flag.rules.map((rule) => ({
    when: predicate(rule.when, { ...world, met }),
    answer: serve(rule.serve, "TARGETING_MATCH", rule.id),
  }));
  const isStatic = rules.length === 0 && flag.requires.length === 0;
  const decided = decide(rules, serve(flag.otherwise, isStatic ? "STATIC" : "DEFAULT"));
  return flag.requires.length === 0 ? decided : required(flag, world, decided, off("DEFAULT"));
}

function decide(rules: readonly { when: Predicate; answer: Answer }[], otherwise: Answer): Answer {
  const [first, second] = rules;
  if (!first) return otherwise;
  if (!second) {
    const { when, answer } = first;
    return (context) => (when(context) ? answer(context) : otherwise(context));
  }
  return (context) => {
    for (const rule of rules) if (rule.when(context)) return rule.answer(context);
    return otherwise(context);
  };
}

function required(flag: Flag, world: FlagWorld, decided: Answer, off: Outcome): Answer {
  const needs = flag.requires.map((need) => meeting(need, world));
  return (context) => {
    for (const isMet of needs) if (!isMet(context)) return off;
    return decided(context);
  };
}

function meeting(need: Requirement, world: FlagWorld): Predicate {
  const answer = world.answer(need.flag);
  const variants = new Set(need.variants);
  return (context) => answer !== undefined && isMet(answer(context).resolution, variants);
}

function isMet(answer: Resolution, variants: ReadonlySet<string>): boolean {
  return answer.reason !== "DISABLED" && answer.variant !== undefined && variants.has(answer.variant);
}

function split(
  key: string,
  flag: Flag,
  what: Split,
  shares: readonly Outcome[],
  unplaced: Outcome,
  { engines }: FlagWorld,
): Answer {
  const algorithm = what.algorithm ?? flag.bucketing.algorithm;
  const salt = what.salt ?? flag.bucketing.salt ?? key;
  const read = reader(what.by ?? "targetingKey");
  if (algorithm !== "flagd-v2") {
    const limits = cumulated(what);
    const place = placer(algorithm, salt, limits.at(-1) ?? 0, engines.foreign);
    return (context) => {
      const at = place(read(context), context);
      return shares[limits.findIndex((limit) => at < limit)] ?? unplaced;
    };
  }

  const pick = picker(salt, what.weights);
  return (context) => {
    const id = identity(read(context));
    return id === "" ? unplaced : (shares[pick(id)] ?? unplaced);
  };
}

function constant(answer: Outcome): Answer {
  return () => answer;
}

function cumulated({ weights }: Split): number[] {
  let sum = 0;
  return weights.map(({ weight }) => (sum += weight));
}
