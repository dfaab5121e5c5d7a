import { type CheapestChange, isoIn } from "../../contract/index.ts";
import { timeOf } from "../time/axis.ts";
import { createLoads } from "./loads.ts";
import type { Place, Seeker } from "./seek.ts";
import { at, minuteMs, minutes, type Span } from "../time/spans.ts";
import type { Obstacle, World } from "./world.ts";
import { lunchesBack } from "./meal.ts";
import type { Cap } from "../search/model.ts";
import { count, dayName, hoursName, momentName, spanName } from "../time/words.ts";

/** A change and what it costs. */
export type Priced = { readonly cost: number; readonly change: CheapestChange };

const nothing = { task_id: null, event_id: null, start_time: null, end_time: null, minutes: null };

export function changeOf(
  kind: CheapestChange["kind"],
  text: string,
  more: Partial<Omit<CheapestChange, "kind" | "text">> = {},
): CheapestChange {
  return { kind, text, ...nothing, ...more };
}

/** Where a task without a place stands once these are out of its way. */
export function placeWithout(seeker: Seeker, indices: readonly number[]): Place | null {
  for (const index of indices) seeker.lift(index);
  const place = seeker.find();
  for (const index of indices) seeker.restore(index);
  return place;
}

/** The same for one of them, and beside lunch where that was skipped for it. */
function placeBeside({ problem, ids }: World, seeker: Seeker, index: number): Place | null {
  const { span, index: piece } = at(seeker.obstacles, index);
  seeker.lift(index);
  const lunches = span && piece === null ? lunchesBack(problem, ids, span, seeker.isFree) : [];
  for (const lunch of lunches) seeker.take(lunch, 1);
  const place = seeker.find({ region: seeker.near(index) });
  for (const lunch of lunches) seeker.take(lunch, -1);
  seeker.restore(index);
  return place;
}

/** From the first to the last minute of work at a place. */
export function spanOf({ axis }: World, { wish: { parts } }: Seeker, place: Place): Span {
  const last = at(parts, place.length - 1);
  return {
    start: timeOf(axis, at(place, 0) + at(parts, 0).lead),
    end: timeOf(axis, at(place, place.length - 1) + last.lead) + last.work * minuteMs,
  };
}

export function times({ problem: { calendar } }: World, { start, end }: Span) {
  return { start_time: isoIn(calendar.zone, start), end_time: isoIn(calendar.zone, end) };
}

/** The change that takes one obstacle away, if that alone makes a place and a person could make it. */
export function lifting(world: World, seeker: Seeker, index: number): Priced[] {
  const obstacle = at(seeker.obstacles, index);
  const place = obstacle.kind === "task" || obstacle.kind === "hours" ? null : placeBeside(world, seeker, index);
  if (!place) return [];

  const span = spanOf(world, seeker, place);
  switch (obstacle.kind) {
    case "deadline":
      return later(world, seeker, span);
    case "event":
      return freed(world, obstacle);
    case "constraint":
      return unbound(world, obstacle);
    case "dependency":
      return independent(world, obstacle);
    case "earliest_start":
      return sooner(world, seeker, span);
    case "horizon":
      return moreDays(world, seeker, span);
    case "cap":
      return higherCap(world, seeker, index, place);
    default:
      return [];
  }
}

function later(world: World, { wish: { item } }: Seeker, { end }: Span): Priced[] {
  const { weights, calendar } = world.problem;
  const { taskId = null, priority = "medium", deadline = null } = item.want ?? {};
  const late = weights.late + weights.tardiness_per_minute * minutes({ start: deadline ?? end, end });
  const text = `Move its deadline to ${momentName(calendar.zone, end)}.`;
  const change = changeOf("move_deadline", text, { task_id: taskId, end_time: isoIn(calendar.zone, end) });
  return [{ cost: weights.priority[priority] * late, change }];
}

function freed(world: World, { id, span, title }: Obstacle): Priced[] {
  if (!span) return [];
  const { weights, calendar } = world.problem;
  const text = `Free ${spanName(calendar.zone, span)}, which '${title}' takes.`;
  const cost = weights.event_moved + weights.event_moved_per_minute * minutes(span);
  return [{ cost, change: changeOf("free_time", text, { event_id: id, ...times(world, span) }) }];
}

function unbound(world: World, { span, title }: Obstacle): Priced[] {
  if (!span) return [];
  const { weights, calendar } = world.problem;
  const text = `Give up '${title}', ${spanName(calendar.zone, span)}.`;
  const cost = weights.event_moved + weights.soft_constraint_per_minute * minutes(span);
  return [{ cost, change: changeOf("drop_constraint", text, { event_id: title, ...times(world, span) }) }];
}

/** An order that somebody asked for is as firm as a meeting. */
function independent({ problem: { weights } }: World, { id, title }: Obstacle): Priced[] {
  const text = `Let it go ahead without waiting for '${title}'.`;
  return [{ cost: weights.event_moved, change: changeOf("drop_dependency", text, { task_id: id }) }];
}

function sooner(world: World, { wish: { item } }: Seeker, span: Span): Priced[] {
  const { weights, calendar } = world.problem;
  const text = `Let it start on ${momentName(calendar.zone, span.start)} already.`;
  const change = changeOf("drop_constraint", text, { task_id: item.want?.taskId ?? null, ...times(world, span) });
  return [{ cost: weights.event_moved, change }];
}

function moreDays(world: World, { wish: { item } }: Seeker, span: Span): Priced[] {
  const { weights, calendar } = world.problem;
  const hours = (span.end - calendar.end) / (60 * minuteMs);
  const days = daysTo(world, span.end);
  const cost = weights.priority[item.want?.priority ?? "medium"] * weights.delay_per_hour * hours;
  const text = `Plan ${count(days, "day")} ahead: it fits on ${dayName(calendar.zone, span.end - 1)}.`;
  return [{ cost, change: changeOf("more_days", text, { minutes: days * 1_440, ...times(world, span) }) }];
}

/** From the first day planned to the one of `end`, both included. */
function daysTo({ days, problem: { axis } }: World, end: number): number {
  const first = days.find((day) => day.end > axis.origin)?.date;
  const last = days.findLast((day) => day.start < end)?.date;
  return first && last ? first.until(last, { largestUnit: "days" }).days + 1 : 0;
}

/** As much as the fullest day of its place would then hold. */
function higherCap(world: World, seeker: Seeker, index: number, place: Place): Priced[] {
  const bound = seeker.bounds.get(index);
  // A habit that is done so many times a week is done once a day, whatever the limit.
  if (bound?.rule !== "cap" || (bound.alone && seeker.wish.item.want?.occasion)) return [];
  const most = Math.max(...place.map((slot) => loadAt(world, seeker, bound.cap, slot, place)));
  const { weights } = world.problem;
  const text = `Allow ${hoursName(most)} ${bound.alone ? "of it" : "of tasks"} on one day.`;
  const cost = weights.late_hours_per_minute * (most - bound.cap.minutes);
  return [
    {
      cost,
      change: changeOf("raise_cap", text, {
        task_id: bound.alone ? (seeker.wish.item.want?.taskId ?? null) : null,
        minutes: most,
      }),
    },
  ];
}

function loadAt(world: World, { wish: { parts } }: Seeker, cap: Cap, slot: number, place: Place): number {
  const loads = createLoads(world, new Uint8Array(world.obstacles.length));
  const day = loads.dayOf(slot);
  const own = parts.reduce(
    (sum, { work, lead }, part) => (loads.dayOf(at(place, part) + lead) === day ? sum + work : sum),
    0,
  );
  return loads.on(day, cap.items) + own;
}
