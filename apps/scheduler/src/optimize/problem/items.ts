import type { Weights } from "../../contract/index.ts";
import { slotOf } from "../time/axis.ts";
import { costOf } from "./costs.ts";
import type { Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import { heldAround, homeAt, standsAt } from "./home.ts";
import { type Item, type Size, sizeOf } from "./item.ts";
import { type Home, ranked } from "../search/model.ts";
import { costRules } from "./objective.ts";
import type { Room } from "./room.ts";
import { isTimely, timelySlots } from "./timely.ts";
import { covers } from "../time/spans.ts";

export function taskItem(want: Want, room: Room): Item {
  const { axis, weights } = room;
  const ground = room.groundOf(want);
  const size = sizeOf(want.minutes, want.buffer, axis.grid);
  const rules = costRules(want, room, ground, size);
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

/** First slots of every place that the task may have by its own rules, but for the one that it has. */
function startsOf(want: Want, { runs }: Ground, size: Size, { axis, clearRuns }: Room): number[] {
  const { slots, lead } = size;
  const { first, last } = timelySlots(want, size, axis);
  const work = Math.ceil(want.minutes / axis.grid);
  const starts: number[] = [];
  for (let slot = first; slot <= last; slot += 1)
    if ((runs[slot + lead] ?? 0) >= work && (clearRuns[slot] ?? 0) >= slots && !standsAt(want.home, axis, slot + lead))
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

  const held = heldAround(home, want.minutes, size, axis);
  // Who is on the way already may go on.
  const ahead = { start: Math.max(held.start, Math.min(home.start, axis.origin)), end: held.end };
  const isLawful = isTimely(want, home) && covers(free, home) && covers(clear, ahead);
  if (!want.locked && !isLawful) return null;
  // A piece that was cut anew is another one, though it starts where the old one did.
  const recut = want.piece && want.resized ? Math.round(weights.task_moved) : 0;
  const stay = cost(slotOf(axis, home.start)) + recut;
  return { ...homeAt(held, axis, stay), resized: want.resized };
}
