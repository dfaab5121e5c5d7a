import { at } from "../time/spans.ts";
import { type Choice, nowhere, type State } from "./state.ts";
import { createSweep, far, mostSlots } from "./sweep.ts";
import type { Stretch, Tables } from "./tables.ts";

/**
 * Puts pieces that were taken out back, each into one of some stretches of time, to where it stays (`stays`), or
 * nowhere, in the cheapest way that costs less than a bar. Answers false where there is none, or where it breaks a rule
 * that is not looked at: rest between work, lags within the group, caps; callers then take out what stands.
 * @param banned a choice that the first piece may not take
 */
export type Window = (
  group: readonly number[],
  stays: readonly Choice[],
  stretches: readonly Stretch[],
  bar: number,
  banned?: Choice,
) => boolean;

/** @param prices of slots; read anew each time */
export function createWindow(state: State, tables: Tables, prices: Float64Array): Window {
  const { items } = state.problem;
  const { price, lengths, spared, needs, bars, sums, run } = createSweep(items.length);
  const slots = new Int32Array(mostSlots + 1);
  /** Free slots in a row from one on. */
  const room = new Int32Array(mostSlots + 1);
  let count = 0;

  function survey(stretches: readonly Stretch[]): void {
    count = 0;
    for (const [begin, end] of stretches)
      for (let slot = begin; slot < end && count < mostSlots; slot += 1) {
        const isFree = state.space.isFree(slot, slot + 1);
        slots[count] = slot;
        room[count] = isFree ? 1 : 0;
        sums[count + 1] = (sums[count] ?? 0) + (isFree ? (prices[slot] ?? 0) : 0);
        count += 1;
      }
    for (let index = count - 2; index >= 0; index -= 1)
      if (room[index] === 1 && slots[index + 1] === (slots[index] ?? 0) + 1) room[index] = 1 + (room[index + 1] ?? 0);
  }

  /** Between which slots a piece may stand by the order with what stands; who waits for it keeps it from being left out. */
  function limits(group: readonly number[], index: number): { first: number; last: number; isNeeded: boolean } {
    const { before, after, lags } = at(items, index);
    let [first, last, isNeeded] = [0, Infinity, false];
    before.forEach((other, each) => {
      if (group.includes(other)) return;
      const end = state.isPlaced(other) ? (state.space.to[other] ?? 0) + (lags[each] ?? 0) : Infinity;
      first = Math.max(first, end);
    });
    for (const other of after) {
      if (group.includes(other) || !state.isPlaced(other)) continue;
      last = Math.min(last, state.space.from[other] ?? 0);
      isNeeded = true;
    }
    return { first, last, isNeeded };
  }

  function maskOf(group: readonly number[], others: readonly number[]): number {
    return others.reduce((mask, other) => (group.includes(other) ? mask | (1 << group.indexOf(other)) : mask), 0);
  }

  function list(group: readonly number[], each: number, stay: Choice, banned: Choice | undefined): void {
    const index = at(group, each);
    const { before, after, unplaced, costs, slots: length } = at(items, index);
    const positions = tables.positions(index);
    const { first, last, isNeeded } = limits(group, index);
    needs[each] = maskOf(group, before);
    bars[each] = maskOf(group, after);
    lengths[each] = length;
    spared[each] = stay !== nowhere ? state.costAt(index, stay) : isNeeded || banned === nowhere ? far : unplaced;
    for (let slot = 0; slot < count; slot += 1) {
      const start = slots[slot] ?? 0;
      const position = positions[start] ?? -1;
      const isOpen = position >= 0 && position !== banned && start >= first && start + length <= last;
      price[each * mostSlots + slot] = isOpen && (room[slot] ?? 0) >= length ? (costs[position] ?? 0) : far;
    }
  }

  function put(group: readonly number[], stays: readonly Choice[], found: Int32Array): boolean {
    const order = group.map((_, each) => each).sort((a, b) => (found[a] ?? 0) - (found[b] ?? 0));
    for (const each of order) {
      const index = at(group, each);
      const slot = found[each] ?? -1;
      const choice = slot < 0 ? at(stays, each) : (tables.positions(index)[slots[slot] ?? 0] ?? nowhere);
      if (choice === nowhere) continue;
      if (!state.fits(index, choice)) return false;
      state.put(index, choice);
    }
    return true;
  }

  return (group, stays, stretches, bar, banned) => {
    survey(stretches);
    group.forEach((_, each) => list(group, each, at(stays, each), each === 0 ? banned : undefined));
    const found = run(group.length, count, bar);
    return found !== null && put(group, stays, found);
  };
}
