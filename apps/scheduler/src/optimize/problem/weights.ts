import type { Weights } from "../../contract/index.ts";

/** A lunch or a moveable event without a place: never accepted while there is one. */
export const missing = 100_000_000_000;

/** Moving one thing costs more than any preference, less than leaving a task out. */
const leastChange = { task_moved: 20_000, task_moved_per_hour: 10, event_moved: 20_000 } satisfies Partial<Weights>;

const goals: Record<string, (weights: Weights) => Partial<Weights>> = {
  improve_efficiency: ({ delay_per_hour, energy }) => ({ delay_per_hour: delay_per_hour * 3, energy: energy * 2 }),
  reduce_conflicts: (w) => ({
    late: w.late * 2,
    tardiness_per_minute: w.tardiness_per_minute * 2,
    late_hours_per_minute: w.late_hours_per_minute * 2,
    soft_constraint_per_minute: w.soft_constraint_per_minute * 2,
  }),
  balance_workload: () => ({ balance: 40 }),
};

/** The weights that serve the goals asked for, and the goals that nobody knows. */
export function weightsFor(
  weights: Weights,
  asked: readonly string[],
  least: boolean,
): { weights: Weights; unknown: string[] } {
  const known = [...new Set(asked)].filter((goal) => Object.hasOwn(goals, goal));
  const start: Weights = least ? { ...weights, ...leastChange } : weights;
  return {
    weights: known.reduce<Weights>((sum, goal) => ({ ...sum, ...goals[goal]?.(sum) }), start),
    unknown: asked.filter((goal) => !Object.hasOwn(goals, goal)),
  };
}
