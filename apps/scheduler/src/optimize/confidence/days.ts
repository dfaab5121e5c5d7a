import type { DayRisk } from "../../contract/index.ts";
import { type Day, planned } from "../time/calendar.ts";
import { heldBy, type Placed } from "../problem/placed.ts";
import type { Problem } from "../problem/problem.ts";
import { clip, minuteMs, type Span, subtract } from "../time/spans.ts";

/** The local days of the plan. */
export function daysOf({ calendar, axis }: Problem): Day[] {
  return planned(calendar, axis.origin);
}

/** What each day holds, and how likely it is that it does; `holds` is parallel to {@link daysOf}. */
export function riskOf(problem: Problem, placed: readonly Placed[], holds: readonly number[]): DayRisk[] {
  const tasks = placed.filter(({ item }) => item.kind === "task");
  const busy = placed.map(heldBy);
  const left = subtract(problem.free.work, busy);
  return daysOf(problem).map((day, index) => ({
    date: day.date.toString(),
    planned_minutes: minutesOn(tasks, day),
    free_minutes: minutesOn(left, day),
    p_holds: holds[index] ?? 1,
  }));
}

function minutesOn(spans: readonly Span[], { start, end }: Span): number {
  return Math.round(clip(spans, start, end).reduce((sum, span) => sum + span.end - span.start, 0) / minuteMs);
}
