import { at } from "./spans.ts";
import { nowhere, type State } from "./state.ts";
import { sample } from "./ruin.ts";
import { createTables, type Stretch } from "./tables.ts";
import { createWindow } from "./window.ts";

/** One try to pack two stretches of time better; true where the plan got cheaper. */
export type Pack = (heat: number) => boolean;

const mostSlots = 60;
const mostIdle = 6;

export function createPack(state: State, random: () => number, prices: Float64Array, smallest = 5, widest = 6): Pack {
  const { items, axis } = state.problem;
  const { space } = state;
  const moveable = items.flatMap(({ locked }, index) => (locked ? [] : [index]));
  const window = createWindow(state, createTables(state.problem), prices);
  const keeps = new Int32Array(16);

  /** A stretch around these slots that holds about so many pieces, which join the group. */
  function grow(begin: number, end: number, many: number, group: number[], most: number): Stretch {
    let [low, high, found, idle] = [begin, end, 0, 0];
    const join = (index: number) => {
      if (at(items, index).locked || group.length >= most) return false;
      if (!group.includes(index)) group.push(index);
      found += 1;
      return true;
    };
    for (const index of space.within(begin, end)) {
      if (!join(index)) continue;
      low = Math.min(low, space.from[index] ?? 0);
      high = Math.max(high, space.to[index] ?? 0);
    }
    let [left, right] = [true, true];
    while (found < many && (left || right) && high - low < mostSlots / 2) {
      const goesLeft = left && (!right || random() < 0.5);
      const slot = goesLeft ? low - 1 : high;
      if (slot < 0 || slot >= axis.size) {
        if (goesLeft) left = false;
        else right = false;
        continue;
      }
      const [index] = space.within(slot, slot + 1);
      if (index === undefined) {
        idle += 1;
        if (goesLeft) low -= 1;
        else high += 1;
        if (idle > mostIdle) left = right = false;
        continue;
      }
      if (!join(index)) {
        if (goesLeft) left = false;
        else right = false;
        continue;
      }
      low = Math.min(low, space.from[index] ?? 0);
      high = Math.max(high, space.to[index] ?? 0);
    }
    return [low, Math.min(high, axis.size)];
  }

  function target(piece: number): number {
    const { starts, costs } = at(items, piece);
    const now = state.costAt(piece, state.choice(piece));
    let cheaper = 0;
    while (cheaper < costs.length && (costs[cheaper] ?? 0) < now) cheaper += 1;
    return starts[Math.floor(random() * random() * (cheaper || costs.length))] ?? 0;
  }

  return (heat) => {
    const piece = sample(moveable, 1, random)[0] ?? 0;
    const most = smallest + Math.floor(random() * widest);
    const group = [piece];
    for (const each of group) for (const other of at(items, each).before) if (!state.isPlaced(other) && !group.includes(other) && group.length < most) group.push(other);
    const from = target(piece);
    const each = Math.max(2, Math.floor((most * (0.6 + 0.4 * random())) / 2));
    const stretches: [number, number][] = [];
    const addStretch = (begin: number, end: number) => {
      const [low, high] = grow(begin, end, each, group, most);
      stretches.push([low, high]);
    };
    addStretch(from, Math.min(axis.size, from + at(items, piece).slots));
    if (state.isPlaced(piece)) addStretch(space.from[piece] ?? 0, space.to[piece] ?? 0);
    if (stretches.length < 2) {
      const other = sample(moveable, 1, random)[0] ?? 0;
      const begin = state.isPlaced(other) ? (space.from[other] ?? 0) : target(other);
      addStretch(begin, Math.min(axis.size, begin + at(items, other).slots));
    }
    stretches.sort((a, b) => a[0] - b[0]);
    const [one, two] = stretches;
    if (one && two && two[0] < one[1]) {
      one[1] = Math.max(one[1], two[1]);
      stretches.pop();
    }
    keeps.fill(nowhere);
    const left = moveable.filter((index) => !state.isPlaced(index) && !group.includes(index));
    for (const index of sample(left, most - group.length, random)) group.push(index);
    if (group.length < most) {
      const others = moveable.filter((index) => state.isPlaced(index) && !group.includes(index));
      for (const index of sample(others, most - group.length, random)) {
        const { before, after } = at(items, index);
        if (before.some((other) => group.includes(other)) || after.some((other) => group.includes(other))) continue;
        keeps[group.length] = state.choice(index);
        group.push(index);
      }
    }
    const old = group.map((index) => state.choice(index));
    const bar = group.reduce((sum, index) => sum + state.costAt(index, state.choice(index)), 0);
    const total = state.cost();
    for (const index of group) if (state.isPlaced(index)) state.take(index);
    const slack = heat > 0 ? Math.min(-heat * Math.log(random()), bar * 10) : 0;
    const banned = slack > 0 ? old[0] : undefined;
    if (window(group, keeps, stretches, bar + slack, banned) && state.cost() < total + slack) return true;
    for (const index of group) if (state.isPlaced(index)) state.take(index);
    group.forEach((index, at) => old[at] !== nowhere && state.put(index, old[at] ?? nowhere));
    return false;
  };
}
