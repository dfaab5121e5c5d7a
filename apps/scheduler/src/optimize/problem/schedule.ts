import { instantOf, type OptimizeRequest, type ScheduledEvent } from "../../contract/index.ts";
import { type Demand, type Engagement, noBuffer, type Want } from "./demand.ts";
import type { Diary } from "./habit.ts";
import { pastDeadlines, readCommon } from "./read.ts";
import { minuteMs } from "../time/spans.ts";
import { type Standing, standingWants } from "./standing.ts";
import { openTasks } from "./tasks.ts";
import { weightsFor } from "./weights.ts";

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

/**
 * @param now epoch milliseconds
 * @param heed called at each event; what it throws ends the work
 */
export function readSchedule(request: OptimizeRequest, now: number, heed: () => void = () => undefined): Schedule {
  const { demand, diary, pinned } = readCommon(request, now, heed);
  const standing = standingOf(request);
  const { old, added } = wantsOf(request, standing, pinned, { start: demand.start, diary });
  const untouched = standing.filter(({ event, start }) => event.type !== "task" && start < demand.start);
  const rests = untouched.filter(({ event }) => event.type === "lunch" || event.type === "break");
  const { weights, unknown } = weightsFor(request.weights, request.optimization_goals, request.least_change);
  return {
    standing,
    untouched,
    demand: {
      ...demand,
      wants: [...pinned, ...old, ...added],
      engagements: [
        ...moveable(standing, demand.engagements, demand.start),
        ...rests.map((rest) => engagementOf(rest, false)),
      ],
      weights,
      frozenUntil: now + request.user_preferences.freeze_minutes * minuteMs,
      noLunch: new Set(rests.map(({ event }) => event.id)),
      lunches: new Map(
        standing.flatMap((each) => (each.event.type === "lunch" ? [[each.event.id, each] as const] : [])),
      ),
      warnings: [
        ...demand.warnings,
        ...unknown.map((goal) => `Optimization goal '${goal}' is not known and was ignored.`),
        ...pastDeadlines(added, now),
      ],
    },
  };
}

function standingOf({ existing_schedule: events, user_preferences: { timezone } }: OptimizeRequest): Standing[] {
  return events
    .map((event) => ({ event, start: instantOf(event.start_time, timezone), end: instantOf(event.end_time, timezone) }))
    .filter(({ start, end }) => end > start);
}

/** The tasks of the old plan, and those that are new; what the calendar carries out is neither. */
function wantsOf(
  request: OptimizeRequest,
  standing: readonly Standing[],
  pinned: readonly Want[],
  { start, diary }: { start: number; diary: Diary },
): { old: Want[]; added: Want[] } {
  const carried = new Set(pinned.map(({ id, taskId }) => keyOf({ type: "task", id, task_id: taskId })));
  const old = standingWants(
    standing.filter(({ event }) => event.type === "task" && !carried.has(keyOf(event))),
    pinned,
    { request, start, diary },
  );
  const taken = new Set([...request.existing_events, ...request.existing_schedule].map(({ id }) => id));
  return { old, added: openTasks(request.tasks, [...pinned, ...old], { diary, taken }) };
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
  return [...kept, ...others.map((other) => engagementOf(other, !other.event.pinned && other.start >= start))];
}

function engagementOf({ event: { id, title }, start, end }: Standing, isMoveable: boolean): Engagement {
  return { start, end, id, title, moveable: isMoveable, buffer: noBuffer };
}
