import {
  Constraint,
  DateTime,
  ExistingEvent,
  instantOf,
  Preferences,
  ScheduledEvent,
  Task,
  Unscheduled,
  type Week,
  Weights,
} from "@beq/scheduler/contract";
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { Verdict } from "./verdict.ts";

/** What is kept of one person's week: what was asked, and the plan that answers it. */
export const StoredWeek = z.object({
  tasks: z.array(Task),
  existing_events: z.array(ExistingEvent),
  user_preferences: Preferences,
  constraints: z.array(Constraint),
  planning_horizon_days: z.int(),
  planning_start: DateTime.nullable().default(null),
  weights: Weights.prefault({}),
  /** Tasks of earlier plans whose events still stand, outside of what was planned last. */
  older_tasks: z.array(Task).default([]),
  events: z.array(ScheduledEvent),
  unscheduled: z.array(Unscheduled),
  warnings: z.array(z.string()),
  confidence_score: z.number(),
  verdict: Verdict.nullable().default(null),
});
export type StoredWeek = z.infer<typeof StoredWeek>;

/** A span of time in epoch milliseconds, half open. */
export type Period = { from: number; to: number };

/** The time that a request plans: from now, or a later start, to local midnight after the horizon's last day. */
export function periodOf(
  week: Pick<Week, "user_preferences" | "planning_start" | "planning_horizon_days">,
  now: number,
): Period {
  const zone = week.user_preferences.timezone;
  const from = Math.max(now, week.planning_start ? instantOf(week.planning_start, zone) : now);
  return { from, to: midnightAfter(from, zone, week.planning_horizon_days) };
}

/** Epoch milliseconds of the local midnight that ends the `days`-th day, the day of `instant` counted as the first. */
export function midnightAfter(instant: number, zone: string, days: number): number {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days })
    .toZonedDateTime(zone).epochMilliseconds;
}

/** Whether planning leaves this event of the stored plan where it is: done by hand, begun, or over. */
export function isFixed(event: ScheduledEvent, now: number): boolean {
  return startOf(event) < now || (event.pinned && event.type === "task");
}

/** Events that touch the half-open period; an absent side is open. */
export function eventsWithin<E extends { start_time: string; end_time: string }>(
  events: readonly E[],
  { from = -Infinity, to = Infinity }: Partial<Period>,
  zone: string,
): E[] {
  return events.filter((event) => instantOf(event.end_time, zone) > from && instantOf(event.start_time, zone) < to);
}

/** Calendar events that planning a period has to know: those that touch it, and those that tasks may wait for. */
export function eventsThatMatter(
  { existing_events: events, user_preferences: { timezone } }: Pick<Week, "existing_events" | "user_preferences">,
  period: Period,
): ExistingEvent[] {
  const within = new Set(eventsWithin(events, period, timezone));
  return events.filter((event) => within.has(event) || event.task_id);
}

export function isWithin(event: ScheduledEvent, { from, to }: Period): boolean {
  return startOf(event) >= from && startOf(event) < to;
}

// Times of a stored plan carry their offset, so the zone that would be assumed without one does not matter.
export function startOf(event: Pick<ScheduledEvent, "start_time">): number {
  return instantOf(event.start_time, "UTC");
}

export function endOf(event: Pick<ScheduledEvent, "end_time">): number {
  return instantOf(event.end_time, "UTC");
}

export function inOrder(events: readonly ScheduledEvent[]): ScheduledEvent[] {
  return events.toSorted((a, b) => startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1));
}
