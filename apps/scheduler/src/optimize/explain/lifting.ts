import { isoIn } from "../../contract/index.ts";
import { lunchesBack } from "./lunches.ts";
import { least, raisedCap } from "./raise.ts";
import type { Obstacle } from "./obstacles.ts";
import { timesOf } from "./events.ts";
import { changeOf, type Priced } from "./priced.ts";
import type { Place, Seeker } from "./seek.ts";
import { tardiness } from "../problem/tardiness.ts";
import { timeOf } from "../time/axis.ts";
import { at, minuteMs, minutes, type Span } from "../time/spans.ts";
import { count, dayName, momentName, spanName } from "../time/words.ts";
import type { World } from "./world.ts";

/** An obstacle by its position, and where the task stands without it. */
type Lifted = {
  readonly world: World;
  readonly seeker: Seeker;
  readonly index: number;
  readonly obstacle: Obstacle;
  readonly place: Place;
  /** From the first to the last minute of its work there. */
  readonly span: Span;
};

/** The change that takes one obstacle away, if that alone makes a place and a person could make it. */
export function lifting(world: World, seeker: Seeker, index: number): Priced | null {
  const obstacle = at(seeker.obstacles, index);
  const changed = changes[obstacle.kind];
  const place = changed && placeBeside(world, seeker, index);
  return place && changed({ world, seeker, index, obstacle, place, span: seeker.spanOf(place) });
}

const changes: Record<Obstacle["kind"], ((lifted: Lifted) => Priced | null) | null> = {
  deadline: later,
  event: freed,
  constraint: givenUp,
  dependency: independent,
  earliest_start: sooner,
  horizon: moreDays,
  cap: raisedCap,
  // Changed by a part, not lifted whole: see `leavingOut`, `longerHours`, `shorter`.
  task: null,
  hours: null,
  // What the person asks of every day is not up for change.
  window: null,
  lunch: null,
  rest: null,
};

/** Where a task without a place stands without that obstacle, lunch where that was skipped for it having its room too. */
function placeBeside({ problem, ids }: World, seeker: Seeker, index: number): Place | null {
  const { span, index: piece, kind } = at(seeker.obstacles, index);
  seeker.lift(index);
  const lunches = span && piece === null ? lunchesBack(problem, ids, span).filter(seeker.hasRoom) : [];
  const soonest = kind === "deadline" || kind === "horizon";
  const place = seeker.find({ region: seeker.near(index), lunches, soonest });
  seeker.restore(index);
  return place;
}

function later({ world, seeker: { wish }, span: { end } }: Lifted): Priced {
  const { weights, calendar } = world.problem;
  const { taskId = null, priority = "medium", deadline = null } = wish.item.want ?? {};
  const late = tardiness(minutes({ start: deadline ?? end, end }), weights);
  const text = `Move its deadline to ${momentName(calendar.zone, end)}.`;
  const change = changeOf("move_deadline", text, { task_id: taskId, end_time: isoIn(calendar.zone, end) });
  return { cost: weights.priority[priority] * late, change };
}

/** Somebody arranged an event: it costs what moving it costs, and its minutes. */
function freed({ world, obstacle: { id, span, title } }: Lifted): Priced | null {
  if (!span) return null;
  const { weights, calendar } = world.problem;
  const text = `Free ${spanName(calendar.zone, span)}, which '${title}' takes.`;
  const cost = weights.event_moved + weights.event_moved_per_minute * minutes(span);
  return { cost, change: changeOf("free_time", text, { event_id: id, ...timesOf(calendar.zone, span) }) };
}

function givenUp({ world, obstacle: { span, title } }: Lifted): Priced | null {
  if (!span) return null;
  const { weights, calendar } = world.problem;
  const text = `Give up '${title}', ${spanName(calendar.zone, span)}.`;
  const cost = weights.event_moved + weights.soft_constraint_per_minute * minutes(span);
  return { cost, change: changeOf("drop_constraint", text, { event_id: title, ...timesOf(calendar.zone, span) }) };
}

/** An order that somebody asked for is as firm as a meeting. */
function independent({ world, obstacle: { id, title } }: Lifted): Priced {
  const text = `Let it go ahead without waiting for '${title}'.`;
  return { cost: world.problem.weights.event_moved, change: changeOf("drop_dependency", text, { task_id: id }) };
}

/** As late as that does. */
function sooner({ world, seeker, index }: Lifted): Priced | null {
  const { weights, calendar } = world.problem;
  const bound = seeker.bounds.get(index);
  if (bound?.rule !== "from") return null;
  const find = (by: number) => seeker.find({ instead: { index, bound: { ...bound, slot: bound.slot - by } } });
  const place = find(least(1, bound.slot, (by) => find(by) !== null));
  if (!place) return null;

  const span = seeker.spanOf(place);
  const text = `Let it start on ${momentName(calendar.zone, span.start)} already.`;
  const about = { task_id: seeker.wish.item.want?.taskId ?? null, ...timesOf(calendar.zone, span) };
  return { cost: weights.event_moved, change: changeOf("drop_constraint", text, about) };
}

/** Behind the days planned it costs what being done so much later costs. */
function moreDays({ world, seeker: { wish }, place, span }: Lifted): Priced {
  const { weights, calendar, axis } = world.problem;
  const hours = (span.end - calendar.end) / (60 * minuteMs);
  const cost = weights.priority[wish.item.want?.priority ?? "medium"] * weights.delay_per_hour * hours;
  const last = at(place, place.length - 1);
  // What is kept free after it lies within the days planned too.
  const days = daysTo(world, timeOf(axis, last.start + last.part.slots));
  const text = `Plan ${count(days, "day")} ahead: it fits on ${dayName(calendar.zone, span.end - 1)}.`;
  return { cost, change: changeOf("more_days", text, { minutes: days * 1_440, ...timesOf(calendar.zone, span) }) };
}

/** From the first day planned to the one of `end`, both included. */
function daysTo({ days, problem: { axis } }: World, end: number): number {
  const first = days.find((day) => day.end > axis.origin)?.date;
  const last = days.findLast((day) => day.start < end)?.date;
  return first && last ? first.until(last, { largestUnit: "days" }).days + 1 : 0;
}
