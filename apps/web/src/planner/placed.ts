import type { ScheduledEvent, Task } from "@beq/scheduler/contract";

type Block = Pick<ScheduledEvent, "task_id" | "end_time">;

type Plan = { events: readonly Block[]; unscheduled: readonly { task_id: string }[] };

/**
 * How many of the listed tasks have a place in a plan. What is over is a place too, unless the plan looked for another
 * one in vain.
 */
export function placedIn({ events, unscheduled }: Plan, tasks: readonly Task[], now: number): number {
  const listed = new Set(tasks.map(({ id }) => id));
  const left = new Set(unscheduled.map(({ task_id: id }) => id));
  const isPlace = (id: string, end: string) => listed.has(id) && (Date.parse(end) > now || !left.has(id));
  return new Set(events.flatMap(({ task_id: id, end_time: end }) => (id !== null && isPlace(id, end) ? [id] : [])))
    .size;
}

/** The block of a task that is to come, or the last one that was. */
export function nextOf<B extends Block>(events: readonly B[], taskId: string, now: number): B | undefined {
  const blocks = events.filter(({ task_id: id }) => id === taskId);
  return blocks.find(({ end_time: end }) => Date.parse(end) > now) ?? blocks.at(-1);
}
