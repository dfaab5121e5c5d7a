import { createSeeker } from "../explain/seek.ts";
import { at } from "../time/spans.ts";
import type { Problem } from "../problem/problem.ts";
import { type Choice, nowhere, type State } from "../search/state.ts";
import { leftOut } from "../explain/unplaced.ts";
import { wishOf } from "../explain/wish.ts";
import { createWorld } from "../explain/world.ts";

const mostTried = 20;

/**
 * Gives tasks in several pieces that were left out the place that there is for them beside all else: the search moves
 * one piece at a time, and may not find one for all.
 */
export function rescue(state: State<Problem>, heed: () => void): void {
  const chains = leftOut(state).filter((indices) => indices.length > 1);
  for (const indices of chains.slice(0, mostTried)) {
    const world = createWorld(state);
    const place = createSeeker(world, wishOf(world, indices), heed).find();
    if (place) putAll(state, indices, place);
  }
}

/** All of them, where that is allowed and costs no more, or none. */
function putAll(state: State<Problem>, indices: readonly number[], place: readonly number[]): void {
  const before = state.cost();
  const put: number[] = [];
  indices.forEach((index, position) => {
    const choice: Choice = at(state.problem.items, index).starts.indexOf(place[position] ?? -1);
    if (choice < 0 || put.length < position || state.choice(index) !== nowhere || !state.fits(index, choice)) return;
    state.put(index, choice);
    put.push(index);
  });
  if (put.length < indices.length || state.cost() > before) for (const index of put.toReversed()) state.take(index);
}
