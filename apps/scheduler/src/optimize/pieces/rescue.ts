import { leftOut } from "../explain/unplaced.ts";
import { createSeeker, type Place } from "../explain/seek.ts";
import { wishOf } from "../explain/wish.ts";
import { createWorld } from "../explain/world.ts";
import { taken } from "./pieces.ts";
import type { Problem } from "../problem/problem.ts";
import { at } from "../time/spans.ts";
import { type Choice, nowhere, type State } from "../search/state.ts";

type Options = { readonly heed: () => void; readonly looks: { left: number } };

const mostTried = 20;
/** So many places of pieces are looked at for all of them. */
const mostLooks = 20_000;

/**
 * Gives split tasks that were left out the place that there is for them beside all else, however they have to be cut
 * for it: the search moves one piece at a time, and may not find one for all.
 */
export function rescue(state: State<Problem>, heed: () => void): State<Problem> {
  const ids = leftOut(state).flatMap(([first]) => {
    const { want } = at(state.problem.items, first ?? 0);
    return want?.piece ? [want.taskId] : [];
  });
  const looks = { left: mostLooks };
  return ids.slice(0, mostTried).reduce((best, id) => rescued(best, id, { heed, looks }), state);
}

function rescued(state: State<Problem>, id: string, { heed, looks }: Options): State<Problem> {
  const chain = piecesOf(state, id);
  if (chain.some(state.isPlaced)) return state;

  const world = createWorld(state);
  const place = createSeeker(world, wishOf(world, chain), { heed, looks }).find();
  const other =
    place &&
    taken(
      state,
      id,
      place.map(({ part }) => part.work),
    );
  if (!other) return state;
  putAll(other, piecesOf(other, id), place);
  return other.cost() <= state.cost() ? other : state;
}

function piecesOf({ problem: { items } }: State<Problem>, id: string): number[] {
  return items.flatMap(({ want }, index) => (want?.piece && want.taskId === id ? [index] : []));
}

function putAll(state: State<Problem>, indices: readonly number[], place: Place): void {
  indices.forEach((index, position) => {
    const choice: Choice = at(state.problem.items, index).starts.indexOf(place[position]?.start ?? -1);
    if (choice >= 0 && state.choice(index) === nowhere && state.fits(index, choice)) state.put(index, choice);
  });
}
