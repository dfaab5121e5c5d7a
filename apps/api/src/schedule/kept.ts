import type { ExistingEvent, ScheduledEvent, Week, WeekAsked } from "@beq/scheduler/contract";
import { endOf, isFixed, isWithin, periodOf, startOf, type StoredWeek } from "./stored.ts";

/**
 * What a new plan has to work around in the stored one: tasks as blocks that carry them out, and lunches begun; of
 * habits with so many times a week also those of late, which count.
 */
export function keptBlocks(stored: StoredWeek | undefined, week: Week, now: number): ExistingEvent[] {
  const asked = new Set(week.tasks.map(({ id }) => id));
  const { from, to } = periodOf(week, now);
  const isCarried = carriedBy(week);
  const events = (stored?.events ?? []).filter((event) => !isCarried(event));
  const tasks = events
    .filter((event) => event.type === "task" && (endOf(event) > now || isOfThisWeek(event, week, now)))
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

/** Whether a time of a habit may be one of those that the week asks for. */
function isOfThisWeek(event: ScheduledEvent, { tasks }: Week, now: number): boolean {
  const { repeat } = tasks.find(({ id }) => id === event.task_id) ?? {};
  return Boolean(repeat && "times_per_week" in repeat) && startOf(event) > now - 7 * oneDay;
}

export function asBlock(event: ScheduledEvent, carriesTask: boolean): ExistingEvent {
  return {
    id: blockId(event),
    title: event.title,
    start_time: event.start_time,
    end_time: event.end_time,
    is_moveable: false,
    task_id: carriesTask ? event.task_id : null,
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
  };
}

/** The id of the block that stands for an event of the stored plan. */
export function blockId({ start_time: start, id }: ScheduledEvent): string {
  return `kept:${start}:${id}`.slice(0, 200);
}

/**
 * Tells the events of a stored plan in whose place a week brings a block of its own: what carries out a part of a task
 * carries out all of it, but the times of a habit each stand for themselves.
 */
export function carriedBy({
  tasks,
  existing_events: blocks,
}: Pick<WeekAsked, "tasks" | "existing_events">): (event: ScheduledEvent) => boolean {
  const habits = new Set(tasks.flatMap(({ id, repeat }) => (repeat ? [id] : [])));
  const carrying = blocks.filter(({ task_id: task }) => task);
  return ({ type, task_id: task, id }) =>
    type === "task" &&
    carrying.some((block) => block.task_id === task && (!habits.has(task ?? "") || `:${block.id}`.endsWith(`:${id}`)));
}
