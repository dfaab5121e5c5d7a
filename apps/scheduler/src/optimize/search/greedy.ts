import { nowhere, type State } from "./state.ts";
import type { Field } from "./field.ts";
import type { Options } from "./options.ts";

/** Makes a plan of prices in `state`; answers its cost. */
export type Greedy = (field: Field) => number;

/**
 * Each piece, in the order in which the cheapest options start, takes its cheapest open option by price that fits what
 * stands already; those it waits for go first. So the plan keeps every rule, also those that have no price.
 */
export function createGreedy(options: Options, state: State): Greedy {
  const { count } = options;
  const { items } = state.problem;
  const done = new Uint8Array(count);
  const begin = new Int32Array(count);
  const order = Array.from({ length: count }, (_, piece) => piece);

  function place(piece: number, field: Field): void {
    if (done[piece] === 1) return;
    done[piece] = 1;
    for (const before of items[piece]?.before ?? []) place(before, field);
    if (items[piece]?.locked) return;

    const { first, ids, priced } = field;
    let cheapest = Infinity;
    let found = nowhere;
    for (let at = first[piece] ?? 0; at < (first[piece + 1] ?? 0); at += 1) {
      if ((priced[at] ?? 0) >= cheapest) continue;
      const choice = options.choice[ids[at] ?? 0] ?? nowhere;
      if (choice !== nowhere && !state.fits(piece, choice)) continue;
      cheapest = priced[at] ?? 0;
      found = choice;
    }
    if (found !== nowhere) state.put(piece, found);
  }

  return (field) => {
    for (let piece = 0; piece < count; piece += 1) {
      if (state.isPlaced(piece) && !items[piece]?.locked) state.take(piece);
      begin[piece] = field.from[field.chosen[piece] ?? 0] ?? 0;
    }
    done.fill(0);
    order.sort((a, b) => (begin[a] ?? 0) - (begin[b] ?? 0) || a - b);
    for (const piece of order) place(piece, field);
    return state.cost();
  };
}

/** Puts pieces to where they stand in a list of options, those first that come first and fit, and nothing else. */
export function putAll({ choice, first, count }: Options, state: State, ids: readonly number[]): void {
  const pieceOf = (id: number) => {
    let piece = 0;
    while (piece < count - 1 && (first[piece + 1] ?? 0) <= id) piece += 1;
    return piece;
  };
  const { items } = state.problem;
  items.forEach(({ locked }, piece) => !locked && state.isPlaced(piece) && state.take(piece));
  let waiting = ids.map((id) => ({ piece: pieceOf(id), chosen: choice[id] ?? nowhere }));
  for (let before = Infinity; waiting.length < before;) {
    before = waiting.length;
    waiting = waiting.filter(({ piece, chosen }) => {
      if (chosen === nowhere || state.isPlaced(piece)) return false;
      if (!state.fits(piece, chosen)) return true;
      state.put(piece, chosen);
      return false;
    });
  }
}
