import { slotOf, timeOf } from "../time/axis.ts";
import type { Engagement, Rule } from "./demand.ts";
import type { Ground } from "./ground.ts";
import { type Item, lengths } from "./item.ts";
import { ranked } from "../search/model.ts";
import { around, type Room, slotted, stands } from "./place.ts";
import { covers, minuteMs, minutes, overlaps, type Span } from "../time/spans.ts";
import { missing } from "./weights.ts";

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
