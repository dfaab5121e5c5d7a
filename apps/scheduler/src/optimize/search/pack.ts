import { createChoice } from "./patch.ts";
import { createTables } from "./tables.ts";
import { nowhere, type State } from "./state.ts";
import { createWindow } from "./window.ts";

/**
 * Takes the pieces of a few stretches of time out and packs them in the cheapest way. With heat what comes of it may
 * cost more, by chance (simulated annealing), as long as the piece it began with stands elsewhere than before.
 */
export type Pack = (heat: number) => void;

const fewest = 5;
const most = 12;

/** @param prices of slots, by which partial plans are bounded; may change between packs */
export function createPack(state: State, random: () => number, prices: Float64Array): Pack {
  const { items } = state.problem;
  const moveable = items.flatMap(({ locked }, index) => (locked ? [] : [index]));
  const choose = createChoice(state, moveable, random);
  const window = createWindow(state, createTables(state.problem), prices);

  return (heat) => {
    const patch = choose(fewest + Math.floor(random() * (most - fewest + 1)));
    const group = [...patch.group, ...patch.guests];
    const before = group.map((index) => state.choice(index));
    const stays = before.map((choice, each) => (each < patch.group.length ? nowhere : choice));
    const cost = group.reduce((sum, index) => sum + state.costAt(index, state.choice(index)), 0);
    const total = state.cost();
    const slack = heat > 0 ? Math.min(-heat * Math.log(random()), 10 * cost) : 0;
    const banned = slack > 0 ? before[0] : undefined;
    for (const index of group) if (state.isPlaced(index)) state.take(index);
    if (window(group, stays, patch.stretches, cost + slack, banned) && state.cost() < total + slack) return;

    for (const index of group) if (state.isPlaced(index)) state.take(index);
    group.forEach((index, each) => before[each] !== nowhere && state.put(index, before[each] ?? nowhere));
  };
}
