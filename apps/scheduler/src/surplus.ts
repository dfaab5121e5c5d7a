import {
  blocksOf,
  type ExistingEvent,
  instantOf,
  isoIn,
  limits,
  mostBlocks,
  type OptimizeRequest,
  type ScheduledEvent,
} from "./contract/index.ts";
import { keyOf, type ReplanAnswer } from "./optimize/index.ts";

/** A request with no more to move than can be moved at once. */
export type Bounded = {
  readonly request: OptimizeRequest;
  /** The answer as the one who asked is to have it. */
  readonly release: (answer: ReplanAnswer) => ReplanAnswer;
};

/**
 * A plan may hold more than a revision can move: `limits.tasks` tasks, new ones first, then those that begin first, and
 * {@link mostBlocks} blocks. The rest stays where it is, as what is fixed in the calendar does.
 * @param now epoch milliseconds
 */
export function bounded(request: OptimizeRequest, now: number): Bounded {
  const held = surplus(request, now);
  if (held.size === 0) return { request, release: (answer) => answer };

  // A moveable event of the calendar stands where the plan has put it.
  const moved = new Map([...held].flatMap((event) => (event.type === "event" ? [[event.id, event] as const] : [])));
  const calendar = request.existing_events.map((event) => {
    const { start_time, end_time } = moved.get(event.id) ?? event;
    return moved.has(event.id) ? { ...event, start_time, end_time, is_moveable: false } : event;
  });
  const known = new Set(calendar.map(({ id }) => id));
  const added = [...held].filter(({ type, id }) => type !== "event" || !known.has(id)).map(fixed);
  const posed = {
    ...request,
    existing_schedule: request.existing_schedule.filter((event) => !held.has(event)),
    existing_events: [...calendar, ...added],
  };
  return { request: posed, release: (answer) => released(answer, held, request) };
}

function fixed({ id, title, task_id, start_time, end_time }: ScheduledEvent): ExistingEvent {
  return {
    id,
    title,
    task_id,
    start_time,
    end_time,
    is_moveable: false,
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
  };
}

/** With what was held where it was, and a word on it. */
function released(answer: ReplanAnswer, held: ReadonlySet<ScheduledEvent>, request: OptimizeRequest): ReplanAnswer {
  const { timezone: zone } = request.user_preferences;
  const all = request.existing_schedule.length;
  const said = `${held.size} of the ${all} blocks of this plan stay where they are: at most ${limits.tasks} tasks and ${mostBlocks} blocks are moved at once, those that begin first.`;
  const keys = new Set([...held].map(keyOf));
  const kept = [...held].map((event) => ({
    ...event,
    start_time: isoIn(zone, instantOf(event.start_time, zone)),
    end_time: isoIn(zone, instantOf(event.end_time, zone)),
  }));
  const events = [...answer.optimized_schedule, ...kept];
  return {
    ...answer,
    warnings: [...answer.warnings, said],
    optimized_schedule: events.sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time)),
    pinned_events: answer.pinned_events.filter((event) => !keys.has(keyOf(event))),
  };
}

/** Of what is still ahead and may be moved, all that is too much. */
function surplus(request: OptimizeRequest, now: number): Set<ScheduledEvent> {
  const { existing_schedule: events, tasks, planning_horizon_days: days, user_preferences } = request;
  const planned = new Set(events.map(taskOf));
  const added = tasks.filter(({ id }) => !planned.has(id));
  const moved = new Set<string | null>(added.map(({ id }) => id));
  let blocks = blocksOf(added, days);
  const held = new Set<ScheduledEvent>();
  const start = (event: ScheduledEvent) => instantOf(event.start_time, user_preferences.timezone);
  const ahead = events
    .filter(({ type, pinned }) => (type === "task" || type === "event") && !pinned)
    .map((event) => ({ event, start: start(event) }))
    .filter((each) => each.start >= now)
    .sort((a, b) => a.start - b.start);
  for (const { event } of ahead) {
    const task = taskOf(event);
    const isRoom = blocks < mostBlocks && (task === null || moved.has(task) || moved.size < limits.tasks);
    if (!isRoom) {
      held.add(event);
      continue;
    }
    blocks += 1;
    if (task !== null) moved.add(task);
  }
  return held;
}

function taskOf({ type, task_id: task, id }: ScheduledEvent): string | null {
  return type === "task" ? (task ?? id) : null;
}
