import type { Priority } from "../contract/index.ts";

/**
 * The one cost scale: whole numbers, and 1 is a low-priority minute of lateness. Lower is better. All but `priority`,
 * `unscheduled` and `missing` are soft rules that the search trades against each other.
 */
export const weights = {
  /** How much more a minute of lateness or delay of the task counts. */
  priority: { low: 1, medium: 2, high: 4, urgent: 8 } satisfies Record<Priority, number>,
  /** Leaving a task out. Above any lateness that a horizon of 90 days can hold. */
  unscheduled: { low: 2_000_000, medium: 4_000_000, high: 16_000_000, urgent: 64_000_000 } satisfies Record<
    Priority,
    number
  >,
  /** A lunch or a moveable event without a place: never accepted while there is one. */
  missing: 100_000_000_000,
  /** Being late at all, times priority. */
  late: 120,
  /** Each minute after a soft deadline, times priority. */
  tardinessPerMinute: 1,
  /** Each hour between the start of planning and the task's end, times priority: sooner is better. */
  delayPerHour: 1,
  /** The task wholly outside its preferred time of day; in part if in part. */
  preferredTime: 120,
  /** A high or urgent task wholly outside energy peaks and focus time. */
  energy: 60,
  /** A high or urgent task wholly outside focus time, where there is any. */
  focus: 30,
  /** Each minute of focus time that a low or medium task takes. */
  focusTakenPerMinute: 1,
  /** Each minute after `avoid_scheduling_after`. */
  lateHoursPerMinute: 2,
  /** Each minute inside a soft constraint. */
  softConstraintPerMinute: 4,
  /** Each minute that lunch is away from its usual time. */
  lunchShiftPerMinute: 2,
  /** Moving a moveable event at all, and each minute of it. */
  eventMoved: 3_000,
  eventMovedPerMinute: 1,
  /** Moving a task of the plan before at all, and each hour of it. */
  taskMoved: 100,
  taskMovedPerHour: 1,
  /** Planned minutes of a day, squared, in hours: above 0 it evens out the days. */
  balance: 0,
};

export type Weights = typeof weights;

/** Moving one task costs more than any preference, less than leaving one out. */
const leastChange = { taskMoved: 20_000, taskMovedPerHour: 10 } satisfies Partial<Weights>;

const goals: Record<string, (weights: Weights) => Partial<Weights>> = {
  improve_efficiency: ({ delayPerHour, energy }) => ({ delayPerHour: delayPerHour * 3, energy: energy * 2 }),
  reduce_conflicts: (w) => ({
    late: w.late * 2,
    tardinessPerMinute: w.tardinessPerMinute * 2,
    lateHoursPerMinute: w.lateHoursPerMinute * 2,
    softConstraintPerMinute: w.softConstraintPerMinute * 2,
  }),
  balance_workload: () => ({ balance: 40 }),
};

/** The weights that serve the goals asked for, and the goals that nobody knows. */
export function weightsFor(asked: readonly string[], least: boolean): { weights: Weights; unknown: string[] } {
  const known = [...new Set(asked)].filter((goal) => Object.hasOwn(goals, goal));
  const start: Weights = least ? { ...weights, ...leastChange } : weights;
  return {
    weights: known.reduce<Weights>((sum, goal) => ({ ...sum, ...goals[goal]?.(sum) }), start),
    unknown: asked.filter((goal) => !Object.hasOwn(goals, goal)),
  };
}
