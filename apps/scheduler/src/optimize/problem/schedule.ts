import { instantOf, type OptimizeRequest, type ScheduledEvent } from "../../contract/index.ts";
import { readEvents } from "./appointments.ts";
import { type Demand, type Engagement, noBuffer } from "./demand.ts";
import { pastDeadlines, readRules, startOf } from "./read.ts";
import { minuteMs } from "../time/spans.ts";
import { type Standing, standingWants } from "./standing.ts";
import { diaryOf, openTasks } from "./tasks.ts";
import { weightsFor } from "./weights.ts";

export type { Standing };

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

/** @param heed called at each event; what it throws ends the work */
export function readSchedule(request: OptimizeRequest, now: number, heed: () => void = () => undefined): Schedule {
  const zone = request.user_preferences.timezone;
  const start = startOf(request, now);
  const standing = request.existing_schedule
    .map((event) => ({ event, start: instantOf(event.start_time, zone), end: instantOf(event.end_time, zone) }))
    .filter((each) => each.end > each.start);
  const tasks = standing.filter(({ event }) => event.type === "task");
  const diary = diaryOf(request, start);
  const { engagements, pinned, warnings } = readEvents(request, diary, heed);
  const { rules, ignored } = readRules(request);
  const { weights, unknown } = weightsFor(request.weights, request.optimization_goals, request.least_change);
  const taken = new Set([...request.existing_events, ...request.existing_schedule].map(({ id }) => id));
  const carried = new Set(pinned.map(({ id, taskId }) => keyOf({ type: "task", id, task_id: taskId })));
  const old = standingWants(
    tasks.filter(({ event }) => !carried.has(keyOf(event))),
    new Set(pinned.map(({ taskId }) => taskId)),
    { request, start, diary },
  );
  const added = openTasks(request.tasks, [...pinned, ...old], { diary, taken });
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
        ...rests.map(({ event, ...span }) => ({
          ...span,
          id: event.id,
          title: event.title,
          moveable: false,
          buffer: noBuffer,
        })),
      ],
      rules,
      weights,
      actuals: request.actuals,
      grid: null,
      frozenUntil: now + request.user_preferences.freeze_minutes * minuteMs,
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
      buffer: noBuffer,
    })),
  ];
}
