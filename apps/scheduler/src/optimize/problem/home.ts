import type { Size } from "./item.ts";
import { type Home, trailOf } from "../search/model.ts";
import { type Axis, slotAfter, slotWithin, timeOf } from "../time/axis.ts";
import { minuteMs, type Span } from "../time/spans.ts";

/** Whether it starts there, to the minute: then that slot is not another place for it. */
export function standsAt(home: Span | null, axis: Axis, slot: number): boolean {
  return home !== null && home.start === timeOf(axis, slot);
}

/** A time with its buffers, which take whole slots here as everywhere. */
export function heldAround({ start, end }: Span, minutes: number, size: Size, { grid }: Pick<Axis, "grid">): Span {
  const slotMs = grid * minuteMs;
  return { start: start - size.lead * slotMs, end: end + trailOf({ ...size, minutes }, grid) * slotMs };
}

/**
 * The home of what takes the time `held`.
 * @param span what overlaps with others are judged by; less than `held` where it may stay in their buffers
 */
export function homeAt(held: Span, axis: Axis, cost: number, span: Span = held): Home {
  const from = slotWithin(axis, held.start);
  return { ...span, from, to: Math.max(from, slotAfter(axis, held.end)), cost, resized: false };
}
