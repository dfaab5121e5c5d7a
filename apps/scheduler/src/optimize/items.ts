import type { Weights } from "../contract/index.ts";
import { type Axis, slotAfter, slotOf, timeOf } from "./axis.ts";
import { costOf, costRules, type Layers } from "./costs.ts";
import type { Engagement, Rule, Want } from "./demand.ts";
import { feasible, type Item } from "./item.ts";
import { type Home, ranked } from "./model.ts";
import { hoursOf, type Hours } from "./hours.ts";
import { covers, minuteMs, minutes, overlaps, type Span } from "./spans.ts";
import { missing } from "./weights.ts";

export type Room = {
  readonly axis: Axis;
  readonly weights: Weights;
  readonly hours: Record<Hours, readonly Span[]>;
  readonly free: Record<Hours, readonly Span[]>;
  /** Slots in a row that are free from each slot on. */
  readonly runs: Record<Hours, Int32Array>;
  readonly layers: Layers;
};

export function taskItem(want: Want, room: Room): Item {
  const { axis, weights } = room;
  const slots = Math.ceil(want.minutes / axis.grid);
  const rules = costRules(want, axis, room.layers, weights);
  // Staying costs what the place costs, without the cost of moving.
  const home = homeOf(want, room, (slot) =>
    costOf(
      rules.filter(({ name }) => name !== "moved"),
      slot,
    ),
  );
  const due = want.hardDeadline && want.deadline !== null ? want.deadline : Infinity;
  const last = due === Infinity ? axis.size : slotOf(axis, due - want.minutes * minuteMs);
  const hours = room.runs[hoursOf(want.category)];
  const starts = want.locked ? [] : feasible(hours, slots, 0, last).filter((slot) => !stands(want.home, axis, slot));
  return {
    kind: "task",
    id: want.id,
    title: want.title,
    want,
    minutes: want.minutes,
    slots,
    work: want.minutes,
    ...ranked(starts, (slot) => costOf(rules, slot)),
    rules,
    was: want.home,
    home,
    locked: want.locked,
    unplaced: weights.unscheduled[want.priority],
    weight: weights.priority[want.priority],
    due: want.deadline ?? Infinity,
    before: [],
    after: [],
    lags: [],
    lead: 0,
  };
}

function stands(home: Span | null, axis: Axis, slot: number): boolean {
  return home !== null && home.start === timeOf(axis, slot);
}

/** A task may stay where it stands if every hard rule about it still lets it, to the minute. */
function homeOf(want: Want, { axis, free }: Room, cost: (slot: number) => number): Home | null {
  const { home } = want;
  if (!home) return null;

  const inTime = !want.hardDeadline || want.deadline === null || home.end <= want.deadline;
  if (!want.locked && !(inTime && covers(free[hoursOf(want.category)], home))) return null;
  return slotted(home, axis, cost);
}

function slotted(span: Span, axis: Axis, cost: (slot: number) => number): Home {
  const from = Math.max(0, slotOf(axis, span.start));
  return { ...span, from, to: Math.max(from, slotAfter(axis, span.end)), cost: cost(from) };
}

/** How far from its day a moveable event may go. */
const reachDays = 3;

/** A moveable event goes to working hours, or stays with the hours that it is in now. */
export function eventItem(
  event: Engagement,
  room: Room,
  { fixed, bars }: { fixed: readonly Span[]; bars: readonly Rule[] },
): Item {
  const { axis, weights, hours } = room;
  const length = minutes(event);
  const slots = Math.ceil(length / axis.grid);
  const reach = Math.round((reachDays * 24 * 60) / axis.grid);
  const at = slotOf(axis, event.start);
  const barred = (slot: number) => {
    const span = { start: timeOf(axis, slot), end: timeOf(axis, slot + slots) };
    return stands(event, axis, slot) || bars.some((bar) => overlaps(bar, span));
  };
  const cost = (slot: number) => {
    const away = Math.abs(timeOf(axis, slot) - event.start) / minuteMs;
    return Math.round(weights.event_moved + weights.event_moved_per_minute * away);
  };
  const runs = room.runs[covers(hours.work, event) ? "work" : "personal"];
  const starts = feasible(runs, slots, at - reach, at + reach).filter((slot) => !barred(slot));
  const stays = ![...fixed, ...bars].some((other) => overlaps(other, event));
  return {
    kind: "event",
    id: event.id,
    title: event.title,
    want: null,
    minutes: length,
    slots,
    work: 0,
    ...ranked(starts, cost),
    rules: [],
    was: event,
    home: stays ? slotted(event, axis, () => 0) : null,
    locked: false,
    unplaced: missing,
    weight: 0,
    due: Infinity,
    before: [],
    after: [],
    lags: [],
    lead: 0,
  };
}

/**
 * Writes who waits for whom into the items. A locked item waits for nobody: it was put there by hand.
 * Pieces of one task keep their order.
 */
export function link(items: readonly Item[]): Item[] {
  const pieces = new Map<string, number[]>();
  items.forEach(({ want }, index) => {
    if (want) pieces.set(want.taskId, [...(pieces.get(want.taskId) ?? []), index]);
  });
  const before = items.map(({ want, locked }, index) => {
    if (!want || locked) return [];
    const own = pieces.get(want.taskId) ?? [];
    const previous = own[own.indexOf(index) - 1];
    const others = want.dependencies.flatMap((id) => (id === want.taskId ? [] : (pieces.get(id) ?? [])));
    return [...new Set(previous === undefined ? others : [...others, previous])];
  });
  const after = items.map((): number[] => []);
  before.forEach((indices, index) => indices.forEach((other) => after[other]?.push(index)));
  return items.map((item, index) => ({
    ...item,
    before: before[index] ?? [],
    lags: (before[index] ?? []).map(() => 0),
    after: after[index] ?? [],
  }));
}
