import type { Problem } from "../problem/problem.ts";
import { atHome, type State } from "../search/state.ts";

/** Puts single things back where they stood, as long as the plan is worth no less for it. */
export function settleBack(state: State<Problem>, worth: (state: State<Problem>) => number): State<Problem> {
  state.problem.items.forEach(({ home, locked }, index) => {
    if (!home || locked || !state.isPlaced(index) || state.choice(index) === atHome) return;
    const [choice, before] = [state.choice(index), worth(state)];
    state.take(index);
    const fits = state.fits(index, atHome);
    if (fits) state.put(index, atHome);
    if (fits && worth(state) <= before) return;
    if (fits) state.take(index);
    state.put(index, choice);
  });
  return state;
}
