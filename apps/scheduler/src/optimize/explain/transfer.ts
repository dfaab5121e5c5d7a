import type { Problem } from "../problem/problem.ts";
import { createState, nowhere, type State } from "../search/state.ts";
import { at } from "../time/spans.ts";

/**
 * The same plan in a problem of the same items whose rules or costs differ: each starts when it does in `from`.
 * @param left index of the one that is left without a place
 */
export function transferred(problem: Problem, from: State<Problem>, left?: number): State<Problem> {
  const state = createState(problem);
  problem.items.forEach(({ starts }, index) => {
    const choice = from.choice(index);
    if (index === left || choice === nowhere) return;
    const start = at(from.problem.items, index).starts[choice];
    // What stays at home has no start of its own.
    state.put(index, start === undefined ? choice : starts.indexOf(start));
  });
  return state;
}
