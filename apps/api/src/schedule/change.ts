import { instantOf, isoIn, type ScheduledEvent, type Task } from "@beq/scheduler/contract";
import { Failure } from "../failure.ts";
import { waitingFor } from "./after.ts";
import { laid, unwanted } from "./laid.ts";
import type { Changes, TaskChange, Update } from "./schema.ts";
import { sizedAs } from "./size.ts";
import { endOf, startOf, type StoredWeek } from "./stored.ts";
import { unpinned } from "./unpin.ts";

/** The week as the person says that it has become; what has to give way is not moved yet. */
export function changed(before: StoredWeek, changes: Changes, now: number): StoredWeek {
  const { week: asked } = changes;
  const stored = unpinned(before, changes.unpinned);
  const week = asked ? laid(without(stored, new Set(unwanted(stored, asked)), now), asked, now) : stored;
  const gone = new Set([...changes.finished, ...changes.dropped]);
  for (const id of gone) if (!isKnown(week, id)) throw noTask(id);

  const altered = changes.task_changes.reduce((sum, change) => alter(sum, change, now), without(week, gone, now));
  const moved = changes.updates.reduce(move, altered);
  return { ...moved, tasks: [...moved.tasks, ...changes.new_tasks] };
}

/** The week without these tasks: what was done of them stays, a running block ends now. */
function without(week: StoredWeek, gone: ReadonlySet<string>, now: number): StoredWeek {
  if (gone.size === 0) return week;

  const end = isoIn(week.user_preferences.timezone, now);
  const cut = (event: ScheduledEvent): ScheduledEvent[] => {
    if (event.type !== "task" || !gone.has(event.task_id ?? event.id) || endOf(event) <= now) return [event];
    return startOf(event) < endOf({ end_time: end }) ? [{ ...event, end_time: end }] : [];
  };
  const stays = ({ id }: Task) => !gone.has(id);
  const freed = (task: Task): Task => waitingFor(task, (id) => !gone.has(id));
  return {
    ...week,
    tasks: week.tasks.filter(stays).map(freed),
    older_tasks: week.older_tasks.filter(stays).map(freed),
    events: week.events.flatMap(cut),
    unscheduled: week.unscheduled.filter(({ task_id: id }) => !gone.has(id)),
  };
}

function alter(week: StoredWeek, change: TaskChange, now: number): StoredWeek {
  const { task_id: id, ...given } = change;
  if (!isKnown(week, id)) throw noTask(id);

  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { dependencies } = change;
  const alike = (task: Task): Task => {
    if (task.id !== id) return task;
    const altered: Task = { ...task, ...set };
    return dependencies ? waitingFor(altered, (other) => dependencies.includes(other)) : altered;
  };
  return {
    ...week,
    tasks: week.tasks.map(alike),
    older_tasks: week.older_tasks.map(alike),
    events: sizedAs(week, id, change.estimated_duration_minutes, now),
  };
}

/** The week with one event where the update says. */
function move(week: StoredWeek, update: Update, index: number): StoredWeek {
  const zone = week.user_preferences.timezone;
  const times = {
    start_time: isoIn(zone, instantOf(update.start_time, zone)),
    end_time: isoIn(zone, instantOf(update.end_time, zone)),
  };

  // A task that was planned twice keeps its past block: the later one is meant.
  const event = week.events.findLast(({ id }) => id === update.event_id);
  if (event?.type === "break" || event?.type === "lunch") throw notByHand(event, index);
  if (event?.type === "task") {
    const pinned = { ...event, ...times, ...unsaid, pinned: true };
    return { ...week, events: week.events.map((other) => (other === event ? pinned : other)) };
  }

  // A calendar event: from now on it stands where the person put it, and is no longer ours to place.
  if (!week.existing_events.some(({ id }) => id === update.event_id)) throw noEvent(update.event_id);
  const stands = { ...times, is_moveable: false };
  return {
    ...week,
    events: week.events.filter((other) => other !== event),
    existing_events: week.existing_events.map((other) =>
      other.id === update.event_id ? { ...other, ...stands } : other,
    ),
  };
}

/** What was said of an event where it stood. */
const unsaid = { reason: "Put there by hand.", p_on_time: null, eta: null, explanation: null };

function isKnown(week: StoredWeek, id: string): boolean {
  return [...week.tasks, ...week.older_tasks].some((task) => task.id === id);
}

export function noEvent(id: string): Failure {
  return new Failure("missing", `Event '${id}' not found`);
}

function noTask(id: string): Failure {
  return new Failure("missing", `Task '${id}' not found`);
}

function notByHand({ id, type }: ScheduledEvent, index: number): Failure {
  const msg = `Value error, '${id}' is a ${type}: it follows from the tasks and preferences and is not moved by hand`;
  const loc = ["body", "updates", index, "event_id"];
  return new Failure("invalid", msg, { detail: [{ type: "value_error", loc, msg, input: id }] });
}
