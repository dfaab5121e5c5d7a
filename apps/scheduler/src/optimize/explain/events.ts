import { type Eta, isoIn, type ScheduledEvent } from "../../contract/index.ts";
import type { Forecast } from "../confidence/confidence.ts";
import type { Engagement } from "../problem/demand.ts";
import type { Item } from "../problem/item.ts";
import { held } from "../problem/held.ts";
import type { Problem } from "../problem/problem.ts";
import { at, minuteMs, overlaps, type Span, subtract } from "../time/spans.ts";
import type { State } from "../search/state.ts";
import { lengthName } from "../time/words.ts";

/** An item where it stands. */
export type Placed = Span & { readonly item: Item; readonly index: number };

/** Everything placed, in order of time. */
export function placedItems(state: State<Problem>): Placed[] {
  const placed: Placed[] = [];
  state.problem.items.forEach((item, index) => {
    const span = state.span(index);
    if (span) placed.push({ ...span, item, index });
  });
  return placed.sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
}

export function eventOf(
  placed: Placed,
  zone: string,
  words: { reason: string; forecast: Forecast | null },
): ScheduledEvent {
  const { item } = placed;
  return {
    id: item.id,
    task_id: item.want?.taskId ?? null,
    title: item.title,
    start_time: isoIn(zone, placed.start),
    end_time: isoIn(zone, placed.end),
    type: item.kind,
    priority: item.want?.priority ?? null,
    category: item.want?.category ?? null,
    pinned: item.want?.locked ?? false,
    reason: words.reason,
    p_on_time: words.forecast?.onTime ?? null,
    eta: words.forecast && etaOf(words.forecast, zone),
    explanation: null,
  };
}

/** To the full minute; null where the days planned may not suffice. */
function etaOf({ p50, p80, p95 }: Forecast, zone: string): Eta {
  const said = (time: number) => (time === Infinity ? null : isoIn(zone, Math.ceil(time / minuteMs) * minuteMs));
  return { p50: said(p50), p80: said(p80), p95: said(p95) };
}

/** A rest and the minutes of work before it. */
export type Break = Span & { readonly worked: number };

/** After so long a gap work starts afresh: no break is shown in it. */
const longGapMs = 4 * 60 * minuteMs;

/** The breaks of a plan: one where continuous work reaches the limit, or would with the task that follows. */
export function breaks({ axis, calendar, preferences, fixed, rules }: Problem, placed: readonly Placed[]): Break[] {
  const length = preferences.break_duration_minutes * minuteMs;
  const limit = preferences.break_frequency_minutes;
  const tasks = placed.filter(({ item }) => item.kind === "task");
  const lunches = placed.filter(({ item }) => item.kind === "lunch");
  const events = [
    ...fixed.map(held),
    ...placed.filter(({ item }) => item.kind === "event").map(withBuffers),
    ...ways(tasks),
  ];
  const own = rules.filter(({ type, hard }) => hard && (type === "break" || type === "lunch"));

  const found: Break[] = [];
  let worked = 0;
  for (let index = 0; index < tasks.length - 1; index += 1) {
    const task = at(tasks, index);
    const next = at(tasks, index + 1);
    const gap = { start: task.end, end: next.start };
    worked += task.item.minutes;
    if (gap.end - gap.start >= longGapMs) worked = 0;
    if (worked === 0 || gap.end <= gap.start) continue;

    const inGap = events.filter((event) => overlaps(event, gap));
    const rests = subtract([gap], inGap).filter(({ start, end }) => end - start >= length);
    const [first] = rests;
    if (!first) continue;
    const due = worked >= limit || worked + next.item.minutes > limit;
    const provided = [...lunches, ...own].some((rest) => overlaps(rest, gap) && rest.end - rest.start >= length);
    const before = worked;
    worked = 0;
    if (!due || provided) continue;
    const ahead = { start: Math.max(gap.start, axis.origin), end: Math.min(gap.end, calendar.end) };
    // Tasks put by hand may overlap others, and last on into what looks like a gap.
    const taken = [...inGap, ...lunches, ...tasks.filter((other) => overlaps(other, ahead))];
    const [room] = subtract([ahead], taken).filter(({ start, end }) => end - start >= length);
    if (room) found.push({ start: room.start, end: room.start + length, worked: before });
  }
  return found;
}

function withBuffers({ start, end, item: { buffer } }: Placed): Span {
  return held({ start, end, buffer });
}

/** The buffers around tasks: no one works in them, and no one rests. */
function ways(tasks: readonly Placed[]): Span[] {
  return tasks
    .filter(({ item: { buffer } }) => buffer.before + buffer.after > 0)
    .flatMap((task) => subtract([withBuffers(task)], [task]));
}

export function breakEvent({ start, end, worked }: Break, zone: string): ScheduledEvent {
  const startTime = isoIn(zone, start);
  return {
    id: `break-${startTime}`,
    task_id: null,
    title: "Break",
    start_time: startTime,
    end_time: isoIn(zone, end),
    type: "break",
    priority: null,
    category: null,
    pinned: false,
    reason: `After ${lengthName(worked)} of work`,
    p_on_time: null,
    eta: null,
    explanation: null,
  };
}

/** A moveable event that has no other place: it is shown where it was. */
export function stuckEvent({ id, title, start, end }: Engagement, zone: string): ScheduledEvent {
  return {
    id,
    task_id: null,
    title,
    start_time: isoIn(zone, start),
    end_time: isoIn(zone, end),
    type: "event",
    priority: null,
    category: null,
    pinned: false,
    reason: "It ought to move, but there is no other place for it",
    p_on_time: null,
    eta: null,
    explanation: null,
  };
}
