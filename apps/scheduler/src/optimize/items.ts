import type { Weights } from "../contract/index.ts";
import { type Axis, slotAfter, slotOf, timeOf } from "./axis.ts";
import { costOf, costRules, type Layers } from "./costs.ts";
import type { Engagement, Rule, Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import { type Item, lengths } from "./item.ts";
import { type Home, ranked } from "./model.ts";
import { covers, minuteMs, minutes, overlaps, type Span } from "./spans.ts";
import { missing } from "./weights.ts";

export type Room = {
  readonly axis: Axis;
  readonly weights: Weights;
  /** Where each task may stand. */
  readonly groundOf: (want: Want) => Ground;
  /** Time without fixed events and hard blocks, whatever the hour: buffers may stand there. */
  readonly clear: readonly Span[];
  /** Slots of it in a row from each slot on. */
  readonly clearRuns: Int32Array;
  readonly layers: Layers;
  /** The number of each category. */
  readonly groups: ReadonlyMap<string, number>;
};

export function taskItem(want: Want, room: Room): Item {
  const { axis, weights } = room;
  const ground = room.groundOf(want);
  const size = lengths(want.minutes, want.buffer, axis.grid);
  const rules = costRules(want, axis, room.layers, weights, { ground, ...size });
  // Staying costs what the place costs, without the cost of moving.
  const staying = rules.filter(({ name }) => name !== "moved");
  const isOver = want.locked && want.home !== null && want.home.end <= axis.origin;
  return {
    kind: "task",
    id: want.id,
    title: want.title,
    want,
    ground,
    buffer: want.buffer,
    minutes: want.minutes,
    ...size,
    work: want.minutes,
    ...ranked(want.locked ? [] : startsOf(want, ground, size, room), (slot) => costOf(rules, slot + size.lead)),
    rules,
    was: want.home,
    home: homeOf(want, room, ground, size, (slot) => costOf(staying, slot)),
    locked: want.locked,
    unplaced: unplacedCost(want, weights),
    weight: weights.priority[want.priority],
    due: want.deadline ?? Infinity,
    before: [],
    after: [],
    lags: [],
    group: isOver ? -1 : (room.groups.get(want.category) ?? -1),
  };
}

type Size = { readonly slots: number; readonly lead: number };

/** First slots of every place that the task may have by its own rules. */
function startsOf(want: Want, { runs }: Ground, { slots, lead }: Size, { axis, clearRuns }: Room): number[] {
  const { earliest, occasion, hardDeadline, deadline } = want;
  const soonest = Math.max(axis.origin, earliest ?? axis.origin, occasion?.days.start ?? axis.origin);
  const due = hardDeadline && deadline !== null ? deadline : Infinity;
  const latest = Math.min(due - want.minutes * minuteMs, (occasion?.days.end ?? Infinity) - 1);
  const last = latest === Infinity ? axis.size : Math.min(axis.size, slotOf(axis, latest) - lead);
  const work = Math.ceil(want.minutes / axis.grid);
  const starts: number[] = [];
  for (let slot = Math.max(0, slotAfter(axis, soonest) - lead); slot <= last; slot += 1)
    if ((runs[slot + lead] ?? 0) >= work && (clearRuns[slot] ?? 0) >= slots && !stands(want.home, axis, slot + lead))
      starts.push(slot);
  return starts;
}

/**
 * Leaving a split task out costs as much as leaving a whole one out. The last piece carries at least half of it, so
 * that no plan gains by placing a part of two tasks instead of one.
 */
function unplacedCost({ priority, piece }: Want, { unscheduled }: Weights): number {
  const whole = Math.round(unscheduled[priority]);
  if (!piece) return whole;
  const each = Math.floor(whole / (2 * piece.of));
  return piece.number < piece.of ? each : whole - each * (piece.of - 1);
}

function stands(home: Span | null, axis: Axis, slot: number): boolean {
  return home !== null && home.start === timeOf(axis, slot);
}

/** A task may stay where it stands if every hard rule about it still lets it, to the minute. */
function homeOf(
  want: Want,
  { axis, clear }: Room,
  { free }: Ground,
  size: Size,
  cost: (slot: number) => number,
): Home | null {
  const { home } = want;
  if (!home) return null;

  const held = around(home, want, axis, size);
  // Who is on the way already may go on.
  const ahead = { start: Math.max(held.start, Math.min(home.start, axis.origin)), end: held.end };
  const isLawful = isTimely(want, home) && covers(free, home) && covers(clear, ahead);
  if (!want.locked && !isLawful) return null;
  return { ...slotted(held, axis, cost(Math.max(0, slotOf(axis, home.start)))), resized: want.resized };
}

function isTimely({ earliest, hardDeadline, deadline, occasion }: Want, home: Span): boolean {
  if (earliest !== null && home.start < earliest) return false;
  if (occasion && (home.start < occasion.days.start || home.start >= occasion.days.end)) return false;
  return !hardDeadline || deadline === null || home.end <= deadline;
}

/** A place with its buffers, in whole slots as everywhere else. */
function around({ start, end }: Span, { minutes: length }: { minutes: number }, axis: Axis, size: Size): Span {
  const slotMs = axis.grid * minuteMs;
  const trail = size.slots - size.lead - Math.ceil(length / axis.grid);
  return { start: start - size.lead * slotMs, end: end + trail * slotMs };
}

function slotted(held: Span, axis: Axis, cost: number, stands: Span = held): Home {
  const from = Math.max(0, slotOf(axis, held.start));
  return { ...stands, from, to: Math.max(from, slotAfter(axis, held.end)), cost, resized: false };
}

/** How far from its day a moveable event may go. */
const reachDays = 3;

/** Where events stay, where none may go, and the hours that they go to: working hours, or any. */
type Hall = {
  readonly fixed: readonly Span[];
  readonly bars: readonly Rule[];
  readonly work: Ground;
  readonly personal: Ground;
};

/** A moveable event goes to working hours, or stays with the hours that it is in now. */
export function eventItem(event: Engagement, room: Room, { fixed, bars, work, personal }: Hall): Item {
  const { axis, weights } = room;
  const length = minutes(event);
  const size = lengths(length, event.buffer, axis.grid);
  const reach = Math.round((reachDays * 24 * 60) / axis.grid);
  const now = slotOf(axis, event.start);
  const { runs } = covers(work.hours, event) ? work : personal;
  const inner = Math.ceil(length / axis.grid);
  const starts: number[] = [];
  for (let slot = Math.max(0, now - reach); slot <= Math.min(axis.size - 1, now + reach); slot += 1) {
    const first = slot + size.lead;
    const span = { start: timeOf(axis, first), end: timeOf(axis, first + inner) };
    if ((runs[first] ?? 0) < inner || (room.clearRuns[slot] ?? 0) < size.slots || stands(event, axis, first)) continue;
    if (!bars.some((bar) => overlaps(bar, span))) starts.push(slot);
  }
  const cost = (slot: number) => {
    const away = Math.abs(timeOf(axis, slot + size.lead) - event.start) / minuteMs;
    return Math.round(weights.event_moved + weights.event_moved_per_minute * away);
  };
  const stays = ![...fixed, ...bars].some((other) => overlaps(other, event));
  return {
    kind: "event",
    id: event.id,
    title: event.title,
    want: null,
    ground: null,
    buffer: event.buffer,
    minutes: length,
    ...size,
    work: 0,
    ...ranked(starts, cost),
    rules: [],
    was: { start: event.start, end: event.end },
    // The calendar put it there, in others' buffers maybe: it takes but its own time for itself.
    home: stays
      ? slotted(around(event, { minutes: length }, axis, size), axis, 0, { start: event.start, end: event.end })
      : null,
    locked: false,
    unplaced: missing,
    weight: 0,
    due: Infinity,
    before: [],
    after: [],
    lags: [],
    group: -1,
  };
}
