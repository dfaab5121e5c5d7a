import { attribute, identity } from "./attribute.ts";
import { placer } from "./bucket.ts";
import type { CompileOptions } from "./compile.ts";
import type { Engines } from "./foreign.ts";
import { holds } from "./holds.ts";
import { withoutPatterns } from "./operator.ts";
import { failed } from "./outcome.ts";
import type { EvaluationContext, Flag, FlagSet, Reason, Resolution, Serve, Split } from "./model.ts";

/**
 * Evaluates one flag by reading the document from top to bottom: the specification of `compile` in code, for tests and
 * for a single question. Never throws for a document that parses.
 */
export function evaluate(
  set: FlagSet,
  key: string,
  context: EvaluationContext,
  { patterns = withoutPatterns, foreign }: CompileOptions = {},
): Resolution {
  try {
    return decide(set, key, context ?? {}, { patterns, foreign });
  } catch {
    return failed("GENERAL", "the context could not be read");
  }
}

function decide(set: FlagSet, key: string, context: EvaluationContext, engines: Engines): Resolution {
  const flag = Object.hasOwn(set.flags, key) ? set.flags[key] : undefined;
  if (!flag) return failed("FLAG_NOT_FOUND", `there is no flag '${key}'`);
  if (!flag.enabled) return off(flag, "DISABLED");

  const around = { segments: set.segments, engines, answer: (other: string) => decide(set, other, context, engines) };
  if (!flag.requires.every((need) => holds(need, context, around))) return off(flag, "DEFAULT");

  const rule = flag.rules.find(({ when }) => holds(when, context, around));
  if (rule) return serve(key, flag, rule.serve, context, engines, "TARGETING_MATCH", rule.id);

  const isStatic = flag.rules.length === 0 && flag.requires.length === 0;
  return serve(key, flag, flag.otherwise, context, engines, isStatic ? "STATIC" : "DEFAULT");
}

/** The place of a context in a split: the id, and where it falls in 0 ≤ bucket < sum of weights. */
export function bucketOf(key: string, flag: Flag, split: Split, context: EvaluationContext, { foreign }: Engines) {
  const value = attribute(context, split.by ?? "targetingKey");
  const total = split.weights.reduce((sum, { weight }) => sum + weight, 0);
  const salt = split.salt ?? flag.bucketing.salt ?? key;

  const bucket = placer(split.algorithm ?? flag.bucketing.algorithm, salt, total, foreign)(value, context);
  return total === 0 || Number.isNaN(bucket) ? undefined : { id: identity(value), total, bucket };
}

function serve(
  key: string,
  flag: Flag,
  what: Serve,
  context: EvaluationContext,
  engines: Engines,
  reason: Exclude<Reason, "ERROR">,
  rule?: string,
): Resolution {
  if ("variant" in what) return served(flag, what.variant, reason, rule);
  if ("off" in what) return off(flag, "DEFAULT", rule);

  const place = bucketOf(key, flag, what.split, context, engines);
  if (!place) return off(flag, "DEFAULT", rule);

  let cumulative = 0;
  const chosen = what.split.weights.find(({ weight }) => (cumulative += weight) > place.bucket);
  return chosen ? served(flag, chosen.variant, "SPLIT", rule) : off(flag, "DEFAULT", rule);
}

function off(flag: Flag, reason: "DEFAULT" | "DISABLED", rule?: string): Resolution {
  return flag.off === null
    ? { value: undefined, variant: undefined, reason, rule }
    : served(flag, flag.off, reason, rule);
}

function served(flag: Flag, variant: string, reason: Exclude<Reason, "ERROR">, rule?: string): Resolution {
  const value = Object.hasOwn(flag.variants, variant) ? flag.variants[variant] : undefined;
  return value === undefined ? failed("GENERAL", `there is no variant '${variant}'`) : { value, variant, reason, rule };
}
