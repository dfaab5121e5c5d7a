import type { Size } from "../problem/item.ts";
import { type Axis, slotAfter, slotOf } from "../time/axis.ts";
import type { Span } from "../time/spans.ts";

/** How many things take each slot of an axis. */
export type Busy = Uint16Array;

/** Slots from one on to before another. */
export type Slots = { readonly from: number; readonly to: number };

/** All slots that some time touches. */
export function slotsOf(axis: Axis, { start, end }: Span): Slots {
  return { from: slotOf(axis, start), to: slotAfter(axis, end) };
}

/** Slots that are not on the axis are passed over. */
export function take(busy: Busy, { from, to }: Slots, by: 1 | -1): void {
  for (let slot = Math.max(0, from); slot < to && slot < busy.length; slot += 1) busy[slot] = (busy[slot] ?? 0) + by;
}

/**
 * The last slot in which a part cannot start because of what is in its way at `start`; -1 where nothing is.
 * @param open 1 for each slot in which work may be done; buffers may lie anywhere
 * @param worked slots of work, which come after the lead
 */
export function barAt(busy: Busy, open: Uint8Array, start: number, { slots, lead }: Size, worked: number): number {
  const from = start + lead;
  for (let slot = start + slots - 1; slot >= start; slot -= 1) {
    if (busy[slot] !== 0) return slot;
    if (slot >= from && slot < from + worked && open[slot] === 0) return slot - lead;
  }
  return -1;
}
