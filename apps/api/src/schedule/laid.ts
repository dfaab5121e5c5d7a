import type { ScheduledEvent, WeekAsked } from "@beq/scheduler/contract";
import { carriedBy } from "./kept.ts";
import { sizedAs } from "./size.ts";
import { endOf, type StoredWeek } from "./stored.ts";

/**
 * The stored week with the wishes of another laid over it: the plan stays what it was, as far as there is still
 * something to do in it. Tasks that are no longer wanted have been taken out already.
 */
export function laid(stored: StoredWeek, asked: WeekAsked, now: number): StoredWeek {
  const { actuals: _, alternatives: __, user_preferences: preferences, ...week } = asked;
  const ids = new Set(week.tasks.map(({ id }) => id));
  const carried = new Set(week.existing_events.flatMap(({ task_id: id }) => (id && ids.has(id) ? [id] : [])));
  const calendar = new Set(week.existing_events.map(({ id }) => id));
  const isCarried = carriedBy(asked);
  const stands = (event: ScheduledEvent) =>
    endOf(event) <= now || (event.type === "event" ? calendar.has(event.id) : !isCarried(event));
  const wished: StoredWeek = {
    ...stored,
    ...week,
    planning_start: week.planning_start ?? null,
    user_preferences: { ...preferences, timezone: preferences.timezone ?? stored.user_preferences.timezone },
    older_tasks: stored.older_tasks.filter(({ id }) => !ids.has(id)),
    events: stored.events.filter(stands),
    unscheduled: stored.unscheduled.filter(({ task_id: id }) => !carried.has(id)),
  };
  return resized(wished, stored, now);
}

/** Tasks that take longer or shorter than they did. */
function resized(week: StoredWeek, before: StoredWeek, now: number): StoredWeek {
  const known = new Map([...before.older_tasks, ...before.tasks].map((task) => [task.id, task]));
  return week.tasks.reduce((sum, { id, estimated_duration_minutes: minutes }) => {
    const was = known.get(id)?.estimated_duration_minutes;
    return was === undefined || was === minutes ? sum : { ...sum, events: sizedAs(sum, id, minutes, now) };
  }, week);
}

/** The ids of the tasks that the stored week has and the other no longer wants. */
export function unwanted(stored: StoredWeek, asked: WeekAsked): string[] {
  const ids = new Set(asked.tasks.map(({ id }) => id));
  return stored.tasks.flatMap(({ id }) => (ids.has(id) ? [] : [id]));
}
