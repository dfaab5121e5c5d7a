import { clockRange, instantOf, type Task, type Week } from "../contract/index.ts";
import { createCalendar, planned } from "./calendar.ts";
import { clashes } from "./clashes.ts";
import type { Buffer, Demand, Engagement, Rule, Split, Want } from "./demand.ts";
import { type Diary, occasionOf, occurrences } from "./habit.ts";
import type { Span } from "./spans.ts";

/** The request of generate as instants and plain lists; what is left out on the way is warned of. */
export function readWeek(week: Week, now: number): Demand {
  const start = startOf(week, now);
  const { engagements, pinned, warnings } = readEvents(week, start);
  const taken = new Set(week.existing_events.map(({ id }) => id));
  const open = openTasks(week.tasks, pinned, { diary: diaryOf(week, start), taken });
  const { rules, ignored } = readRules(week);
  return {
    start,
    horizonDays: week.planning_horizon_days,
    preferences: week.user_preferences,
    wants: [...pinned, ...open],
    engagements,
    rules,
    weights: week.weights,
    actuals: week.actuals,
    grid: null,
    frozenUntil: -Infinity,
    // A lunch that was taken already comes as an event with its own id.
    noLunch: taken,
    warnings: [...warnings, ...ignored, ...pastDeadlines(open, now)],
  };
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

/** Planning starts now, or at `planning_start` where that is later. */
export function startOf({ planning_start: asked, user_preferences: { timezone } }: Week, now: number): number {
  return asked ? Math.max(now, instantOf(asked, timezone)) : now;
}

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
    split: task.split && !task.repeat ? splitOf(task.split) : null,
    occasion: null,
    piece: null,
    home: null,
    stood: [],
    resized: false,
    locked: false,
  };
}

function bufferOf(of: Pick<Task, "buffer_before_minutes" | "buffer_after_minutes">): Buffer {
  return { before: of.buffer_before_minutes, after: of.buffer_after_minutes };
}

function splitOf(split: NonNullable<Task["split"]>): Split {
  return { min: split.min_minutes, max: split.max_minutes, perDay: split.max_minutes_per_day ?? null };
}

// What our own events are called; a task of such a name would be taken for one.
const reserved = /^(?:lunch|break)-\d{4}-/;

/** The same task, its event named `id#1` where another event has its id: in one plan ids are told apart. */
export function apart(want: Want, taken: ReadonlySet<string>): Want {
  let id = want.id;
  for (let piece = 1; taken.has(id) || (piece === 1 && reserved.test(id)); piece += 1) id = `${want.id}#${piece}`;
  return { ...want, id };
}

/** Calendar events; those that carry out a task of the request become that task, locked where it stands. */
export function readEvents(
  week: Pick<Week, "existing_events" | "tasks" | "user_preferences" | "planning_horizon_days">,
  start: number,
): {
  engagements: Engagement[];
  pinned: Want[];
  warnings: string[];
} {
  const zone = week.user_preferences.timezone;
  const tasks = new Map(week.tasks.map((task) => [task.id, task]));
  const diary = diaryOf(week, start);
  const engagements: Engagement[] = [];
  const pinned: Want[] = [];
  for (const event of week.existing_events) {
    const span = { start: instantOf(event.start_time, zone), end: instantOf(event.end_time, zone) };
    if (span.end <= span.start) continue;
    const task = event.task_id ? tasks.get(event.task_id) : undefined;
    const buffer = bufferOf(event);
    if (task) {
      const occasion = task.repeat ? occasionOf({ id: event.id, home: span }, task.repeat, diary) : null;
      pinned.push({ ...readTask(task, zone), ...pin(event.id, span), buffer, occasion });
    }
    else {
      const moveable = event.is_moveable && !event.task_id;
      engagements.push({ ...span, id: event.id, title: event.title, moveable, buffer });
    }
  }
  return { engagements, pinned, warnings: clashes(engagements) };
}

/** What makes a task a fixed piece of time. */
export function pin(id: string, home: Span): Pick<Want, "id" | "home" | "locked" | "minutes"> {
  return { id, home, locked: true, minutes: Math.max(1, Math.round((home.end - home.start) / 60_000)) };
}

export function readRules({
  constraints,
  user_preferences: { timezone },
}: Pick<Week, "constraints" | "user_preferences">): {
  rules: Rule[];
  ignored: string[];
} {
  const rules: Rule[] = [];
  const ignored: string[] = [];
  for (const { type, description, start_time: from, end_time: to, is_hard_constraint: hard } of constraints) {
    const span = from && to ? { start: instantOf(from, timezone), end: instantOf(to, timezone) } : undefined;
    if (span && span.end > span.start) rules.push({ ...span, type, description, hard });
    else ignored.push(`Constraint '${description}' was ignored: it has no ${from ? "end" : "start"} time.`);
  }
  return { rules, ignored };
}

export function pastDeadlines(wants: readonly Want[], now: number): string[] {
  return wants
    .filter(({ deadline }) => deadline !== null && deadline <= now)
    .map(({ title }) => `The deadline of '${title}' has passed already.`);
}
