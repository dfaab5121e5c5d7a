import type { CompileOptions } from "./compile.ts";
import { withoutPatterns } from "./operator.ts";
import { bucketOf, evaluate } from "./evaluate.ts";
import { holds, isMember, type Surroundings } from "./holds.ts";
import type { Condition, EvaluationContext, Flag, FlagSet, Requirement, Resolution, Serve, Split } from "./model.ts";
import { inWords, seenInWords } from "./words.ts";

/** One line of an explanation. `met` is null where a line only tells; `depth` counts from 0. */
export interface Step {
  readonly depth: number;
  readonly text: string;
  readonly met: boolean | null;
}

/** A flag's answer and how it came about, for a product person to read. */
export interface Trace {
  readonly key: string;
  readonly resolution: Resolution;
  readonly steps: readonly Step[];
}

/**
 * Explains a flag's answer clause by clause, with the place of the user in a split. Slow beside `compile`, and with the
 * same answer. Never throws for a document that parses.
 */
export function trace(set: FlagSet, key: string, context: EvaluationContext, options: CompileOptions = {}): Trace {
  const resolution = evaluate(set, key, context, options);
  const engines = { patterns: options.patterns ?? withoutPatterns, foreign: options.foreign };
  const answer = (other: string) => evaluate(set, other, context, engines);
  const around = { segments: set.segments, engines, answer };
  return { key, resolution, steps: [...stepsOf(set, key, context ?? {}, around), tell(0, conclusion(resolution))] };
}

function stepsOf(set: FlagSet, key: string, context: EvaluationContext, around: Surroundings): Step[] {
  const flag = Object.hasOwn(set.flags, key) ? set.flags[key] : undefined;
  if (!flag) return [];
  try {
    return [...explain(key, flag, context, around)];
  } catch {
    // As in `evaluate`: an attribute that throws when it is read.
    return [];
  }
}

function* explain(key: string, flag: Flag, context: EvaluationContext, around: Surroundings): Generator<Step> {
  if (!flag.enabled) return yield { depth: 0, text: "The flag is switched off for everybody.", met: false };

  for (const need of flag.requires) {
    const met = holds(need, context, around);
    yield { depth: 0, text: `Requires ${requirement(need, around)}.`, met };
    if (!met) return;
  }

  for (const rule of flag.rules) {
    const met = holds(rule.when, context, around);
    yield { depth: 0, text: `Rule “${rule.id}”${met ? " applies" : " does not apply"}:`, met };
    yield* clauses(rule.when, context, around, 1);
    if (met) return yield* place(key, flag, rule.serve, context, around);
  }

  if (flag.rules.length > 0) yield tell(0, "No rule applies.");
  yield* place(key, flag, flag.otherwise, context, around);
}

function* clauses(
  condition: Condition,
  context: EvaluationContext,
  around: Surroundings,
  depth: number,
): Generator<Step> {
  const met = holds(condition, context, around);
  if ("all" in condition) yield* group("All of", condition.all, context, around, depth, met);
  else if ("any" in condition) yield* group("Any of", condition.any, context, around, depth, met);
  else if ("not" in condition) yield* group("Not", [condition.not], context, around, depth, met);
  else if ("segment" in condition) {
    const isIn = isMember(condition.segment, context, around);
    yield {
      depth,
      text: `in segment “${condition.segment}”: ${isIn ? "is in it" : "is not in it"}`,
      met,
    };
    const segment = around.segments[condition.segment];
    if (segment && "when" in segment) yield* clauses(segment.when, context, around, depth + 1);
  } else if ("flag" in condition) yield { depth, text: requirement(condition, around), met };
  else yield { depth, text: `${inWords(condition)}: ${seenInWords(condition, context)}`, met };
}

function* group(
  word: string,
  parts: readonly Condition[],
  context: EvaluationContext,
  around: Surroundings,
  depth: number,
  met: boolean,
): Generator<Step> {
  yield { depth, text: `${word}:`, met };
  for (const part of parts) yield* clauses(part, context, around, depth + 1);
}

function* place(
  key: string,
  flag: Flag,
  serve: Serve,
  context: EvaluationContext,
  { engines }: Surroundings,
): Generator<Step> {
  if ("variant" in serve) return;
  if ("off" in serve) return yield tell(0, "It answers as when it is off.");

  const { split } = serve;
  yield tell(0, `Shares by ${split.by ?? "user id"}: ${shares(split)}.`);
  const found = bucketOf(key, flag, split, context, engines);
  if (!found) return yield tell(1, `There is no ${split.by ?? "user id"} to place, so the off variant is served.`);

  const percent = ((100 * found.bucket) / found.total).toFixed(3);
  yield tell(1, `“${found.id}” falls at ${percent} % (bucket ${found.bucket} of ${found.total}).`);
}

function shares(split: Split): string {
  const total = split.weights.reduce((sum, { weight }) => sum + weight, 0);
  let from = 0;
  return split.weights
    .map(({ variant, weight }) => {
      const start = from;
      from += weight;
      return `“${variant}” ${percent(start, total)}–${percent(from, total)} %`;
    })
    .join(", ");
}

const percent = (part: number, total: number) => Number(((100 * part) / total).toFixed(7));

function requirement({ flag, variants }: Requirement, around: Surroundings): string {
  const wanted = variants.map((name) => `“${name}”`).join(" or ");
  return `flag “${flag}” to serve ${wanted}: ${serving(around.answer(flag))}`;
}

function serving(answer: Resolution): string {
  if (answer.reason === "DISABLED") return "it is switched off";
  return answer.variant === undefined ? "it serves nothing" : `it serves “${answer.variant}”`;
}

function conclusion(resolution: Resolution): string {
  if (resolution.reason === "ERROR") return `No answer: ${resolution.errorMessage}.`;
  if (resolution.variant === undefined) return `Serves no value of its own (${resolution.reason}).`;
  return `Serves “${resolution.variant}”, which is ${JSON.stringify(resolution.value)} (${resolution.reason}).`;
}

const tell = (depth: number, text: string): Step => ({ depth, text, met: null });
