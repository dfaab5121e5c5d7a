import { slotOf, timeOf } from "../time/axis.ts";
import type { Engagement, Rule } from "./demand.ts";
import type { Ground } from "./ground.ts";
import { heldAround, homeAt, standsAt } from "./home.ts";
import { type Item, type Size, sizeOf, workless } from "./item.ts";
import { ranked } from "../search/model.ts";
import type { Room } from "./room.ts";
import { covers, minuteMs, minutes, overlaps, type Span } from "../time/spans.ts";

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
export function eventItem(event: Engagement, room: Room, hall: Hall): Item {
  const { axis, weights } = room;
  const { id, title, buffer, start, end } = event;
  const length = minutes(event);
  const size = sizeOf(length, buffer, axis.grid);
  const cost = (slot: number) => {
    const away = Math.abs(timeOf(axis, slot + size.lead) - start) / minuteMs;
    return Math.round(weights.event_moved + weights.event_moved_per_minute * away);
  };
  const stays = ![...hall.fixed, ...hall.bars].some((other) => overlaps(other, event));
  return {
    ...workless,
    kind: "event",
    id,
    title,
    buffer,
    minutes: length,
    ...size,
    ...ranked(startsOf(event, size, room, hall), cost),
    was: { start, end },
    // The calendar put it there, in others' buffers maybe: it takes but its own time for itself.
    home: stays ? homeAt(heldAround(event, length, size, axis), axis, 0, { start, end }) : null,
  };
}

/** First slots of every other place that it may have, a few days around the one that it has. */
function startsOf(event: Engagement, size: Size, { axis, clearRuns }: Room, hall: Hall): number[] {
  const { runs } = covers(hall.work.hours, event) ? hall.work : hall.personal;
  const inner = Math.ceil(minutes(event) / axis.grid);
  const reach = Math.round((reachDays * 24 * 60) / axis.grid);
  const now = slotOf(axis, event.start);
  const starts: number[] = [];
  for (let slot = Math.max(0, now - reach); slot <= Math.min(axis.size - 1, now + reach); slot += 1) {
    const first = slot + size.lead;
    const span = { start: timeOf(axis, first), end: timeOf(axis, first + inner) };
    if ((runs[first] ?? 0) < inner || (clearRuns[slot] ?? 0) < size.slots || standsAt(event, axis, first)) continue;
    if (!hall.bars.some((bar) => overlaps(bar, span))) starts.push(slot);
  }
  return starts;
}
