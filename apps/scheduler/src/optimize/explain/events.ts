import { type Eta, type Explanation, isoIn, type ScheduledEvent } from "../../contract/index.ts";
import type { Break } from "./breaks.ts";
import type { Forecast } from "../confidence/confidence.ts";
import type { Engagement } from "../problem/demand.ts";
import type { Placed } from "../problem/placed.ts";
import { minuteMs, type Span } from "../time/spans.ts";
import { lengthName } from "../time/words.ts";

/** What is said of a place, and how likely its task is to be done in time; null where there is nothing to say. */
type Words = {
  readonly reason: string;
  readonly forecast: Forecast | null;
  readonly explanation: Explanation | null;
};

export function eventOf({ item, ...span }: Placed, zone: string, words: Words): ScheduledEvent {
  const { id, title, kind, want } = item;
  return {
    ...bare(span, zone, { id, title, type: kind, reason: words.reason }),
    task_id: want?.taskId ?? null,
    priority: want?.priority ?? null,
    category: want?.category ?? null,
    pinned: want?.locked ?? false,
    p_on_time: words.forecast?.onTime ?? null,
    eta: words.forecast && etaOf(words.forecast, zone),
    explanation: words.explanation,
  };
}

/** To the full minute; null where the days planned may not suffice. */
function etaOf({ p50, p80, p95 }: Forecast, zone: string): Eta {
  const said = (time: number) => (time === Infinity ? null : isoIn(zone, Math.ceil(time / minuteMs) * minuteMs));
  return { p50: said(p50), p80: said(p80), p95: said(p95) };
}

export function breakEvent({ worked, ...span }: Break, zone: string): ScheduledEvent {
  const reason = `After ${lengthName(worked)} of work`;
  return bare(span, zone, { id: `break-${isoIn(zone, span.start)}`, title: "Break", type: "break", reason });
}

/** A moveable event that has no other place: it is shown where it was. */
export function stuckEvent({ id, title, ...span }: Engagement, zone: string): ScheduledEvent {
  const reason = "It ought to move, but there is no other place for it";
  return bare(span, zone, { id, title, type: "event", reason });
}

/** A time as answers say it: ISO 8601 with the offset of the zone. */
export function timesOf(zone: string, { start, end }: Span) {
  return { start_time: isoIn(zone, start), end_time: isoIn(zone, end) };
}

/** An event that is not a task. */
function bare(
  span: Span,
  zone: string,
  what: Pick<ScheduledEvent, "id" | "title" | "type" | "reason">,
): ScheduledEvent {
  return {
    ...what,
    ...timesOf(zone, span),
    task_id: null,
    priority: null,
    category: null,
    pinned: false,
    p_on_time: null,
    eta: null,
    explanation: null,
  };
}
