import { at } from "./spans.ts";
import type { Seeker } from "./seek.ts";

/** Rules about the task in the order in which they are dropped where another one says the same. */
const dispensable = ["rest", "cap", "horizon", "earliest_start", "dependency", "deadline", "window", "hours"];

/**
 * A minimal set of obstacles that together leave the task no place, by position; none where it has one. "Place" is what
 * {@link Seeker} says: everything in the set stays where the plan has it, everything else is gone. The deletion filter
 * (Chinneck and Dravnieks 1991) is exact here, as lifting an obstacle never takes a place away.
 */
export function conflictOf(seeker: Seeker): number[] {
  if (seeker.find()) return [];

  const needed: number[] = [];
  const lifted: number[] = [];
  for (const index of order(seeker)) {
    const region = seeker.near(index);
    seeker.lift(index);
    if (seeker.find({ region })) {
      seeker.restore(index);
      needed.push(index);
    } else lifted.push(index);
  }
  for (const index of lifted) seeker.restore(index);
  return needed.sort((a, b) => rank(seeker, a) - rank(seeker, b) || a - b);
}

/** Short things first, so that few and large ones remain; rules that say the most last. */
function order(seeker: Seeker): number[] {
  const { obstacles } = seeker;
  return obstacles
    .map((_, index) => index)
    .sort((a, b) => early(seeker, a) - early(seeker, b) || length(seeker, a) - length(seeker, b) || a - b);
}

function early({ obstacles }: Seeker, index: number): number {
  const place = dispensable.indexOf(at(obstacles, index).kind);
  // Rest and caps go before what takes time, which they otherwise would stand in for.
  return place < 0 ? 1.5 : place;
}

function length({ obstacles }: Seeker, index: number): number {
  const { from, to } = at(obstacles, index);
  return to - from;
}

/** The task's own rules first, then what stands in time. */
function rank({ obstacles }: Seeker, index: number): number {
  const { kind, from } = at(obstacles, index);
  const place = dispensable.indexOf(kind);
  return place < 0 ? from : place - 1_000_000;
}
