import { instantOf, type OptimizeRequest, type ScheduledEvent } from "../contract/index.ts";
import type { Demand, Engagement, Want } from "./demand.ts";
import { apart, pastDeadlines, pin, readEvents, readRules, readTask, startOf } from "./read.ts";
import { minuteMs, minutes, type Span } from "./spans.ts";
import { weightsFor } from "./weights.ts";

/** An event of the plan so far, with its times read. */
export type Standing = Span & { readonly event: ScheduledEvent };

/** What tells events apart: a task and a calendar event may have the same id. */
export function keyOf({ type, id, task_id: taskId }: Pick<ScheduledEvent, "type" | "id" | "task_id">): string {
  return JSON.stringify([type, id, type === "task" ? (taskId ?? id) : null]);
}

/** The request of optimize as instants and lists, and the parts of the old plan that it leaves as they are. */
export type Schedule = {
  readonly demand: Demand;
  readonly standing: readonly Standing[];
  readonly untouched: readonly Standing[];
};

export function readSchedule(request: OptimizeRequest, now: number): Schedule {
  const zone = request.user_preferences.timezone;
  const start = startOf(request, now);
  const standing = request.existing_schedule
    .map((event) => ({ event, start: instantOf(event.start_time, zone), end: instantOf(event.end_time, zone) }))
    .filter((each) => each.end > each.start);
  const tasks = standing.filter(({ event }) => event.type === "task");
  const { engagements, pinned, warnings } = readEvents(request);
  const { rules, ignored } = readRules(request);
  const { weights, unknown } = weightsFor(request.weights, request.optimization_goals, request.least_change);
  const held = new Set([...tasks.map(({ event }) => taskIdOf(event)), ...pinned.map(({ taskId }) => taskId)]);
  const taken = new Set([...request.existing_events, ...request.existing_schedule].map(({ id }) => id));
  const added = request.tasks.filter(({ id }) => !held.has(id)).map((task) => apart(readTask(task, zone), taken));
  const carried = new Set(pinned.map(({ id, taskId }) => keyOf({ type: "task", id, task_id: taskId })));
  const old = tasks.filter(({ event }) => !carried.has(keyOf(event))).map((each) => standingWant(each, request, start));
  const untouched = standing.filter(({ event, start: from }) => event.type !== "task" && from < start);
  const rests = untouched.filter(({ event }) => event.type === "lunch" || event.type === "break");
  const wants = [...pinned, ...old, ...added];
  return {
    standing,
    untouched,
    demand: {
      start,
      horizonDays: request.planning_horizon_days,
      preferences: request.user_preferences,
      wants,
      engagements: [
        ...moveable(standing, engagements, start),
        ...rests.map(({ event, ...span }) => ({ ...span, id: event.id, title: event.title, moveable: false })),
      ],
      rules,
      weights,
      noLunch: new Set(rests.map(({ event }) => event.id)),
      warnings: [
        ...warnings,
        ...ignored,
        ...unknown.map((goal) => `Optimization goal '${goal}' is not known and was ignored.`),
        ...pastDeadlines(added, now),
      ],
    },
  };
}

function taskIdOf({ task_id: taskId, id }: ScheduledEvent): string {
  return taskId ?? id;
}

/** The task that an event carries out: the one in the request, or what the event itself says. */
function standingWant({ event, ...span }: Standing, request: OptimizeRequest, start: number): Want {
  const zone = request.user_preferences.timezone;
  const id = taskIdOf(event);
  const task = request.tasks.find((each) => each.id === id);
  const pieces = request.existing_schedule.filter((each) => each.type === "task" && taskIdOf(each) === id).length;
  const known = task ? readTask(task, zone) : readTask(derived(event, id, minutes(span)), zone);
  const want = { ...known, id: event.id };
  if (event.pinned || span.start < start) return { ...want, ...pin(event.id, span) };

  // A piece of a split task is as long as its event; a whole task as long as the request says by now.
  const length = pieces > 1 || !task ? Math.max(1, minutes(span)) : known.minutes;
  return { ...want, minutes: length, home: { start: span.start, end: span.start + length * minuteMs } };
}

function derived(
  { title, category, priority }: ScheduledEvent,
  id: string,
  length: number,
): Parameters<typeof readTask>[0] {
  return {
    id,
    title,
    category: category ?? "work",
    priority: priority ?? "medium",
    estimated_duration_minutes: length,
    deadline_is_hard: false,
    dependencies: [],
    dependency_lags: {},
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
  };
}

/** Events that an earlier plan moved stand where it put them, if they may still be moved at all. */
function moveable(standing: readonly Standing[], engagements: readonly Engagement[], start: number): Engagement[] {
  const planned = new Map(
    standing.flatMap((each) => (each.event.type === "event" ? [[each.event.id, each] as const] : [])),
  );
  const known = new Set(engagements.map(({ id }) => id));
  const kept = engagements.map((engagement) => {
    const place = engagement.moveable ? planned.get(engagement.id) : undefined;
    return place ? { ...engagement, start: place.start, end: place.end } : engagement;
  });
  const others = [...planned.values()].filter(({ event }) => !known.has(event.id));
  return [
    ...kept,
    ...others.map(({ event, start: from, end }) => ({
      start: from,
      end,
      id: event.id,
      title: event.title,
      moveable: !event.pinned && from >= start,
    })),
  ];
}
