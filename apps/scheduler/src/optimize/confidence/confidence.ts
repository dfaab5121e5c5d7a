import { carryOut, type Chance, type Step } from "./carry.ts";
import { select } from "./select.ts";
import type { Span } from "../time/spans.ts";

/** What to expect of a step's doing; epoch milliseconds, Infinity where the days planned may not suffice. */
export type Forecast = {
  /** Probability of being done by the deadline; null without one. */
  readonly onTime: number | null;
  readonly p50: number;
  readonly p80: number;
  readonly p95: number;
};

export type Confidence = {
  /** Probability that every whole doing with a deadline is done by it; 1 when none has one. */
  readonly score: number;
  /** By step id. */
  readonly forecasts: ReadonlyMap<string, Forecast>;
  /** For each day the probability that all that is planned to be done on it is. */
  readonly days: readonly number[];
};

type Options = Chance & {
  /** How often the plan is carried out: {@link enough}, or {@link coarse} where an idea will do. */
  readonly draws?: number;
  readonly days?: readonly Span[];
};

/** The standard error of a probability is at most 1.1 %. */
const enough = 2_048;
/** At most 3.1 %, in an eighth of the time. */
export const coarse = 256;

/** What has to be done by when; `ends` is when it was in each run. */
type Due = { readonly ends: Float64Array; readonly by: number };

const never: Forecast = { onTime: null, p50: Infinity, p80: Infinity, p95: Infinity };

/**
 * Carries the plan out many times with durations drawn from `overrun`. Steps run in the order given and none before its
 * planned start; a late one pushes those after it to later open time (right-shift).
 */
export function simulate(steps: readonly Step[], chance: Options): Confidence {
  const { draws = enough, days = [] } = chance;
  const ends = carryOut(steps, chance, draws);
  const last = new Map(steps.map((step) => [step.doing, step]));
  const done = [...last.values()].map((step) => ({ step, ends: ends.get(step.id) ?? new Float64Array(draws) }));
  const due = done.flatMap(({ step: { isWhole, deadline }, ends: times }) =>
    isWhole && deadline !== null ? [{ ends: times, by: deadline }] : [],
  );
  const ofDay = ({ start, end }: Span) =>
    done.flatMap(({ step, ends: times }) => (step.end > start && step.end <= end ? [{ ends: times, by: end }] : []));
  const score = together(due, draws);
  const byDay = days.map((day) => together(ofDay(day), draws));
  const byDoing = new Map(
    done.map(({ step, ends: times }) => {
      chance.heed?.();
      return [step.doing, forecastOf(step, times)];
    }),
  );
  return { score, days: byDay, forecasts: new Map(steps.map(({ id, doing }) => [id, byDoing.get(doing) ?? never])) };
}

/** The share of the runs in which all were done in time. */
function together(due: readonly Due[], draws: number): number {
  let held = 0;
  for (let run = 0; run < draws; run += 1) {
    let all = true;
    for (const { ends, by } of due) all &&= (ends[run] ?? Infinity) <= by;
    if (all) held += 1;
  }
  return held / draws;
}

function forecastOf({ isWhole, deadline }: Step, ends: Float64Array): Forecast {
  if (!isWhole) return { ...never, onTime: deadline === null ? null : 0 };

  const times = ends.slice();
  const rank = (share: number) => Math.ceil(share * times.length) - 1;
  return {
    onTime: deadline === null ? null : together([{ ends, by: deadline }], ends.length),
    p50: select(times, rank(0.5)),
    p80: select(times, rank(0.8), rank(0.5)),
    p95: select(times, rank(0.95), rank(0.8)),
  };
}
