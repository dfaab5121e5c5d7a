import { type IdSets, segments } from "./condition.ts";
import { compileFlag, type Answer, type FlagWorld } from "./flag.ts";
import type { Foreign } from "./foreign.ts";
import type { EvaluationContext, Flag, FlagSet, FlagValue, Resolution } from "./model.ts";
import { withoutPatterns, type PatternEngine } from "./operator.ts";
import { failed, outcome, takeCounts, type AnswerCount, type Outcome } from "./outcome.ts";

/** A flag set made ready: every call is synchronous, never throws, and answers with objects made beforehand. */
export interface Compiled {
  /** The flags' keys. */
  readonly keys: readonly string[];
  /** The value alone; undefined where the flag has none to give (unknown, no `off` variant, error). Counted. */
  value(key: string, context: EvaluationContext): FlagValue | undefined;
  /** The answer with variant, reason and rule. The object is shared and frozen. Counted. */
  resolve(key: string, context: EvaluationContext): Resolution;
  /** As `resolve`, for a look that is no use of the flag: not counted. */
  peek(key: string, context: EvaluationContext): Resolution;
  /** The answers of all flags, in the order of `keys`; not counted. */
  resolveAll(context: EvaluationContext): Resolution[];
  /** How often each flag answered what since this was last called. */
  takeCounts(): AnswerCount[];
}

/** The parts that only some flag sets need, left out of the engine because of their size. */
export interface CompileOptions {
  /** Needed by sets with `matches` conditions (`@beq/flags/pattern`); without it a flag that has one is in error. */
  readonly patterns?: PatternEngine | undefined;
  /** Needed by flags that came from other systems (`@beq/flags/foreign`); without it such a flag is in error. */
  readonly foreign?: Foreign | undefined;
  /** Kept between compilations: a long list of ids that a later set shares with a former one is not read again. */
  readonly idSets?: IdSets | undefined;
}

const nobody: EvaluationContext = Object.freeze({});

/**
 * Compiles a flag set to closures. Work that does not depend on who asks is done here: sets, versions, networks,
 * patterns, salted hashes, and one object for each outcome.
 */
export function compile(set: FlagSet, options: CompileOptions = {}): Compiled {
  const engines = { patterns: options.patterns ?? withoutPatterns, foreign: options.foreign };
  const outcomes = new Set<Outcome>();
  const made = (one: Outcome): Outcome => {
    outcomes.add(one);
    return one;
  };
  const answers = compileAll(set, { engines, segment: segments(set.segments, engines, options.idSets) }, made);
  const inOrder = [...answers.values()];
  const keys = [...answers.keys()];

  const find = (key: string, context: EvaluationContext): Outcome => {
    const answer = answers.get(key);
    return answer === undefined ? missing(key) : asked(answer, context ?? nobody);
  };

  return {
    keys,
    value: (key, context) => {
      const found = find(key, context);
      found.count++;
      return found.value;
    },
    resolve: (key, context) => {
      const found = find(key, context);
      found.count++;
      return found.resolution;
    },
    peek: (key, context) => find(key, context).resolution,
    resolveAll: (context) => inOrder.map((answer) => asked(answer, context ?? nobody).resolution),
    takeCounts: () => takeCounts(outcomes),
  };
}

/** Not kept, so not counted: keys from outside are without end. */
function missing(key: string): Outcome {
  return outcome(key, failed("FLAG_NOT_FOUND", `there is no flag '${key}'`));
}

function asked(answer: Answer, context: EvaluationContext): Outcome {
  try {
    return answer(context);
  } catch {
    // Only a hostile context, such as one with a getter that throws, gets here.
    return unreadable();
  }
}

function unreadable(): Outcome {
  return outcome("", failed("GENERAL", "the context could not be read"));
}

/** Compiles every flag once, those that others require before them. */
function compileAll(
  set: FlagSet,
  world: Pick<FlagWorld, "engines" | "segment">,
  made: FlagWorld["made"],
): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>();
  const answer = (key: string): Answer | undefined => {
    const known = answers.get(key);
    const flag = Object.hasOwn(set.flags, key) ? set.flags[key] : undefined;
    if (known || !flag) return known;

    // Placed before it is compiled: a ring, which no parsed set has, must end here and not in this loop.
    answers.set(key, (context) => (answers.get(key) ?? unreadable)(context));
    const ready = guarded(key, flag, { ...world, answer, made });
    answers.set(key, ready);
    return ready;
  };
  for (const key of Object.keys(set.flags)) answer(key);
  return answers;
}

function guarded(key: string, flag: Flag, world: FlagWorld): Answer {
  try {
    return compileFlag(key, flag, world);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const broken = world.made(outcome(key, failed("PARSE_ERROR", message)));
    return () => broken;
  }
}
