import { at } from "../time/spans.ts";
import { nowhere, type State } from "./state.ts";

const mostPasses = 4;

/** Moves single pieces to their cheapest free places for as long as that gains: no plan is told that one move betters. */
export function polish(state: State, outOfTime: () => boolean): void {
  for (let pass = 0, before = Infinity; pass < mostPasses && state.cost() < before; pass += 1) {
    before = state.cost();
    for (let index = 0; index < state.problem.items.length && !outOfTime(); index += 1) moveOne(state, index);
  }
}

function moveOne(state: State, index: number): void {
  const choice = state.choice(index);
  if (at(state.problem.items, index).locked || choice === nowhere) return;

  const cost = state.cost();
  state.take(index);
  const best = state.best(index);
  if (best !== nowhere) state.put(index, best);
  if (best !== nowhere && state.cost() < cost) return;

  if (best !== nowhere) state.take(index);
  state.put(index, choice);
}
