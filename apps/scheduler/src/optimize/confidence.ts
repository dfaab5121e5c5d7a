import { overrun } from "./prior.ts";
import { createRandom, seedOf } from "./random.ts";
import { at, merge, minuteMs, type Span, subtract } from "./spans.ts";

/** A task of the plan as it is carried out; times are epoch milliseconds. */
export type Step = Span & {
  readonly id: string;
  /** Names the stream of chance that its durations come from: the same task draws the same in every plan. */
  readonly taskId: string;
  readonly minutes: number;
  readonly deadline: number | null;
  /** When this kind of task may be worked on, sorted and merged; lunch and events are already out of it. */
  readonly open: readonly Span[];
};

export type Confidence = {
  /** Probability that every step with a deadline is done by it; 1 when none has one. */
  readonly score: number;
  /** By step id; null without a deadline. */
  readonly onTime: ReadonlyMap<string, number | null>;
};

const draws = 2_048;

/**
 * Carries the plan out many times with durations drawn from {@link overrun}. Steps run in the order given and none
 * before its planned start; a late one pushes those after it to later open time (right-shift). A step that does not end
 * within its open time is not on time.
 */
export function simulate(steps: readonly Step[], seed: number): Confidence {
  const open = steps.map((step) => createClock(merge([...step.open, step])));
  const durations = steps.map((step) => draw(step, seed));
  const hits = new Int32Array(steps.length);
  let all = 0;
  for (let run = 0; run < draws; run += 1) {
    let free = -Infinity;
    let held = true;
    steps.forEach((step, index) => {
      free = at(open, index).finish(Math.max(step.start, free), (at(durations, index)[run] ?? 0) * minuteMs);
      if (step.deadline === null) return;
      if (free <= step.deadline) hits[index] = (hits[index] ?? 0) + 1;
      else held = false;
    });
    if (held) all += 1;
  }
  const onTime = steps.map(
    ({ id, deadline }, index) => [id, deadline === null ? null : (hits[index] ?? 0) / draws] as const,
  );
  return { score: all / draws, onTime: new Map(onTime) };
}

/** One actual duration per run, stratified: each 1/draws of the distribution once, in an order of the task's own. */
function draw({ taskId, minutes }: Step, seed: number): Float64Array {
  const random = createRandom(seedOf(taskId, seed));
  const durations = Float64Array.from(
    { length: draws },
    (_, run) => minutes * overrun(minutes, (run + random()) / draws),
  );
  for (let last = draws - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [durations[last], durations[other]] = [durations[other] ?? 0, durations[last] ?? 0];
  }
  return durations;
}

/** Turns work into time: work goes on in open spans only. */
function createClock(spans: readonly Span[]) {
  const starts = Float64Array.from(spans, ({ start }) => start);
  const ends = Float64Array.from(spans, ({ end }) => end);
  const worked = new Float64Array(spans.length + 1);
  spans.forEach(({ start, end }, index) => void (worked[index + 1] = (worked[index] ?? 0) + end - start));

  return {
    /** When work of that length, begun at `from` or when it next may, is done; Infinity if it never is. */
    finish(from: number, length: number): number {
      if (from === Infinity) return Infinity;
      const first = firstAbove(ends, from);
      if (first === ends.length) return Infinity;
      const target = (worked[first] ?? 0) + Math.max(0, from - (starts[first] ?? 0)) + length;
      const last = Math.max(first, firstAtLeast(worked, target) - 1);
      if (last >= ends.length) return Infinity;
      return (starts[last] ?? 0) + target - (worked[last] ?? 0);
    },
  };
}

function firstAbove(sorted: Float64Array, value: number): number {
  return search(sorted, (element) => element > value);
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  return search(sorted, (element) => element >= value);
}

function search(sorted: Float64Array, holds: (element: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Open time for carrying out: breaks may vanish and lunches shrink to half, events may not. */
export function openTime(hours: readonly Span[], lunches: readonly Span[], events: readonly Span[]): Span[] {
  const kept = lunches.map(({ start, end }) => ({ start: (start + end) / 2, end }));
  return subtract(hours, [...kept, ...events]);
}
