import { instantOf, type Week } from "../../contract/index.ts";
import { clashes } from "./clashes.ts";
import type { Engagement, Want } from "./demand.ts";
import { type Diary, occasionOf } from "./habit.ts";
import { bufferOf, readTask } from "./tasks.ts";
import { minutes, type Span } from "../time/spans.ts";

/** Calendar events; those that carry out a task of the request become that task, locked where it stands. */
export function readEvents(
  week: Pick<Week, "existing_events" | "tasks">,
  diary: Diary,
  heed: () => void,
): {
  engagements: Engagement[];
  pinned: Want[];
  warnings: string[];
} {
  const { zone } = diary;
  const tasks = new Map(week.tasks.map((task) => [task.id, task]));
  const engagements: Engagement[] = [];
  const pinned: Want[] = [];
  for (const event of week.existing_events) {
    heed();
    const span = { start: instantOf(event.start_time, zone), end: instantOf(event.end_time, zone) };
    if (span.end <= span.start) continue;
    const task = event.task_id ? tasks.get(event.task_id) : undefined;
    const buffer = bufferOf(event);
    if (task) {
      const occasion = task.repeat ? occasionOf({ id: event.id, home: span }, task.repeat, diary) : null;
      pinned.push({ ...readTask(task, zone), ...pin(event.id, span), buffer, occasion });
    } else {
      const moveable = event.is_moveable && !event.task_id;
      engagements.push({ ...span, id: event.id, title: event.title, moveable, buffer });
    }
  }
  return { engagements, pinned, warnings: clashes(engagements) };
}

/** What makes a task a fixed piece of time. */
export function pin(id: string, home: Span): Pick<Want, "id" | "home" | "locked" | "minutes"> {
  return { id, home, locked: true, minutes: Math.max(1, minutes(home)) };
}
