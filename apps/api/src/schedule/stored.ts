import {
  Constraint,
  DateTime,
  ExistingEvent,
  type GenerateAnswer,
  instantOf,
  type OptimizeAnswer,
  Preferences,
  ScheduledEvent,
  Task,
  Unscheduled,
  type Week,
  Weights,
} from "@beq/scheduler/contract";
import { Temporal } from "temporal-polyfill";
import { z } from "zod";

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
});
export type StoredWeek = z.infer<typeof StoredWeek>;

/** A span of time in epoch milliseconds, half open. */
export type Period = { from: number; to: number };

const mostPastEvents = 1_000;

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

/** What a new plan has to work around in the stored one: tasks as blocks that carry them out, and lunches begun. */
export function keptBlocks(stored: StoredWeek | undefined, week: Week, now: number): ExistingEvent[] {
  const asked = new Set(week.tasks.map(({ id }) => id));
  const { from, to } = periodOf(week, now);
  const events = stored?.events ?? [];
  const tasks = events
    .filter((event) => event.type === "task" && endOf(event) > now)
    .filter((event) => isFixed(event, now) || !isWithin(event, { from, to }))
    .filter((event) => isFixed(event, now) || !asked.has(event.task_id ?? ""))
    .map((event) => asBlock(event, asked.has(event.task_id ?? "")));
  const meals = events
    .filter((event) => event.type === "lunch" && startOf(event) < now && endOf(event) > now - oneDay)
    // Under its own id, which says that the day's lunch is taken.
    .map((event) => ({ ...asBlock(event, false), id: event.id }));
  return [...tasks, ...meals];
}

const oneDay = 24 * 60 * 60 * 1000;

export function asBlock(event: ScheduledEvent, carriesTask: boolean): ExistingEvent {
  return {
    id: `kept:${event.start_time}:${event.id}`.slice(0, 200),
    title: event.title,
    start_time: event.start_time,
    end_time: event.end_time,
    is_moveable: false,
    task_id: carriesTask ? event.task_id : null,
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
  };
}

/** The stored week after a new plan: it replaces the future events of the horizon that are not fixed. */
export function afterGenerate(
  stored: StoredWeek | undefined,
  week: Week,
  answer: GenerateAnswer,
  now: number,
): StoredWeek {
  const period = periodOf(week, now);
  const planned = new Set(answer.scheduled_events.map(({ id }) => id));
  const asked = new Set(week.tasks.map(({ id }) => id));
  const kept = (stored?.events ?? []).filter(
    (event) =>
      endOf(event) <= now ||
      isFixed(event, now) ||
      (!isWithin(event, period) && event.type !== "event" && !planned.has(event.id) && !asked.has(event.task_id ?? "")),
  );
  const carried = new Set(kept.map((event) => event.task_id));
  const before = [...(stored?.tasks ?? []), ...(stored?.older_tasks ?? [])];
  const older = before.filter(({ id }) => carried.has(id) && !asked.has(id));
  return {
    tasks: week.tasks,
    older_tasks: older.map((task) => waitingFor(task, () => false)),
    existing_events: week.existing_events,
    user_preferences: week.user_preferences,
    constraints: week.constraints,
    planning_horizon_days: week.planning_horizon_days,
    planning_start: week.planning_start ?? null,
    weights: week.weights,
    events: inOrder([...recent(kept, now), ...answer.scheduled_events]),
    unscheduled: answer.unscheduled,
    warnings: answer.warnings,
    confidence_score: answer.confidence_score,
  };
}

/** The task as one that waits for these only. */
export function waitingFor(task: Task, holds: (id: string) => boolean): Task {
  const lags = Object.entries(task.dependency_lags).filter(([id]) => holds(id));
  return { ...task, dependencies: task.dependencies.filter(holds), dependency_lags: Object.fromEntries(lags) };
}

/** The stored week after a part of it was planned again: within `period`, the answer stands for what was there. */
export function afterOptimize(stored: StoredWeek, answer: OptimizeAnswer, period: Period, now: number): StoredWeek {
  const kept = stored.events.filter((event) => isFixed(event, now) || !isWithin(event, period));
  const known = new Set(kept.map(keyOf));
  const placed = new Set(answer.optimized_schedule.map(({ task_id: task }) => task));
  const reconsidered = new Set(answer.unscheduled.map(({ task_id: task }) => task));
  return {
    ...stored,
    events: inOrder([...kept, ...answer.optimized_schedule.filter((event) => !known.has(keyOf(event)))]),
    unscheduled: [
      ...stored.unscheduled.filter(({ task_id: task }) => !placed.has(task) && !reconsidered.has(task)),
      ...answer.unscheduled,
    ],
    warnings: answer.warnings,
    confidence_score: answer.confidence_score,
  };
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

function keyOf(event: ScheduledEvent): string {
  return `${event.id} ${startOf(event)}`;
}

function recent(events: readonly ScheduledEvent[], now: number): ScheduledEvent[] {
  const past = inOrder(events.filter((event) => endOf(event) <= now));
  return [...past.slice(-mostPastEvents), ...events.filter((event) => endOf(event) > now)];
}

export function inOrder(events: readonly ScheduledEvent[]): ScheduledEvent[] {
  return events.toSorted((a, b) => startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1));
}
