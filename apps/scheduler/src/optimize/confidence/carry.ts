import { type Clock, createClock } from "./clock.ts";
import { type Overrun, strata } from "./history.ts";
import { createRandom, seedOf } from "../search/random.ts";
import { covers, merge, minuteMs, type Span } from "../time/spans.ts";

/** A piece of work of the plan as it is carried out; times are epoch milliseconds. */
export type Step = Span & {
  readonly id: string;
  /** Done once its last step is. Its steps draw one ratio of actual to planned, the same in every plan. */
  readonly doing: string;
  readonly minutes: number;
  /** Minutes that all of the doing is thought to take. */
  readonly estimate: number;
  readonly category: string;
  readonly deadline: number | null;
  /** False where a part of the doing has no place: by this plan it is not done. */
  readonly isWhole: boolean;
  /** When this kind of task may be worked on, sorted and merged; steps of one kind share one list. */
  readonly open: readonly Span[];
  /** Milliseconds kept free around it. */
  readonly before: number;
  readonly after: number;
  /** Steps of which the end has to be so many milliseconds ago. */
  readonly waits: readonly { readonly id: string; readonly lag: number }[];
};

export type Chance = {
  readonly seed: number;
  readonly overrun: Overrun;
  /** Asked at each step; it may throw to give the simulation up. */
  readonly heed?: () => void;
};

/** Steps that share their open time are done one after another; `free` says, run by run, when the last of them ends. */
type Track = { readonly clock: Clock; readonly free: Float64Array };

/**
 * When each step ends, by its id, in each of `draws` runs; epoch milliseconds, Infinity for never. What is put off to
 * the next open time of its own kind leaves the time until then to steps of other kinds that have room in it: work that
 * goes on tomorrow does not keep anybody from an errand tonight.
 */
export function carryOut(steps: readonly Step[], chance: Chance, draws: number): Map<string, Float64Array> {
  const ratios = createRatios(chance, draws);
  const trackOf = createTracks(steps, draws);
  const ends = new Map<string, Float64Array>();
  for (const step of steps) {
    chance.heed?.();
    const track = trackOf.own(step);
    const others = trackOf.others(track);
    const clock = covers(step.open, step) ? track.clock : createClock(merge([...step.open, step]));
    const waits = step.waits.flatMap(({ id, lag }) => {
      const times = ends.get(id);
      return times ? [{ times, lag }] : [];
    });
    const factors = ratios(step);
    const times = new Float64Array(draws);
    for (let run = 0; run < draws; run += 1) {
      let from = Math.max(step.start, (track.free[run] ?? 0) + step.before);
      for (const wait of waits) from = Math.max(from, (wait.times[run] ?? 0) + wait.lag);
      const length = (factors[run] ?? 1) * step.minutes * minuteMs;
      const end = clock.finish(others.length > 0 ? clearOf(others, run, clock, from, length) : from, length);
      track.free[run] = Math.max(track.free[run] ?? 0, end + step.after);
      times[run] = end;
    }
    ends.set(step.id, times);
  }
  return ends;
}

/** The earliest moment from which on the work meets no other track at work on what it has not finished. */
function clearOf(others: readonly Track[], run: number, clock: Clock, from: number, length: number): number {
  let start = from;
  for (let moved = true; moved && start < Infinity;) {
    moved = false;
    for (const { clock: other, free } of others) {
      const until = free[run] ?? 0;
      if (start >= until) continue;
      const begin = clock.next(start);
      if (begin >= until) continue;
      const busy = other.next(begin);
      if (busy >= Math.min(until, clock.finish(start, length))) continue;
      start = Math.min(until, other.closes(busy));
      moved = true;
    }
  }
  return start;
}

function createTracks(steps: readonly Step[], draws: number) {
  const opens = [...new Set(steps.map(({ open }) => open))];
  const tracks = new Map<readonly Span[], Track>(
    opens.map((open) => [open, { clock: createClock(open), free: new Float64Array(draws).fill(-Infinity) }]),
  );
  return {
    own: ({ open }: Step): Track => tracks.get(open) ?? { clock: createClock(open), free: new Float64Array(draws) },
    others: (own: Track): Track[] => [...tracks.values()].filter((track) => track !== own),
  };
}

/** The ratio of each run for each doing: drawn once, whichever of its steps asks first. */
function createRatios({ seed, overrun }: Chance, draws: number): (step: Step) => Float64Array {
  const known = new Map<string, Float64Array>();
  return (step) => {
    const found = known.get(step.doing) ?? draw(overrun, step, seed, draws);
    known.set(step.doing, found);
    return found;
  };
}

/** Stratified: each 1/draws of the distribution once, in an order of the doing's own. */
function draw(overrun: Chance["overrun"], step: Step, seed: number, draws: number): Float64Array {
  const random = createRandom(seedOf(step.doing, seed));
  const ratios = strata(overrun(step), draws, random);
  for (let last = draws - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const swapped = ratios[last] ?? 0;
    ratios[last] = ratios[other] ?? 0;
    ratios[other] = swapped;
  }
  return ratios;
}
