import { isoIn, type ScheduledEvent } from "@beq/scheduler/contract";
import { endOf, isFixed, startOf, type StoredWeek } from "./stored.ts";

const minute = 60_000;

/**
 * The events of the week where a task takes `minutes` in all. Planning sizes what it may still place; what has begun
 * or is pinned gets its new end here, and a task in pieces of which none has begun is left to be cut anew.
 */
export function sizedAs(week: StoredWeek, taskId: string, minutes: number | undefined, now: number): ScheduledEvent[] {
  const pieces = week.events.filter((event) => event.type === "task" && event.task_id === taskId);
  const last = pieces.at(-1);
  if (minutes === undefined || !last) return week.events;

  const planned = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  const isOpen = pieces.every((piece) => !isFixed(piece, now));
  if (isOpen) return pieces.length === 1 ? week.events : week.events.filter((event) => !pieces.includes(event));

  const sized = endingLater(week, pieces, minutes * minute - planned, now);
  return week.events.flatMap((event) => (pieces.includes(event) ? (sized.get(event) ?? []) : [event]));
}

/** The pieces with the difference at their end: added to the last, or taken from the last ones. */
function endingLater(week: StoredWeek, pieces: readonly ScheduledEvent[], difference: number, now: number) {
  const zone = week.user_preferences.timezone;
  const sized = new Map(pieces.map((piece) => [piece, [piece]]));
  let left = difference;
  for (const piece of pieces.toReversed()) {
    if (left === 0) break;
    // What was done stays done.
    const least = startOf(piece) < now ? Math.min(endOf(piece), now) : startOf(piece);
    const end = Math.max(least, endOf(piece) + left);
    left -= end - endOf(piece);
    sized.set(piece, end > startOf(piece) ? [{ ...piece, end_time: isoIn(zone, end) }] : []);
  }
  return sized;
}

function lengthOf(event: ScheduledEvent): number {
  return endOf(event) - startOf(event);
}
