import { clockRange, instantOf, type Task, type Week } from "../../contract/index.ts";
import { createCalendar, planned } from "../time/calendar.ts";
import type { Buffer, Split, Want } from "./demand.ts";
import { type Diary, occurrences } from "./habit.ts";

export function readTask(task: Task, zone: string): Want {
  return {
    id: task.id,
    taskId: task.id,
    title: task.title,
    priority: task.priority,
    category: task.category,
    minutes: task.estimated_duration_minutes,
    deadline: task.deadline ? instantOf(task.deadline, zone) : null,
    hardDeadline: task.deadline_is_hard,
    preferred: task.preferred_time ?? "anytime",
    dependencies: task.dependencies,
    lags: task.dependency_lags,
    earliest: task.earliest_start ? instantOf(task.earliest_start, zone) : null,
    window: task.window ? (clockRange(task.window) ?? null) : null,
    buffer: bufferOf(task),
    split: task.split ? splitOf(task.split) : null,
    occasion: null,
    piece: null,
    home: null,
    stood: [],
    resized: false,
    locked: false,
  };
}

export function bufferOf(of: Pick<Task, "buffer_before_minutes" | "buffer_after_minutes">): Buffer {
  return { before: of.buffer_before_minutes, after: of.buffer_after_minutes };
}

function splitOf(split: NonNullable<Task["split"]>): Split {
  return { min: split.min_minutes, max: split.max_minutes, perDay: split.max_minutes_per_day ?? null };
}

// What our own events are called; a task of such a name would be taken for one.
const reserved = /^(?:lunch|break)-\d{4}-/;

/** The same task, its event named `id#1` where another event has its id: in one plan ids are told apart. */
function apart(want: Want, taken: ReadonlySet<string>): Want {
  let id = want.id;
  for (let piece = 1; taken.has(id) || (piece === 1 && reserved.test(id)); piece += 1) id = `${want.id}#${piece}`;
  return { ...want, id };
}

type Book = { readonly diary: Diary; readonly taken: ReadonlySet<string> };

/** What is still to be planned of the tasks: all of one that stands nowhere yet, of a habit the times that are left. */
export function openTasks(tasks: readonly Task[], standing: readonly Want[], { diary, taken }: Book): Want[] {
  const held = new Map<string, Want[]>();
  for (const want of standing) held.set(want.taskId, [...(held.get(want.taskId) ?? []), want]);
  return tasks.flatMap((task) => {
    const want = readTask(task, diary.zone);
    const own = held.get(task.id) ?? [];
    if (task.repeat) return occurrences(want, task.repeat, diary, own).map((each) => apart(each, taken));
    return own.length > 0 ? [] : [apart(want, taken)];
  });
}

export function diaryOf(week: Pick<Week, "user_preferences" | "planning_horizon_days">, start: number): Diary {
  const zone = week.user_preferences.timezone;
  return { zone, days: planned(createCalendar(zone, start, week.planning_horizon_days), start) };
}
