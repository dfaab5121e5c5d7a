import type { Want } from "./demand.ts";
import type { Size } from "./item.ts";
import { type Axis, slotAfter, slotOf } from "../time/axis.ts";
import { minuteMs, type Span } from "../time/spans.ts";

type Times = Pick<Want, "earliest" | "occasion" | "hardDeadline" | "deadline" | "minutes">;

/**
 * First and last slot that a task may take by its own times: earliest start, the days of its occasion, hard deadline.
 * The last may come before the first.
 */
export function timelySlots(want: Times, { slots, lead }: Size, axis: Axis): { first: number; last: number } {
  const soonest = Math.max(want.earliest ?? -Infinity, want.occasion?.days.start ?? -Infinity);
  const latest = Math.min(dueOf(want) - want.minutes * minuteMs, (want.occasion?.days.end ?? Infinity) - 1);
  return {
    first: Math.max(0, slotAfter(axis, soonest) - lead),
    last: Math.min(axis.size - slots, slotOf(axis, latest) - lead),
  };
}

/** Whether those times, to the minute, let it stand there. */
export function isTimely(want: Times, { start, end }: Span): boolean {
  const { earliest, occasion } = want;
  if (earliest !== null && start < earliest) return false;
  if (occasion && (start < occasion.days.start || start >= occasion.days.end)) return false;
  return end <= dueOf(want);
}

function dueOf({ hardDeadline, deadline }: Times): number {
  return hardDeadline && deadline !== null ? deadline : Infinity;
}
