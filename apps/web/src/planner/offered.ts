import type { AlternativePlan, ScheduledEvent } from "@beq/scheduler/contract";
import type { Answer } from "./run.ts";
import type { Shown } from "./shown.ts";

/**
 * What an answer has to offer beside the plan on the screen: its best plan, where that is cheaper or the one on the
 * screen is old, and the others.
 */
export function offered(answer: Answer, shown: Shown | null, isOld: boolean): AlternativePlan[] {
  const { cost, alternatives } = answer;
  const isBetter = cost !== null && (isOld || cost < (shown?.cost ?? Infinity));
  const label = isOld ? "The best plan with your changes" : "A better plan";
  const best = isBetter ? [{ ...answer, label, cost, differences: [] }] : [];
  const here = placesOf(shown?.events ?? []);
  return [...best, ...alternatives].filter((plan) => !isWithin(placesOf(plan.scheduled_events), here));
}

/** Where blocks of tasks stand. */
function placesOf(events: readonly ScheduledEvent[]): ReadonlySet<string> {
  const tasks = events.filter(({ type }) => type === "task");
  return new Set(
    tasks.map(({ id, start_time: start, end_time: end }) => `${id} ${Date.parse(start)} ${Date.parse(end)}`),
  );
}

// The plan on the screen holds more than one that was just made: what is past, and what was put by hand.
function isWithin(places: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...places].every((place) => all.has(place));
}

/** The offered plan as an answer of its own; what is known of the best cost holds for it too. */
export function taken(plan: AlternativePlan, answer: Answer): Answer {
  if (plan.scheduled_events === answer.scheduled_events) return { ...answer, alternatives: [] };

  const { lower_bound: bound } = answer;
  const left = new Set(plan.unscheduled_tasks);
  return {
    ...answer,
    scheduled_events: plan.scheduled_events,
    confidence_score: plan.confidence_score,
    cost: plan.cost,
    optimality_gap: bound === null ? null : plan.cost === 0 ? 0 : (plan.cost - bound) / plan.cost,
    proof: bound === null ? "none" : plan.cost === bound ? "optimal" : "bounded",
    unscheduled_tasks: plan.unscheduled_tasks,
    unscheduled: answer.unscheduled.filter(({ task_id: id }) => left.has(id)),
    reasoning: [plan.label, ...plan.differences].join("\n"),
    pinned_events: plan.pinned_events,
    alternatives: [],
    days: plan.days,
  };
}
