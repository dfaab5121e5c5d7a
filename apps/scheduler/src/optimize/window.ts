import { at } from "./spans.ts";
import { atHome, type Choice, nowhere, type State } from "./state.ts";
import type { Stretch, Tables } from "./tables.ts";

/**
 * Puts pieces that were taken out back into some stretches of time, each in one of them, at `keeps` or nowhere, in the
 * cheapest way that costs less than a bar; or changes nothing and answers false.
 */
export type Window = (group: readonly number[], keeps: Int32Array, stretches: readonly Stretch[], bar: number, banned?: Choice) => boolean;

export const mostInWindow = 15;
const mostSlots = 64;
const far = 1e15;

/**
 * Exact but for rest between work and lags: a dynamic program over time and the set of pieces put so far, as for one
 * machine (Held and Karp 1962), in which partial plans that cannot come below the bar are dropped.
 */
export function createWindow(state: State, tables: Tables, prices: Float64Array): Window {
  const { items } = state.problem;
  const masks = 1 << mostInWindow;
  const value = new Float64Array(mostSlots * masks).fill(far);
  /** The piece put last, by slot and set; -1 where the slot before it was idle. */
  const from = new Int32Array(mostSlots * masks);
  const open = new Int32Array(mostSlots * masks);
  const opened = new Int32Array(mostSlots + 1);
  const slots = new Int32Array(mostSlots + 1);
  const room = new Int32Array(mostSlots + 1);
  const price = new Float64Array(mostInWindow * mostSlots);
  const least = new Float64Array(mostInWindow * (mostSlots + 1));
  const spared = new Float64Array(mostInWindow);
  const needs = new Int32Array(mostInWindow);
  const bars = new Int32Array(mostInWindow);
  const lengths = new Int32Array(mostInWindow);
  /** Prices of all slots before one. */
  const sums = new Float64Array(mostSlots + 1);
  let count = 0;

  function survey(stretches: readonly Stretch[]): void {
    count = 0;
    for (const [begin, end] of stretches)
      for (let slot = begin; slot < end && count < mostSlots - 1; slot += 1) {
        slots[count] = slot;
        count += 1;
      }
    slots[count] = -1;
    room[count] = 0;
    for (let index = 0; index < count; index += 1) {
      const slot = slots[index] ?? 0;
      sums[index + 1] = (sums[index] ?? 0) + (state.space.isFree(slot, slot + 1) ? (prices[slot] ?? 0) : 0);
    }
    for (let index = count - 1; index >= 0; index -= 1) {
      const slot = slots[index] ?? 0;
      if (!state.space.isFree(slot, slot + 1)) room[index] = 0;
      else room[index] = slots[index + 1] === slot + 1 ? (room[index + 1] ?? 0) + 1 : 1;
    }
  }

  /** What a piece costs from each slot on, given what stands outside of the group; `far` where it may not start. */
  function list(group: readonly number[], each: number, keep: Choice, banned: Choice | undefined): void {
    const index = at(group, each);
    const { before, after, unplaced, costs, slots: length } = at(items, index);
    const positions = tables.positions(index);
    let [first, last, isBound] = [0, Infinity, false];
    needs[each] = 0;
    bars[each] = 0;
    for (const other of before) {
      const mate = group.indexOf(other);
      if (mate >= 0) needs[each] = (needs[each] ?? 0) | (1 << mate);
      else first = Math.max(first, state.isPlaced(other) ? (state.space.to[other] ?? 0) : Infinity);
    }
    for (const other of after) {
      const mate = group.indexOf(other);
      if (mate >= 0) bars[each] = (bars[each] ?? 0) | (1 << mate);
      else if (state.isPlaced(other)) {
        last = Math.min(last, state.space.from[other] ?? 0);
        isBound = true;
      }
    }
    lengths[each] = length;
    spared[each] = keep !== nowhere ? state.costAt(index, keep) : isBound ? far : unplaced;
    if (banned === nowhere) spared[each] = far;
    const base = each * mostSlots;
    const low = each * (mostSlots + 1);
    least[low + count] = spared[each] ?? 0;
    for (let slot = count - 1; slot >= 0; slot -= 1) {
      const start = slots[slot] ?? 0;
      const position = positions[start] ?? -1;
      const isOpen = position >= 0 && position !== banned && start >= first && start + length <= last && (room[slot] ?? 0) >= length;
      const cost = isOpen ? (costs[position] ?? 0) : far;
      price[base + slot] = cost;
      const priced = cost + (sums[Math.min(count, slot + length)] ?? 0) - (sums[slot] ?? 0);
      least[low + slot] = Math.min(least[low + slot + 1] ?? 0, priced);
    }
  }

  function reach(slot: number, mask: number, cost: number, piece: number): void {
    const place = slot * masks + mask;
    const old = value[place] ?? far;
    if (cost >= old) return;
    if (old === far) {
      const many = opened[slot] ?? 0;
      open[slot * masks + many] = mask;
      opened[slot] = many + 1;
    }
    value[place] = cost;
    from[place] = piece;
  }

  /** Costs are kept as what is saved against leaving all out, so that a set needs no sum of what is left out. */
  function sweep(size: number, bar: number): void {
    opened.fill(0, 0, count + 1);
    reach(0, 0, 0, -1);
    for (let slot = 0; slot < count; slot += 1) {
      const many = opened[slot] ?? 0;
      for (let each = 0; each < many; each += 1) {
        const mask = open[slot * masks + each] ?? 0;
        const cost = value[slot * masks + mask] ?? far;
        const ahead = (sums[count] ?? 0) - (sums[slot] ?? 0);
        let bound = cost - ahead;
        for (let piece = 0; piece < size; piece += 1)
          if ((mask & (1 << piece)) === 0) bound += least[piece * (mostSlots + 1) + slot] ?? 0;
        if (bound >= bar) continue;
        reach(slot + 1, mask, cost, -1);
        for (let piece = 0; piece < size; piece += 1) {
          const bit = 1 << piece;
          if ((mask & bit) !== 0 || (mask & (needs[piece] ?? 0)) !== needs[piece] || (mask & (bars[piece] ?? 0)) !== 0) continue;
          const paid = price[piece * mostSlots + slot] ?? far;
          const now = least[piece * (mostSlots + 1) + slot] ?? 0;
          const used = (sums[Math.min(count, slot + (lengths[piece] ?? 0))] ?? 0) - (sums[slot] ?? 0);
          if (bound - now + paid + used >= bar) continue;
          reach(slot + (lengths[piece] ?? 0), mask | bit, cost + paid, piece);
        }
      }
    }
  }

  /** The set that costs least in the end; -1 where none is below the bar. */
  function cheapest(size: number, bar: number): number {
    let [best, found] = [bar, -1];
    for (let each = 0; each < (opened[count] ?? 0); each += 1) {
      const mask = open[count * masks + each] ?? 0;
      let cost = value[count * masks + mask] ?? far;
      for (let piece = 0; piece < size; piece += 1) if ((mask & (1 << piece)) === 0) cost += spared[piece] ?? 0;
      if (cost < best) [best, found] = [cost, mask];
    }
    return found;
  }

  function clear(): void {
    for (let slot = 0; slot <= count; slot += 1)
      for (let each = 0; each < (opened[slot] ?? 0); each += 1) value[slot * masks + (open[slot * masks + each] ?? 0)] = far;
  }

  const placed = new Int32Array(mostInWindow);
  function trace(found: number): void {
    placed.fill(-1);
    for (let slot = count, mask = found; slot > 0;) {
      const piece = from[slot * masks + mask] ?? -1;
      if (piece < 0) {
        slot -= 1;
        continue;
      }
      slot -= lengths[piece] ?? 0;
      mask &= ~(1 << piece);
      placed[piece] = slots[slot] ?? 0;
    }
  }

  return (group, keeps, stretches, bar, banned) => {
    survey(stretches);
    group.forEach((_, each) => list(group, each, keeps[each] ?? nowhere, each === 0 ? banned : undefined));
    sweep(group.length, bar);
    const found = cheapest(group.length, bar);
    if (found >= 0) trace(found);
    clear();
    if (found < 0) return false;

    const order = group.map((_, each) => each).sort((a, b) => (placed[a] ?? 0) - (placed[b] ?? 0));
    for (const each of order) {
      const index = at(group, each);
      const start = placed[each] ?? -1;
      const choice = start < 0 ? (keeps[each] ?? nowhere) : (tables.positions(index)[start] ?? nowhere);
      if (choice === nowhere) continue;
      if (!state.fits(index, choice)) return false;
      state.put(index, choice);
    }
    return true;
  };
}
