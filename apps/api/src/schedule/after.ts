import type { GenerateAnswer, OptimizeAnswer, ScheduledEvent, Task, Week } from "@beq/scheduler/contract";
import { placeOf } from "./compare.ts";
import { blockId, carriedBy } from "./kept.ts";
import { endOf, inOrder, isFixed, isWithin, type Period, periodOf, startOf, type StoredWeek } from "./stored.ts";
import { retold, type Verdict, verdictOf } from "./verdict.ts";

const mostPastEvents = 1_000;

/** The stored week after a new plan: it replaces the future events of the horizon that are not fixed. */
export function afterGenerate(
  stored: StoredWeek | undefined,
  week: Week,
  answer: GenerateAnswer,
  now: number,
): StoredWeek {
  const period = periodOf(week, now);
  const planned = new Set(answer.scheduled_events.map(({ id }) => id));
  const asked = new Set(week.tasks.map(({ id }) => id));
  const isCarried = carriedBy(week);
  const standing = (stored?.events ?? []).filter(
    (event) =>
      endOf(event) <= now ||
      (isFixed(event, now) && !isCarried(event)) ||
      (!isWithin(event, period) && event.type !== "event" && !planned.has(event.id) && !asked.has(event.task_id ?? "")),
  );
  const kept = retold(standing, answer.pinned_events, blockId);
  const carried = new Set(kept.map((event) => event.task_id));
  const before = [...(stored?.tasks ?? []), ...(stored?.older_tasks ?? [])];
  const older = before.filter(({ id }) => carried.has(id) && !asked.has(id));
  return {
    tasks: week.tasks,
    older_tasks: older.map((task) => waitingFor(task, () => false)),
    existing_events: week.existing_events,
    user_preferences: week.user_preferences,
    constraints: week.constraints,
    planning_horizon_days: week.planning_horizon_days,
    planning_start: week.planning_start ?? null,
    weights: week.weights,
    events: inOrder([...recent(kept, now), ...answer.scheduled_events]),
    unscheduled: answer.unscheduled,
    warnings: answer.warnings,
    confidence_score: answer.confidence_score,
    verdict: withinWeek(verdictOf(answer), week),
  };
}

const lookedBackAt = 7 * 24 * 60 * 60 * 1000;

/** Of a week after a new plan, what that plan did not make; of what is over, as much as a calendar's week shows. */
export function besides({ events }: StoredWeek, { scheduled_events: made }: GenerateAnswer, now: number) {
  const planned = new Set(made.map(placeOf));
  return events.filter((event) => !planned.has(placeOf(event)) && endOf(event) > now - lookedBackAt);
}

/** What is said of blocks of the week itself; of the plan's own blocks it stands with them. */
function withinWeek(verdict: Verdict, { existing_events: blocks }: Pick<Week, "existing_events">): Verdict {
  const ids = new Set(blocks.map(({ id }) => id));
  return { ...verdict, pinned_events: verdict.pinned_events.filter(({ id }) => ids.has(id)) };
}

/** The task as one that waits for these only. */
export function waitingFor(task: Task, holds: (id: string) => boolean): Task {
  const lags = Object.entries(task.dependency_lags).filter(([id]) => holds(id));
  return { ...task, dependencies: task.dependencies.filter(holds), dependency_lags: Object.fromEntries(lags) };
}

/** The stored week after a part of it was planned again: within `period`, the answer stands for what was there. */
export function afterOptimize(stored: StoredWeek, answer: OptimizeAnswer, period: Period, now: number): StoredWeek {
  const kept = stored.events.filter((event) => isFixed(event, now) || !isWithin(event, period));
  const known = new Set(kept.map(keyOf));
  const placed = new Set(answer.optimized_schedule.map(({ task_id: task }) => task));
  const reconsidered = new Set(answer.unscheduled.map(({ task_id: task }) => task));
  return {
    ...stored,
    events: inOrder([
      ...kept.filter((event) => !isWithin(event, period)),
      // Of what lies outside of the period the simulation saw only a part.
      ...retold(
        kept.filter((event) => isWithin(event, period)),
        answer.pinned_events,
        blockId,
      ),
      ...answer.optimized_schedule.filter((event) => !known.has(keyOf(event))),
    ]),
    unscheduled: [
      ...stored.unscheduled.filter(({ task_id: task }) => !placed.has(task) && !reconsidered.has(task)),
      ...answer.unscheduled,
    ],
    warnings: answer.warnings,
    confidence_score: answer.confidence_score,
    verdict: withinWeek(verdictOf(answer), stored),
  };
}

function keyOf(event: ScheduledEvent): string {
  return `${event.id} ${startOf(event)}`;
}

function recent(events: readonly ScheduledEvent[], now: number): ScheduledEvent[] {
  const past = inOrder(events.filter((event) => endOf(event) <= now));
  return [...past.slice(-mostPastEvents), ...events.filter((event) => endOf(event) > now)];
}
