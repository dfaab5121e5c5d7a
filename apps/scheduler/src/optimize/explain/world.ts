import type { ConflictElement } from "../../contract/index.ts";
import type { Engagement, Want } from "../problem/demand.ts";
import { type Axis, inside, slotAfter, slotOf } from "../time/axis.ts";
import { createCalendar, type Day } from "../time/calendar.ts";
import { createGrounds } from "../problem/ground.ts";
import { lunchesFrom } from "./meal.ts";
import type { Problem } from "../problem/problem.ts";
import { type Meeting, meetingsOf, type Standing, workOf } from "./rest.ts";
import { merge, minuteMs, type Span, subtract } from "../time/spans.ts";
import type { State } from "../search/state.ts";
import { spanName } from "../time/words.ts";

/** Something that may keep a task from having a place. What only is a rule takes no slots: `from` is `to`. */
export type Obstacle = {
  readonly kind: ConflictElement["kind"];
  readonly id: string | null;
  readonly title: string;
  readonly text: () => string;
  readonly from: number;
  readonly to: number;
  /** The placed piece that it is. */
  readonly index: number | null;
  /** When it takes place, without what is kept free around it. */
  readonly span: Span | null;
};

/** A plan as one who finds no place in it sees it: all that takes time, on an axis that goes on behind the horizon. */
export type World = {
  readonly problem: Problem;
  readonly state: State<Problem>;
  readonly axis: Axis;
  readonly obstacles: readonly Obstacle[];
  /** How many of them take each slot. */
  readonly busy: Uint16Array;
  /** Hours behind the horizon. */
  readonly beyond: (want: Want) => readonly Span[];
  readonly days: readonly Day[];
  /** What of them is work, and what are meetings; sorted by start. */
  readonly work: readonly Standing[];
  readonly meetings: readonly Meeting[];
  /** The obstacle that each placed piece is. */
  readonly position: ReadonlyMap<number, number>;
  /** Ids of all pieces, placed or not, and of all that stands in the calendar. */
  readonly ids: ReadonlySet<string>;
  /** What events and hard rules leave of hours. */
  readonly free: (hours: readonly Span[]) => readonly Span[];
  readonly placed: readonly Span[];
};

/** So many days behind the horizon are looked at; they are taken to hold their events, lunch and nothing else. */
const daysBeyond = 14;

export function createWorld(state: State<Problem>): World {
  const { problem } = state;
  const { calendar, preferences } = problem;
  const beyond = createCalendar(calendar.zone, calendar.end, daysBeyond);
  const step = problem.axis.grid * minuteMs;
  const size = Math.floor((beyond.end - problem.axis.origin) / step);
  const axis = { ...problem.axis, size };
  const groundOf = createGrounds({ axis, calendar: beyond, preferences, start: calendar.end, keptOut: [] });
  const obstacles = [...events(problem, axis), ...constraints(problem, axis), ...pieces(state)].map(said);
  const spans = (isPiece: boolean) =>
    merge(obstacles.flatMap(({ index, span }) => ((index !== null) === isPiece && span ? [span] : [])));
  const barred = spans(false);
  const known = new Map<readonly Span[], readonly Span[]>();
  const busy = new Uint16Array(size);
  for (const obstacle of obstacles) take(busy, obstacle, 1);
  const slots = ({ start, end }: Span) => ({ from: slotOf(axis, start), to: slotAfter(axis, end) });
  const isFree = (span: Span) => busy.subarray(slots(span).from, slots(span).to).every((count) => count === 0);
  for (const lunch of lunchesFrom(calendar.end, beyond, preferences, isFree)) take(busy, slots(lunch), 1);
  return {
    problem,
    state,
    axis,
    obstacles,
    busy,
    days: [
      ...calendar.days.filter(({ start }) => start < calendar.end),
      ...beyond.days.filter(({ start }) => start >= calendar.end),
    ],
    beyond: (want) => groundOf(want).hours,
    work: workOf(obstacles, problem),
    meetings: meetingsOf(obstacles, problem),
    position: new Map(obstacles.flatMap(({ index }, each) => (index === null ? [] : [[index, each] as const]))),
    ids: new Set([...problem.items, ...problem.fixed].map(({ id }) => id)),
    placed: spans(true),
    free(hours) {
      const left = known.get(hours) ?? subtract(hours, barred);
      known.set(hours, left);
      return left;
    },
  };
}

export function take(busy: Uint16Array, { from, to }: Pick<Obstacle, "from" | "to">, by: 1 | -1): void {
  for (let slot = Math.max(0, from); slot < to && slot < busy.length; slot += 1) busy[slot] = (busy[slot] ?? 0) + by;
}

/** The same, its text made once at most: naming moments in a time zone is slow. */
function said(obstacle: Obstacle): Obstacle {
  let text: string | undefined;
  return { ...obstacle, text: () => (text ??= obstacle.text()) };
}

/** 1 for each slot in which work may be done by these hours. */
export function maskOf({ axis }: World, hours: readonly Span[]): Uint8Array {
  return inside(axis, hours);
}

function events({ fixed, calendar }: Problem, axis: Axis): Obstacle[] {
  return fixed.map((event) => ({
    kind: "event",
    id: event.id,
    title: event.title,
    text: () => `'${event.title}' takes ${spanName(calendar.zone, event)}${around(event)}`,
    from: slotOf(axis, event.start - event.buffer.before * minuteMs),
    to: slotAfter(axis, event.end + event.buffer.after * minuteMs),
    index: null,
    span: event,
  }));
}

function around({ buffer: { before, after } }: Engagement): string {
  if (before === 0 && after === 0) return "";
  return `, with ${[before > 0 && `${before} min before`, after > 0 && `${after} min after`].filter(Boolean).join(" and ")}`;
}

function constraints({ rules, calendar }: Problem, axis: Axis): Obstacle[] {
  return rules
    .filter(({ type, hard }) => hard && (type === "time_block" || type === "break" || type === "lunch"))
    .map((rule) => ({
      kind: "constraint",
      id: null,
      title: rule.description,
      text: () => `'${rule.description}' keeps ${spanName(calendar.zone, rule)} free`,
      from: slotOf(axis, rule.start),
      to: slotAfter(axis, rule.end),
      index: null,
      span: rule,
    }));
}

function pieces(state: State<Problem>): Obstacle[] {
  const { items, calendar } = state.problem;
  return items.flatMap((item, index): Obstacle[] => {
    const span = state.span(index);
    if (!span) return [];
    const title = item.kind === "lunch" ? "Lunch" : item.title;
    const name = item.kind === "lunch" ? title : `'${title}'`;
    return [
      {
        kind: item.kind,
        id: item.id,
        title,
        text: () => `${name} stands ${spanName(calendar.zone, span)}`,
        from: state.space.from[index] ?? 0,
        to: state.space.to[index] ?? 0,
        index,
        span,
      },
    ];
  });
}
