import { at } from "../time/spans.ts";
import type { Seeker } from "./seek.ts";

/**
 * Rules about the task, and "things" for all that takes time, in the order in which they are dropped where another one
 * says the same. Rest and limits stand in for many things, or many things for them: the shorter set is told.
 */
const rules = ["horizon", "earliest_start", "dependency", "deadline", "window", "hours"];
const orders = [
  ["rest", "cap", "things", ...rules],
  ["rest", "things", "cap", ...rules],
];
/** With more in the way one order has to do. */
const mostTwice = 500;

/**
 * A minimal set of obstacles that together leave the task no place, by position; none where it has one. "Place" is what
 * {@link Seeker} says: everything in the set stays where the plan has it, everything else is gone. The deletion filter
 * (Chinneck and Dravnieks 1991) is exact here, as lifting an obstacle never takes a place away.
 */
export function conflictOf(seeker: Seeker): number[] {
  if (seeker.find()) return [];

  const tried = orders.slice(0, seeker.obstacles.length > mostTwice ? 1 : 2);
  const [first = [], second = first] = tried.map((order) => filtered(seeker, order));
  const least = second.length < first.length ? second : first;
  return least.sort((a, b) => rank(seeker, a) - rank(seeker, b) || a - b);
}

/** What is still needed once each one was lifted that could be. */
function filtered(seeker: Seeker, order: readonly string[]): number[] {
  const needed: number[] = [];
  const lifted: number[] = [];
  for (const index of inOrder(seeker, order)) {
    const region = seeker.near(index);
    seeker.lift(index);
    if (seeker.find({ region })) {
      seeker.restore(index);
      needed.push(index);
    } else lifted.push(index);
  }
  for (const index of lifted) seeker.restore(index);
  return needed;
}

/** Of things the short ones first, so that few and long ones remain. */
function inOrder({ obstacles }: Seeker, order: readonly string[]): number[] {
  return obstacles
    .map(({ kind, from, to }, index) => {
      const place = order.indexOf(kind);
      return { index, early: place < 0 ? order.indexOf("things") : place, length: to - from };
    })
    .sort((a, b) => a.early - b.early || a.length - b.length || a.index - b.index)
    .map(({ index }) => index);
}

/** The task's own rules first, then what stands in time. */
function rank({ obstacles }: Seeker, index: number): number {
  const { kind, from } = at(obstacles, index);
  const place = ["rest", "cap", ...rules].indexOf(kind);
  return place < 0 ? from : place - 1_000_000;
}
