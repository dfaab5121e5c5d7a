import {
  type Change,
  isoIn,
  type OptimizeAnswer,
  type OptimizeRequest,
  type ScheduledEvent,
} from "../contract/index.ts";
import { becauseOf } from "./explain/because.ts";
import { costsAt } from "./explain/bill.ts";
import type { Item } from "./problem/item.ts";
import { type Outcome, qualityOf, type Search, solve, warningsOf } from "./outcome.ts";
import { begun } from "./progress.ts";
import { keyOf, readSchedule, type Schedule } from "./problem/schedule.ts";
import { at, overlaps, type Span } from "./time/spans.ts";
import { count, momentName } from "./time/words.ts";

export type ReplanAnswer = Omit<OptimizeAnswer, "processing_time_seconds">;

/**
 * Improves a plan, or with `least_change` repairs it: what still fits stays where it is. Pinned, running and past
 * events are never touched. Total for every parsed request.
 */
export function replan(request: OptimizeRequest, search: Search): ReplanAnswer {
  const total = request.existing_schedule.length;
  search.onProgress?.("reading", 0, () => begun(total));
  const schedule = readSchedule(request, search.now, () => void search.outOfTime());
  const outcome = solve(schedule.demand, search);
  const changes = changesOf(schedule, outcome);
  const { unscheduled, confidence } = outcome;
  const tasks = outcome.placed.filter(({ item }) => item.kind === "task");
  const failed = schedule.demand.wants.length > 0 && tasks.length === 0;
  const isInCalendar = inCalendar(schedule, request);
  return {
    success: !failed,
    optimized_schedule: merged(schedule, outcome, isInCalendar),
    improvements: improvements(schedule, outcome, changes),
    changes,
    warnings: warningsOf(outcome),
    unscheduled_tasks: [...new Set(unscheduled.map(({ task_id: id }) => id))],
    unscheduled,
    confidence_score: confidence,
    ...qualityOf(outcome),
    pinned_events: outcome.events.filter(isInCalendar),
    error: failed ? (unscheduled[0]?.reason ?? "Nothing could be planned.") : null,
  };
}

/** The new plan together with the events of the old one that are past; what stands in the calendar is not repeated. */
function merged(
  { untouched, standing }: Schedule,
  { events, problem }: Outcome,
  isInCalendar: (event: ScheduledEvent) => boolean,
): ScheduledEvent[] {
  const { zone } = problem.calendar;
  const own = new Map(standing.map(({ event }) => [keyOf(event), event]));
  const planned = events
    .filter((event) => !isInCalendar(event))
    .map((event) => ({ ...event, pinned: own.get(keyOf(event))?.pinned ?? (event.type === "task" && event.pinned) }));
  const made = new Set(planned.map(keyOf));
  const kept = untouched
    .filter(({ event }) => !made.has(keyOf(event)))
    .map(({ event, start, end }) => ({ ...event, start_time: isoIn(zone, start), end_time: isoIn(zone, end) }));
  return [...kept, ...planned].sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time));
}

/** Tells the blocks of the calendar that carry out tasks. */
function inCalendar({ standing }: Schedule, request: OptimizeRequest): (event: ScheduledEvent) => boolean {
  const own = new Set(standing.map(({ event }) => keyOf(event)));
  const calendar = new Set(request.existing_events.filter(({ task_id: id }) => id).map(({ id }) => id));
  return (event) => event.type === "task" && !own.has(keyOf(event)) && calendar.has(event.id);
}

/**
 * Tasks and moveable events that stand elsewhere, anew or not at all, and lunches that stand elsewhere; that a day has a
 * lunch or none, and breaks, follow by themselves.
 */
function changesOf(schedule: Schedule, outcome: Outcome): Change[] {
  const { placed, problem } = outcome;
  const { zone } = problem.calendar;
  const before = standingBefore(schedule, outcome);
  const changes: Change[] = [];
  for (const each of placed) {
    const { item, index, start, end } = each;
    const old = before.get(index);
    if ((item.kind === "lunch" && !old) || (item.kind === "task" && item.locked)) continue;
    if (old && old.start === start && old.end === end) continue;
    const from = old ? isoIn(zone, old.start) : null;
    const reason = old ? becauseOf({ ...outcome, before }, each, old) : whyAdded(schedule, outcome, item);
    changes.push({
      event_id: item.id,
      title: item.title,
      kind: old ? "moved" : "added",
      from,
      to: isoIn(zone, start),
      reason,
    });
  }
  const here = new Set(placed.map(({ item }) => keyOfItem(item)));
  for (const { event, start } of schedule.standing) {
    const reason = event.type === "task" && !here.has(keyOf(event)) ? whyDropped(event, outcome) : null;
    if (reason === null) continue;
    const gone = { event_id: event.id, title: event.title, kind: "dropped" as const };
    changes.push({ ...gone, from: isoIn(zone, start), to: null, reason });
  }
  return changes;
}

/** Where things stood, by the index of their item. */
function standingBefore({ standing }: Schedule, { placed }: Outcome): Map<number, Span> {
  const known = new Map(standing.map((each) => [keyOf(each.event), each]));
  return new Map(
    placed.flatMap(({ item, index }) => {
      const old = known.get(keyOfItem(item)) ?? (item.kind === "event" ? item.was : null);
      return old ? [[index, { start: old.start, end: old.end }] as const] : [];
    }),
  );
}

/** Null where the calendar carries it out now. */
function whyDropped({ id, task_id: taskId }: ScheduledEvent, { placed, unscheduled }: Outcome): string | null {
  const task = taskId ?? id;
  const left = unscheduled.find((each) => each.task_id === task);
  if (left) return left.reason;
  const other = placed.find(({ item: { want } }) => want?.taskId === task);
  if (!other) return null;
  return other.item.want?.occasion ? "It is asked for less often now." : "Its work is in the other pieces now.";
}

function whyAdded({ standing }: Schedule, { events }: Outcome, item: Item): string {
  const isPiece = standing.some(({ event }) => event.type === "task" && event.task_id === item.want?.taskId);
  if (isPiece && item.want?.piece) return "Its task is in other pieces now.";
  const event = events.find((each) => keyOf(each) === keyOfItem(item));
  return `It had no place yet: ${event?.reason ?? ""}.`;
}

function improvements(schedule: Schedule, outcome: Outcome, changes: readonly Change[]): string[] {
  if (changes.length === 0) return ["Nothing had to change: no better plan was found that is worth moving things for."];
  const { placed, problem } = outcome;
  const { zone } = problem.calendar;
  const before = new Map(schedule.standing.map((each) => [keyOf(each.event), each]));
  const sentences: string[] = [];
  for (const { item, start, end } of placed) {
    const old = before.get(keyOfItem(item));
    const due = item.want?.deadline ?? null;
    if (!old || old.start === start) continue;
    const blocker = conflict(old, item.id, schedule, outcome);
    if (blocker)
      sentences.push(`'${item.title}' no longer overlaps '${blocker}': it moved to ${momentName(zone, start)}.`);
    else if (due !== null && old.end > due && end <= due)
      sentences.push(`'${item.title}' now finishes before its deadline.`);
  }
  const added = changes.filter(({ kind }) => kind === "added").length;
  if (added > 0) sentences.push(`${count(added, "task")} found a place.`);
  return [
    ...sentences,
    ...costSentence(schedule, outcome),
    `${count(changes.filter(({ kind }) => kind === "moved").length, "event")} moved.`,
  ];
}

/** What now stands, immovably or as the plan has it, in the place that an event had. */
function conflict(old: Span, id: string, { standing }: Schedule, { problem, placed }: Outcome): string | undefined {
  const fixed = problem.fixed.find((event) => event.id !== id && overlaps(event, old));
  if (fixed) return fixed.title;
  const here = placed.find(({ item, ...span }) => item.id !== id && item.kind === "task" && overlaps(span, old));
  const both = here && standing.some((each) => each.event.id === here.item.id && overlaps(each, old));
  return both ? here.item.title : undefined;
}

/** The soft cost of the tasks that were in both plans, before and after; without the cost of moving them. */
function costSentence({ standing }: Schedule, { problem, placed }: Outcome): string[] {
  const now = new Map(placed.map((each) => [keyOfItem(each.item), each]));
  const both = standing.flatMap(({ event, start }) => {
    const here = event.type === "task" ? now.get(keyOf(event)) : undefined;
    return here ? [{ index: here.index, old: start, new: here.start }] : [];
  });
  const before = both.reduce((sum, { index, old }) => sum + soft(problem, index, old), 0);
  const after = both.reduce((sum, each) => sum + soft(problem, each.index, each.new), 0);
  return after < before ? [`Cost ${before} -> ${after} by the scale of soft rules.`] : [];
}

function soft(problem: Outcome["problem"], index: number, start: number): number {
  const costs = costsAt(at(problem.items, index), problem, start);
  return [...costs].reduce((sum, [name, cost]) => sum + (name === "moved" ? 0 : cost), 0);
}

function keyOfItem({ kind, id, want }: Item): string {
  return keyOf({ type: kind, id, task_id: want?.taskId ?? null });
}
