import type { CostRule } from "./costs.ts";
import type { Want } from "./demand.ts";
import type { Span } from "./spans.ts";

/** Where an item stands so far, in slots rounded outwards; `cost` is what staying costs. */
export type Home = Span & { readonly from: number; readonly to: number; readonly cost: number };

/** Something that takes time on the axis and that the search may place. */
export type Item = {
  readonly kind: "task" | "event" | "lunch";
  readonly id: string;
  readonly title: string;
  readonly want: Want | null;
  readonly minutes: number;
  readonly slots: number;
  /** Minutes of continuous work that it adds: 0 for events and lunch. */
  readonly work: number;
  /** Slots where it may start by every hard rule that does not depend on the other items; cheapest first. */
  readonly starts: Int32Array;
  /** What each of `starts` costs. */
  readonly costs: Int32Array;
  readonly rules: readonly CostRule[];
  /** Where it stood before; where it may stay is `home`. */
  readonly was: Span | null;
  readonly home: Home | null;
  readonly locked: boolean;
  /** What leaving it out costs. */
  readonly unplaced: number;
  /** Items that must end before it starts, and that must wait for its end. */
  readonly before: readonly number[];
  readonly after: readonly number[];
};

/** `candidates` (slot, cost pairs by position) as parallel arrays, cheapest first, then earliest. */
export function ranked(slots: readonly number[], cost: (slot: number) => number): Pick<Item, "starts" | "costs"> {
  // Cost and position in one number, so that the native numeric sort does it: costs stay below 2^31, slots below 2^20.
  const keys = Float64Array.from(slots, (slot) => Math.min(cost(slot), 2 ** 31 - 1) * 2 ** 20 + slot).sort();
  const starts = new Int32Array(keys.length);
  const costs = new Int32Array(keys.length);
  keys.forEach((key, index) => {
    starts[index] = key % 2 ** 20;
    costs[index] = Math.floor(key / 2 ** 20);
  });
  return { starts, costs };
}

/** Every slot from `first` to `last` where `length` slots in a row are free. */
export function feasible(free: Int32Array, length: number, first: number, last: number): number[] {
  const slots: number[] = [];
  for (let slot = Math.max(0, first); slot <= Math.min(last, free.length - 1); slot += 1)
    if ((free[slot] ?? 0) >= length) slots.push(slot);
  return slots;
}
