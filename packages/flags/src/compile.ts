import { identity, reader } from "./attribute.ts";
import { picker } from "./bucket.ts";
import { predicate, segments, type Predicate, type World } from "./condition.ts";
import type {
  ErrorCode,
  EvaluationContext,
  Failed,
  Flag,
  FlagSet,
  FlagValue,
  Reason,
  Resolution,
  Serve,
  Split,
} from "./model.ts";
import type { PatternEngine } from "./operator.ts";

/** A flag set made ready: every call is synchronous, never throws, and answers with objects made beforehand. */
export interface Compiled {
  /** The value alone; undefined where the flag has none to give (unknown, no `off` variant, error). */
  value(key: string, context: EvaluationContext): FlagValue | undefined;
  /** The answer with variant, reason and rule. The object is shared and frozen. */
  resolve(key: string, context: EvaluationContext): Resolution;
  /** The answers of all flags, by key. */
  resolveAll(context: EvaluationContext): Map<string, Resolution>;
  has(key: string): boolean;
}

export interface CompileOptions {
  /** Needed by sets with `matches` conditions (`@beq/flags/pattern`); without it a flag that has one is in error. */
  readonly patterns?: PatternEngine | undefined;
}

type Answer = (context: EvaluationContext) => Resolution;

const nobody: EvaluationContext = Object.freeze({});

/**
 * Compiles a flag set to closures. Work that does not depend on who asks is done here: sets, versions, networks,
 * patterns, salted hashes, and one answer object for each outcome.
 */
export function compile(set: FlagSet, options: CompileOptions = {}): Compiled {
  const patterns = options.patterns ?? withoutPatterns;
  const answers = new Map<string, Answer>();
  const world = { patterns, segment: segments(set.segments, patterns), answers };
  for (const [key, flag] of Object.entries(set.flags)) answers.set(key, guarded(key, flag, world));

  const resolve = (key: string, context: EvaluationContext): Resolution => {
    const answer = answers.get(key);
    if (answer === undefined) return failed("FLAG_NOT_FOUND", `there is no flag '${key}'`);
    try {
      return answer(context ?? nobody);
    } catch {
      // Only a hostile context, such as one with a getter that throws, gets here.
      return failed("GENERAL", "the context could not be read");
    }
  };

  return {
    resolve,
    value: (key, context) => resolve(key, context).value,
    resolveAll: (context) => new Map(Array.from(answers.keys(), (key) => [key, resolve(key, context)])),
    has: (key) => answers.has(key),
  };
}

type FlagWorld = World & { readonly answers: ReadonlyMap<string, Answer> };

function guarded(key: string, flag: Flag, world: FlagWorld): Answer {
  try {
    return compileFlag(key, flag, world);
  } catch (error) {
    const broken = failed("PARSE_ERROR", messageOf(error));
    return () => broken;
  }
}

function compileFlag(key: string, flag: Flag, world: FlagWorld): Answer {
  const off = (reason: "DEFAULT" | "DISABLED", rule?: string) =>
    flag.off === null ? unserved(reason, rule) : served(flag, flag.off, reason, rule);
  if (!flag.enabled) return constant(off("DISABLED"));

  const serve = (what: Serve, reason: "STATIC" | "DEFAULT" | "TARGETING_MATCH", rule?: string): Answer =>
    "variant" in what
      ? constant(served(flag, what.variant, reason, rule))
      : split(key, flag, what.split, off("DEFAULT", rule), rule);

  const rules = flag.rules.map(({ id, when, serve: what }) => ({
    when: predicate(when, world),
    answer: serve(what, "TARGETING_MATCH", id),
  }));
  const isStatic = rules.length === 0 && flag.requires.length === 0;
  const decided = decide(rules, serve(flag.otherwise, isStatic ? "STATIC" : "DEFAULT"));
  return flag.requires.length === 0 ? decided : required(flag, world.answers, decided, off("DEFAULT"));
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

function required(flag: Flag, answers: ReadonlyMap<string, Answer>, decided: Answer, off: Resolution): Answer {
  // One object a requirement; the other flag's closure is looked up when first asked, for it may not be compiled yet.
  const needs = flag.requires.map((need) => ({
    flag: need.flag,
    variants: new Set(need.variants),
  }));
  return (context) => {
    for (const need of needs) {
      const met = answers.get(need.flag)?.(context);
      if (met === undefined || !isMet(met, need.variants)) return off;
    }
    return decided(context);
  };
}

function isMet(answer: Resolution, variants: ReadonlySet<string>): boolean {
  return answer.reason !== "DISABLED" && answer.variant !== undefined && variants.has(answer.variant);
}

function split(key: string, flag: Flag, what: Split, unplaced: Resolution, rule: string | undefined): Answer {
  const pick = picker(flag.bucketing, what.salt ?? flag.bucketing.salt ?? key, what.weights);
  const outcomes = what.weights.map(({ variant }) => served(flag, variant, "SPLIT", rule));
  const read = reader(what.by ?? "targetingKey");
  return (context) => {
    const id = identity(read(context));
    return id === "" ? unplaced : (outcomes[pick(id)] ?? unplaced);
  };
}

function constant(answer: Resolution): Answer {
  return () => answer;
}

function served(flag: Flag, variant: string, reason: Exclude<Reason, "ERROR">, rule?: string): Resolution {
  const value = Object.hasOwn(flag.variants, variant) ? flag.variants[variant] : undefined;
  if (value === undefined) return failed("GENERAL", `there is no variant '${variant}'`);
  return Object.freeze({ value, variant, reason, rule });
}

function unserved(reason: "DEFAULT" | "DISABLED", rule?: string): Resolution {
  return Object.freeze({ value: undefined, variant: undefined, reason, rule });
}

/** An answer in error. */
export function failed(errorCode: ErrorCode, errorMessage: string): Failed {
  return Object.freeze({
    value: undefined,
    variant: undefined,
    reason: "ERROR",
    errorCode,
    errorMessage,
  });
}

/** The pattern engine of a set that was given none. */
export const withoutPatterns: PatternEngine = (pattern) => {
  throw new Error(`the pattern '${pattern}' needs a pattern engine, and none was given`);
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
