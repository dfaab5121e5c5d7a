import type { Weights } from "../../contract/index.ts";
import { slotAfter, slotOf } from "../time/axis.ts";
import { costOf, costRules } from "./costs.ts";
import type { Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import { type Item, lengths } from "./item.ts";
import { type Home, ranked } from "../search/model.ts";
import { around, type Room, type Size, slotted, stands } from "./place.ts";
import { covers, minuteMs, type Span } from "../time/spans.ts";

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

/** A task may stay where it stands if every hard rule about it still lets it, to the minute. */
function homeOf(
  want: Want,
  { axis, clear, weights }: Room,
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
  // A piece that was cut anew is another one, though it starts where the old one did.
  const recut = want.piece && want.resized ? Math.round(weights.task_moved) : 0;
  const stay = cost(Math.max(0, slotOf(axis, home.start))) + recut;
  return { ...slotted(held, axis, stay), resized: want.resized };
}

function isTimely({ earliest, hardDeadline, deadline, occasion }: Want, home: Span): boolean {
  if (earliest !== null && home.start < earliest) return false;
  if (occasion && (home.start < occasion.days.start || home.start >= occasion.days.end)) return false;
  return !hardDeadline || deadline === null || home.end <= deadline;
}
