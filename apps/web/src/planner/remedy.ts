import {
  instantOf,
  isoIn,
  minuteOfDay,
  type CheapestChange,
  type Task,
  type Unscheduled,
} from "@beq/scheduler/contract";
import { type Action, type Draft, unlinked } from "./draft.ts";
import type { CalendarEvent } from "./files/ics.ts";
import { occurrenceBusy } from "./request.ts";

const dayMinutes = 1_440;
const shortestPiece = 30;

type Patch = Partial<Draft["preferences"]>;

/**
 * What a change that would let a task fit does to the draft; null where it is for the person to make.
 * @param meetings the occurrences of the calendars
 */
export function remedyFor(
  left: Pick<Unscheduled, "task_id">,
  change: CheapestChange,
  draft: Draft,
  meetings: readonly CalendarEvent[],
): Action | null {
  const task = draft.tasks.find(({ id }) => id === (change.task_id ?? left.task_id));
  const own = draft.tasks.find(({ id }) => id === left.task_id);
  switch (change.kind) {
    case "move_deadline":
    case "shorten":
    case "split":
      return task ? ofTask(task, change, draft) : null;
    case "leave_out":
      return task && task !== own ? { kind: "drop", ids: [task.id], unlink: true } : null;
    case "drop_dependency":
      return own && change.task_id ? edit(own, unlinked(own, change.task_id)) : null;
    case "free_time":
      return freed(change.event_id, draft, meetings);
    case "more_days":
      return moreDays(change.minutes, draft);
    case "longer_hours":
      return longerHours(change, draft);
    case "raise_cap":
      return raisedCap(change, task, draft);
    case "drop_constraint":
      return withoutConstraint(change.event_id, draft);
    default:
      return unreachable(change.kind);
  }
}

function ofTask(task: Task, { kind, end_time: end, minutes }: CheapestChange, draft: Draft): Action | null {
  if (kind === "move_deadline") return end ? edit(task, { deadline: wall(end, draft) }) : null;
  if (!minutes) return null;
  return edit(task, kind === "shorten" ? { estimated_duration_minutes: minutes } : { split: splitOf(task, minutes) });
}

function edit({ id }: Task, patch: Partial<Task>): Action {
  return { kind: "edit", id, patch };
}

function splitOf({ split }: Task, longest: number): NonNullable<Task["split"]> {
  return { ...split, min_minutes: Math.min(split?.min_minutes ?? shortestPiece, longest), max_minutes: longest };
}

/** Takes a single event out, or lets one occurrence of a meeting no longer block time. */
function freed(id: string | null, draft: Draft, meetings: readonly CalendarEvent[]): Action | null {
  if (id === null) return null;
  if (draft.events.some((event) => event.id === id))
    return set({ events: draft.events.filter((event) => event.id !== id) });

  return meetings.some((event) => event.id === id) ? occurrenceBusy(draft, id, false) : null;
}

function moreDays(minutes: number | null, { planning_horizon_days: now }: Draft): Action | null {
  const days = Math.ceil((minutes ?? 0) / dayMinutes);
  return days > now && days <= 90 ? set({ planning_horizon_days: days }) : null;
}

function longerHours({ start_time: start, end_time: end }: CheapestChange, draft: Draft): Action | null {
  const { work_start_time: from, work_end_time: to } = draft.preferences;
  // Hours over midnight have no later end that a clock time alone could say.
  if (minuteOfDay(to) <= minuteOfDay(from)) return null;

  const patch: Patch = {};
  const begin = start ? clock(start, draft) : from;
  const finish = end ? clock(end, draft) : to;
  if (minuteOfDay(begin) < minuteOfDay(from)) patch.work_start_time = begin;
  if (minuteOfDay(finish) > minuteOfDay(to)) patch.work_end_time = finish;
  return Object.keys(patch).length > 0 ? prefer(draft, patch) : null;
}

function raisedCap({ minutes, task_id: id }: CheapestChange, task: Task | undefined, draft: Draft): Action | null {
  if (!minutes) return null;
  if (id !== null && task?.split) return edit(task, { split: { ...task.split, max_minutes_per_day: minutes } });
  return prefer(draft, { max_work_minutes_per_day: minutes });
}

function withoutConstraint(description: string | null, { constraints }: Draft): Action | null {
  const left = constraints.filter((one) => one.description !== description);
  return left.length < constraints.length ? set({ constraints: left }) : null;
}

function set(setting: Extract<Action, { kind: "set" }>["setting"]): Action {
  return { kind: "set", setting };
}

function prefer({ preferences }: Draft, patch: Patch): Action {
  return set({ preferences: { ...preferences, ...patch } });
}

/** The moment on the wall clock of the draft's zone, as its fields hold it. */
function wall(moment: string, { preferences: { timezone } }: Draft): string {
  return isoIn(timezone, instantOf(moment, timezone)).slice(0, 16);
}

function clock(moment: string, draft: Draft): string {
  return wall(moment, draft).slice(11);
}

function unreachable(value: never): never {
  throw new Error(`unhandled case ${JSON.stringify(value)}`);
}
