import type { ErrorCode, Failed, Flag, FlagValue, Reason, Resolution } from "./model.ts";

/** One thing that a flag can answer, made once; an evaluation only picks it, and counts. */
export interface Outcome {
  readonly key: string;
  readonly value: FlagValue | undefined;
  readonly resolution: Resolution;
  /** How often it was answered since the counts were last taken. */
  count: number;
}

/** How often a flag answered something. */
export interface AnswerCount {
  readonly key: string;
  readonly variant: string | undefined;
  readonly reason: Reason;
  readonly rule: string | undefined;
  readonly count: number;
}

/** Makes the outcomes of a flag: the variant's, or the one of a flag without an `off` variant where that is asked for. */
export function outcomesOf(key: string, flag: Flag) {
  const served = (variant: string, reason: Exclude<Reason, "ERROR">, rule?: string): Outcome => {
    const value = Object.hasOwn(flag.variants, variant) ? flag.variants[variant] : undefined;
    if (value === undefined) return outcome(key, failed("GENERAL", `there is no variant '${variant}'`));
    return outcome(key, Object.freeze({ value, variant, reason, rule }));
  };
  const off = (reason: "DEFAULT" | "DISABLED", rule?: string): Outcome => {
    if (flag.off !== null) return served(flag.off, reason, rule);
    return outcome(key, Object.freeze({ value: undefined, variant: undefined, reason, rule }));
  };
  return { served, off };
}

export function outcome(key: string, resolution: Resolution): Outcome {
  return { key, value: resolution.value, resolution, count: 0 };
}

/** An answer in error. */
export function failed(errorCode: ErrorCode, errorMessage: string): Failed {
  return Object.freeze({ value: undefined, variant: undefined, reason: "ERROR", errorCode, errorMessage });
}

/** Takes the counts of outcomes, which start at 0 again; those that never occurred are left out. */
export function takeCounts(outcomes: Iterable<Outcome>): AnswerCount[] {
  const taken: AnswerCount[] = [];
  for (const one of outcomes) {
    if (one.count === 0) continue;
    const { resolution, key, count } = one;
    const rule = resolution.reason === "ERROR" ? undefined : resolution.rule;
    taken.push({ key, variant: resolution.variant, reason: resolution.reason, rule, count });
    one.count = 0;
  }
  return taken;
}

/** Counts of the same answers added up. */
export function addCounts(counts: readonly AnswerCount[]): AnswerCount[] {
  const sums = new Map<string, AnswerCount>();
  for (const one of counts) {
    const name = JSON.stringify([one.key, one.variant, one.reason, one.rule]);
    sums.set(name, { ...one, count: one.count + (sums.get(name)?.count ?? 0) });
  }
  return [...sums.values()];
}
