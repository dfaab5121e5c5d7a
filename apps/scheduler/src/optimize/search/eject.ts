import { at } from "../time/spans.ts";
import { nowhere, type State } from "./state.ts";

const attempts = 60;

/**
 * Puts an item by making room: tries its starts, cheapest first, moves what stands there elsewhere, and keeps the
 * first try in which everything that was moved found a place. Nothing changes when none works.
 * @param order sorts what was moved for its return; lower comes back first
 */
export function ejectInto(state: State, index: number, order: (index: number) => number): boolean {
  const { starts } = at(state.problem.items, index);
  const step = Math.max(1, Math.floor(starts.length / attempts));
  for (let position = 0; position < starts.length; position += step)
    if (tryStart(state, index, position, order)) return true;
  return false;
}

function tryStart(state: State, index: number, position: number, order: (index: number) => number): boolean {
  const moved = makeRoom(state, index, position);
  if (!moved) return false;

  state.put(index, position);
  const put: number[] = [];
  for (const { item } of [...moved].sort((a, b) => order(a.item) - order(b.item))) {
    const choice = state.best(item);
    if (choice === nowhere) break;
    state.put(item, choice);
    put.push(item);
  }
  if (put.length === moved.length) return true;

  for (const item of [...put, index]) state.take(item);
  for (const { item, choice } of moved) state.put(item, choice);
  return false;
}

/** Takes whatever stands in the way of a start, or nothing and answers null where something locked does. */
export function makeRoom(state: State, index: number, position: number): { item: number; choice: number }[] | null {
  const { items } = state.problem;
  const { starts, slots } = at(items, index);
  const from = starts[position] ?? 0;
  const inTheWay = state.space.within(from, from + slots);
  if (inTheWay.some((item) => at(items, item).locked)) return null;

  const taken = inTheWay.map((item) => ({ item, choice: state.choice(item) }));
  for (const { item } of taken) state.take(item);
  if (state.fits(index, position)) return taken;

  for (const { item, choice } of taken) state.put(item, choice);
  return null;
}
