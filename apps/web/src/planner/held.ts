import type { Task } from "@beq/scheduler/contract";
import type { Held } from "../calendar/aim.ts";
import type { Draft } from "./draft.ts";
import type { Entry } from "./entries.ts";
import type { World } from "./world.ts";

/** The task that an id stands for: its own, or that of one of its blocks (`task-1#2`). */
export function taskOf({ tasks }: Pick<Draft, "tasks">, id: string): Task | undefined {
  return tasks.find((task) => task.id === id) ?? tasks.find((task) => id.startsWith(`${task.id}#`));
}

/** What of the calendar can be moved by hand: blocks of tasks that have not begun. */
export function isMoveable({ kind, start, task }: Entry, now: number): boolean {
  return kind === "task" && task !== null && start >= now;
}

/** A block of the plan, or a task of a list, as something to hold; null where it stays. */
export function heldOf({ entries, draft, now }: Pick<World, "entries" | "draft" | "now">, id: string): Held | null {
  const block = entries.find((entry) => entry.id === id && entry.kind === "task" && entry.end > now);
  if (block && !isMoveable(block, now)) return null;
  if (block)
    return {
      id,
      title: block.title,
      stay: { start: block.start, end: block.end },
      minutes: (block.end - block.start) / 60_000,
    };

  const task = draft.tasks.find((one) => one.id === id);
  return task ? { id, title: task.title, stay: null, minutes: task.estimated_duration_minutes } : null;
}
