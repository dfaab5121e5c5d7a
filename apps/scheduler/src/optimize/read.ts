import { instantOf, type Task, type Week } from "../contract/index.ts";
import type { Demand, Engagement, Rule, Want } from "./demand.ts";
import type { Span } from "./spans.ts";

/** The request of generate as instants and plain lists; what is left out on the way is warned of. */
export function readWeek(week: Week, now: number): Demand {
  const zone = week.user_preferences.timezone;
  const start = startOf(week, now);
  const { engagements, pinned, warnings } = readEvents(week);
  const done = new Set(pinned.map(({ taskId }) => taskId));
  const taken = new Set(week.existing_events.map(({ id }) => id));
  const open = week.tasks.filter(({ id }) => !done.has(id)).map((task) => apart(readTask(task, zone), taken));
  const { rules, ignored } = readRules(week);
  return {
    start,
    horizonDays: week.planning_horizon_days,
    preferences: week.user_preferences,
    wants: [...pinned, ...open],
    engagements,
    rules,
    weights: week.weights,
    // A lunch that was taken already comes as an event with its own id.
    noLunch: taken,
    warnings: [...warnings, ...ignored, ...pastDeadlines(open, now)],
  };
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
    home: null,
    locked: false,
  };
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
export function readEvents(week: Pick<Week, "existing_events" | "tasks" | "user_preferences">): {
  engagements: Engagement[];
  pinned: Want[];
  warnings: string[];
} {
  const zone = week.user_preferences.timezone;
  const tasks = new Map(week.tasks.map((task) => [task.id, task]));
  const engagements: Engagement[] = [];
  const pinned: Want[] = [];
  for (const event of week.existing_events) {
    const span = { start: instantOf(event.start_time, zone), end: instantOf(event.end_time, zone) };
    if (span.end <= span.start) continue;
    const task = event.task_id ? tasks.get(event.task_id) : undefined;
    if (task) pinned.push({ ...readTask(task, zone), ...pin(event.id, span) });
    else engagements.push({ ...span, id: event.id, title: event.title, moveable: event.is_moveable && !event.task_id });
  }
  return { engagements, pinned, warnings: overlapping(engagements) };
}

/** What makes a task a fixed piece of time. */
export function pin(id: string, home: Span): Pick<Want, "id" | "home" | "locked" | "minutes"> {
  return { id, home, locked: true, minutes: Math.max(1, Math.round((home.end - home.start) / 60_000)) };
}

const mostOverlaps = 5;

function overlapping(engagements: readonly Engagement[]): string[] {
  const fixed = engagements.filter(({ moveable }) => !moveable).sort((a, b) => a.start - b.start || a.end - b.end);
  const warnings: string[] = [];
  let latest: Engagement | undefined;
  let more = 0;
  for (const event of fixed) {
    if (latest && event.start < latest.end) {
      if (warnings.length < mostOverlaps)
        warnings.push(`'${latest.title}' and '${event.title}' overlap; both were kept.`);
      else more += 1;
    }
    if (!latest || event.end > latest.end) latest = event;
  }
  return more > 0 ? [...warnings, `${more} more events overlap others.`] : warnings;
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
