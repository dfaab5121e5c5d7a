import { instantOf, isoIn, type OptimizeAnswer, type ScheduledEvent } from "@beq/scheduler/contract";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { revise } from "./revise.ts";
import type { Update } from "./schema.ts";
import { endOf, midnightAfter, startOf, type StoredWeek } from "./stored.ts";

type RescheduleCall = {
  ctx: Pick<Context, "now" | "scheduler" | "schedules">;
  input: { user_id: string; updates: readonly Update[] };
  signal: AbortSignal | undefined;
};

/** Puts events where the person wants them, and moves as little else as it takes. What was moved by hand is pinned. */
export function reschedule({ ctx, input, signal }: RescheduleCall): Promise<OptimizeAnswer> {
  return revise({
    ctx,
    userId: input.user_id,
    operation: "reschedule",
    signal,
    prepare: (stored, now) => {
      if (!stored) throw unknown(input.updates[0]?.event_id ?? "");

      const week = input.updates.reduce(moved, stored);
      return { week, period: { from: now, to: endOfPlan(week, now) }, leastChange: true, mayMove: () => true };
    },
  });
}

/** The week with one event where the update says. */
function moved(week: StoredWeek, update: Update, index: number): StoredWeek {
  const zone = week.user_preferences.timezone;
  const times = {
    start_time: isoIn(zone, instantOf(update.start_time, zone)),
    end_time: isoIn(zone, instantOf(update.end_time, zone)),
  };

  // A task that was planned twice keeps its past block: the later one is meant.
  const event = week.events.findLast(({ id }) => id === update.event_id);
  if (event?.type === "break" || event?.type === "lunch") throw notByHand(event, index);
  if (event?.type === "task") {
    const pinned = { ...event, ...times, pinned: true };
    return { ...week, events: week.events.map((other) => (other === event ? pinned : other)) };
  }

  // A calendar event: from now on it stands where the person put it, and is no longer ours to place.
  if (!week.existing_events.some(({ id }) => id === update.event_id)) throw unknown(update.event_id);
  const stands = { ...times, is_moveable: false };
  return {
    ...week,
    events: week.events.filter((other) => other !== event),
    existing_events: week.existing_events.map((other) =>
      other.id === update.event_id ? { ...other, ...stands } : other,
    ),
  };
}

function endOfPlan(week: StoredWeek, now: number): number {
  const zone = week.user_preferences.timezone;
  const last = week.events.reduce((latest, event) => Math.max(latest, endOf(event)), now);
  const first = week.events.reduce((earliest, event) => Math.min(earliest, startOf(event)), last);
  return Math.max(midnightAfter(last, zone, 1), midnightAfter(Math.max(first, now), zone, week.planning_horizon_days));
}

function unknown(id: string): Failure {
  return new Failure("missing", `Event '${id}' not found`);
}

function notByHand({ id, type }: ScheduledEvent, index: number): Failure {
  const msg = `Value error, '${id}' is a ${type}: it follows from the tasks and preferences and is not moved by hand`;
  const loc = ["body", "updates", index, "event_id"];
  return new Failure("invalid", msg, { detail: [{ type: "value_error", loc, msg, input: id }] });
}
