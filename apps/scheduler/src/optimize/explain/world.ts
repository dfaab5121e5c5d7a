import { type Busy, take } from "./busy.ts";
import { hasRoom, type Lunch, lunchesOf } from "./lunches.ts";
import { type Obstacle, obstaclesOf } from "./obstacles.ts";
import type { Want } from "../problem/demand.ts";
import { createGrounds } from "../problem/ground.ts";
import type { Problem } from "../problem/problem.ts";
import { type Meeting, meetingsOf, type PlacedWork, worksOf } from "./rest.ts";
import type { State } from "../search/state.ts";
import { type Axis, slotOf } from "../time/axis.ts";
import { createCalendar, type Day } from "../time/calendar.ts";
import { merge, type Span, subtract } from "../time/spans.ts";

/** A plan as one who finds no place in it sees it: all that takes time, on an axis that goes on behind the horizon. */
export type World = {
  readonly problem: Problem;
  readonly state: State<Problem>;
  readonly axis: Axis;
  readonly obstacles: readonly Obstacle[];
  /** How many of them take each slot. */
  readonly busy: Busy;
  /** Lunches behind the horizon for which events leave room: they may stand anywhere in their time. */
  readonly lunches: readonly Lunch[];
  /** The days planned, the one before them, and those behind the horizon. */
  readonly days: readonly Day[];
  /** The obstacle that each placed piece is. */
  readonly position: ReadonlyMap<number, number>;
  /** Ids of all pieces, placed or not, and of all that stands in the calendar. */
  readonly ids: ReadonlySet<string>;
  /** What of the obstacles is work, and what are meetings; sorted by start. */
  readonly work: readonly PlacedWork[];
  readonly meetings: readonly Meeting[];
  /** When pieces stand; merged. */
  readonly placed: readonly Span[];
  /** What events and hard rules leave of hours. */
  readonly free: (hours: readonly Span[]) => readonly Span[];
  /** Hours behind the horizon. */
  readonly beyond: (want: Want) => readonly Span[];
};

/** So many days behind the horizon are looked at; they are taken to hold their events, lunch and nothing else. */
const daysBeyond = 14;

export function createWorld(state: State<Problem>): World {
  const { problem } = state;
  const { calendar, preferences, items, fixed } = problem;
  const later = createCalendar(calendar.zone, calendar.end, daysBeyond);
  const axis = { ...problem.axis, size: slotOf(problem.axis, later.end) };
  const groundOf = createGrounds({ axis, calendar: later, preferences, start: calendar.end, keptOut: [] });
  const obstacles = obstaclesOf(state, axis);
  const busy = new Uint16Array(axis.size);
  for (const obstacle of obstacles) take(busy, obstacle, 1);
  const behind = lunchesOf({ ...problem, axis, calendar: later }, ({ usual }) => usual.start >= calendar.end);
  return {
    problem,
    state,
    axis,
    obstacles,
    busy,
    lunches: behind.filter((lunch) => hasRoom(lunch, busy, [])),
    days: [
      ...calendar.days.filter(({ start }) => start < calendar.end),
      ...later.days.filter(({ start }) => start >= calendar.end),
    ],
    position: new Map(obstacles.flatMap(({ index }, each) => (index === null ? [] : [[index, each] as const]))),
    ids: new Set([...items, ...fixed].map(({ id }) => id)),
    work: worksOf(obstacles, problem),
    meetings: meetingsOf(obstacles, problem),
    placed: merge(obstacles.flatMap(({ index, span }) => (span && index !== null ? [span] : []))),
    free: createFree(merge(obstacles.flatMap(({ index, span }) => (span && index === null ? [span] : [])))),
    beyond: (want) => groundOf(want).hours,
  };
}

/** Many tasks have the same hours: what is left of these is worked out once. */
function createFree(barred: readonly Span[]): World["free"] {
  const known = new Map<readonly Span[], readonly Span[]>();
  return (hours) => {
    const left = known.get(hours) ?? subtract(hours, barred);
    known.set(hours, left);
    return left;
  };
}
