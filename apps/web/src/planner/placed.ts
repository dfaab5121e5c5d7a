import type { ScheduledEvent, Task } from "@beq/scheduler/contract";

type Block = Pick<ScheduledEvent, "task_id" | "end_time">;

type Plan = { events: readonly Block[]; unscheduled: readonly { task_id: string }[] };

/**
 * How many of the listed tasks a plan has a place for: of a habit, for all of its times. What is over is a place too,
 * unless the plan looked for another one in vain.
 */
export function placedIn({ events, unscheduled }: Plan, tasks: readonly Task[]): number {
  const left = new Set(unscheduled.map(({ task_id: id }) => id));
  const placed = new Set(events.map(({ task_id: id }) => id));
  return tasks.filter(({ id }) => placed.has(id) && !left.has(id)).length;
}

/** How many tasks it has no place for, or not for all of their times. */
export function leftIn({ unscheduled }: Pick<Plan, "unscheduled">): number {
  return new Set(unscheduled.map(({ task_id: id }) => id)).size;
}

type Part = Pick<ScheduledEvent, "task_id" | "start_time">;

/** Which piece of its task a block is: `part 2 of 3`. */
export function partWords(blocks: readonly Part[], { task_id: taskId, start_time: start }: Part): string {
  const starts = blocks.flatMap((block) => (block.task_id === taskId ? [Date.parse(block.start_time)] : []));
  return `part ${starts.filter((at) => at <= Date.parse(start)).length} of ${starts.length}`;
}

/** The block of a task that is to come, or the last one that was. */
export function nextOf<B extends Block>(events: readonly B[], taskId: string, now: number): B | undefined {
  const blocks = events.filter(({ task_id: id }) => id === taskId);
  return blocks.find(({ end_time: end }) => Date.parse(end) > now) ?? blocks.at(-1);
}
