import type { AlternativePlan } from "../../contract/index.ts";
import type { Placed } from "../problem/placed.ts";
import type { Outcome } from "../outcome.ts";
import type { Problem } from "../problem/problem.ts";
import type { Told } from "./tell.ts";
import { momentName } from "../time/words.ts";
import { gains, traitsOf } from "./traits.ts";

/**
 * Another plan with its name and what is different in it, or null where it has no advantage.
 * @param offered the alternatives so far: a name that none of them has is preferred
 */
export function alternativeTo(
  { problem, placed, confidence }: Outcome,
  told: Told,
  offered: readonly AlternativePlan[],
): AlternativePlan | null {
  const here = traitsOf(problem, placed, confidence);
  const better = gains(problem, here, traitsOf(problem, told.placed, told.confidence));
  const fresh = better.filter(({ label }) => offered.every((plan) => plan.label !== label));
  const [first] = [...fresh, ...better];
  if (!first) return null;
  return {
    label: first.label,
    cost: told.state.cost(),
    confidence_score: told.confidence,
    // A pinned task is in the calendar already; the plan does not repeat it.
    scheduled_events: told.events.filter(({ type, pinned }) => type !== "task" || !pinned),
    unscheduled_tasks: [...new Set(told.unscheduled.map(({ task_id: id }) => id))],
    differences: [...better.map(({ text }) => text), ...moves(problem, placed, told.placed)],
    days: told.days,
    pinned_events: told.events.filter(({ type, pinned }) => type === "task" && pinned),
  };
}

/** Where tasks stand in the other plan and did in the one. */
function moves({ calendar: { zone } }: Problem, here: readonly Placed[], there: readonly Placed[]): string[] {
  const before = new Map(here.map(({ index, start }) => [index, start]));
  return there.flatMap(({ item, index, start }) => {
    const was = before.get(index);
    if (item.kind !== "task" || was === start) return [];
    const instead = was === undefined ? "" : ` instead of ${momentName(zone, was)}`;
    return [`'${item.title}' ${momentName(zone, start)}${instead}.`];
  });
}
