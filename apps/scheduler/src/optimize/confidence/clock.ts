import type { Span } from "../time/spans.ts";

/** Working time: what is done goes on in its spans only. Times and lengths are milliseconds. */
export type Clock = {
  /** When work of that length, begun at `from` or when it next may, is done; Infinity if it never is. */
  readonly finish: (from: number, length: number) => number;
  /** The first open moment at or after `from`; Infinity if there is none. */
  readonly next: (from: number) => number;
  /** The end of the span that holds `moment`, or of the next one. */
  readonly closes: (moment: number) => number;
};

/** @param spans sorted and merged */
export function createClock(spans: readonly Span[]): Clock {
  const starts = Float64Array.from(spans, ({ start }) => start);
  const ends = Float64Array.from(spans, ({ end }) => end);
  const worked = new Float64Array(spans.length + 1);
  spans.forEach(({ start, end }, index) => void (worked[index + 1] = (worked[index] ?? 0) + end - start));

  let near = 0;
  /** The span that holds a moment, or the next one. Runs of one step ask for much the same moments: most often the last. */
  function spanAt(moment: number): number {
    const isNear = moment < (ends[near] ?? -Infinity) && (near === 0 || moment >= (ends[near - 1] ?? 0));
    if (!isNear) near = firstAbove(ends, moment);
    return near;
  }

  return {
    finish(from, length) {
      if (from === Infinity) return Infinity;
      const first = spanAt(from);
      if (first === ends.length) return Infinity;
      const target = (worked[first] ?? 0) + Math.max(0, from - (starts[first] ?? 0)) + length;
      const last = target <= (worked[first + 1] ?? 0) ? first : firstAtLeast(worked, target) - 1;
      if (last >= ends.length) return Infinity;
      return (starts[last] ?? 0) + target - (worked[last] ?? 0);
    },
    next: (from) => Math.max(from, starts[spanAt(from)] ?? Infinity),
    closes: (moment) => ends[spanAt(moment)] ?? Infinity,
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
