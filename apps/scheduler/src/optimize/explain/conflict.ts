import { type Cuts, exactly } from "./cuts.ts";
import type { Seeker } from "./seek.ts";
import { at } from "../time/spans.ts";

/**
 * Rules about the task, and "things" for all that takes time, in the order in which they are dropped where another one
 * says the same. Rest and limits stand in for many things, or many things for them: the shorter set is told.
 */
const rules = ["horizon", "earliest_start", "dependency", "deadline", "window", "hours"];
const orders = [
  ["rest", "cap", "things", ...rules],
  ["rest", "things", "cap", ...rules],
];
/** With more in the way one order, and as it is planned to be cut, have to do. */
const mostTwice = 500;
/** So many ways to cut a task are looked at. */
const mostCuts = 12;

/** Obstacles by their positions, and whether it is sure that together they leave no place. */
export type Conflict = { readonly set: readonly number[]; readonly isSure: boolean };

/**
 * A minimal set of obstacles that together leave the task no place; none where it has one. "Place" is what {@link Seeker} says: everything in the set stays where the plan has
 * it, everything else is gone. The deletion filter (Chinneck and Dravnieks 1991) is exact here, as lifting an obstacle
 * never takes a place away. Of a task that may be cut it looks at some ways only: where the set has a place for another
 * one, that one is learnt and the filter runs again.
 */
export function conflictOf(seeker: Seeker): Conflict {
  if (seeker.find()) return { set: [], isSure: true };

  const cuts = [seeker.wish.planned];
  for (;;) {
    const set = smallest(seeker, cuts).sort((a, b) => rank(seeker, a) - rank(seeker, b) || a - b);
    const place = among(seeker, set);
    if (!place || cuts.length === mostCuts || seeker.obstacles.length > mostTwice)
      return { set, isSure: !place && seeker.isSure() };
    cuts.push(exactly(place.map(({ part }) => part.work)));
  }
}

/** A place for any way to cut it with nothing in the way but that set. */
function among(seeker: Seeker, set: readonly number[]) {
  if (seeker.wish.planned === seeker.wish.cuts) return null;

  const others = seeker.obstacles.flatMap((_, index) => (set.includes(index) || seeker.isLifted(index) ? [] : [index]));
  for (const index of others) seeker.lift(index);
  const place = seeker.find();
  for (const index of others) seeker.restore(index);
  return place;
}

function smallest(seeker: Seeker, cuts: readonly Cuts[]): number[] {
  const tried = orders.slice(0, seeker.obstacles.length > mostTwice ? 1 : 2);
  const [first = [], second = first] = tried.map((order) => filtered(seeker, cuts, order));
  return second.length < first.length ? second : first;
}

/** What is still needed once each one was lifted that could be. */
function filtered(seeker: Seeker, cuts: readonly Cuts[], order: readonly string[]): number[] {
  const needed: number[] = [];
  const lifted: number[] = [];
  for (const index of inOrder(seeker, order)) {
    const region = seeker.near(index);
    seeker.lift(index);
    if (cuts.some((each) => seeker.find({ cuts: each, region }))) {
      seeker.restore(index);
      needed.push(index);
    } else lifted.push(index);
  }
  for (const index of lifted) seeker.restore(index);
  return needed;
}

/** Of things the short ones first, so that few and long ones remain. */
function inOrder({ obstacles, isLifted }: Seeker, order: readonly string[]): number[] {
  return obstacles
    .map(({ kind, from, to }, index) => {
      const place = order.indexOf(kind);
      return { index, early: place < 0 ? order.indexOf("things") : place, length: to - from };
    })
    .filter(({ index }) => !isLifted(index))
    .sort((a, b) => a.early - b.early || a.length - b.length || a.index - b.index)
    .map(({ index }) => index);
}

/** The task's own rules first, then what stands in time. */
function rank({ obstacles }: Seeker, index: number): number {
  const { kind, from } = at(obstacles, index);
  const place = ["rest", "cap", ...rules].indexOf(kind);
  return place < 0 ? from : place - 1_000_000;
}
