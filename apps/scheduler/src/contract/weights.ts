import { z } from "zod";

// With these bounds no start costs 2^31 or more, however long the horizon is: costs stay exact whole numbers.
const mostAsked = 10_000;
// Goals and repairs multiply what is asked for; answers say what was used.
const mostUsed = 1e12;

/** A factor or a price for each priority; all may be given alone. */
const byPriority = (values: Record<"low" | "medium" | "high" | "urgent", number>, largest: number) =>
  z
    .object({
      low: z.number().min(0).max(largest).default(values.low),
      medium: z.number().min(0).max(largest).default(values.medium),
      high: z.number().min(0).max(largest).default(values.high),
      urgent: z.number().min(0).max(largest).default(values.urgent),
    })
    .prefault({});

function weightsUpTo(most: number) {
  const weight = (value: number, description: string, share = 1) =>
    z
      .number()
      .min(0)
      .max(most * share)
      .default(value)
      .meta({ description });
  return z.object({
    priority: byPriority({ low: 1, medium: 2, high: 4, urgent: 8 }, 20).meta({
      description: "How much more lateness and delay of the task count",
    }),
    unscheduled: byPriority({ low: 2_000_000, medium: 4_000_000, high: 16_000_000, urgent: 64_000_000 }, 1e9).meta({
      description: "Leaving a task out; above any lateness that 90 days can hold",
    }),
    late: weight(120, "Being late at all, times priority"),
    tardiness_per_minute: weight(1, "Each minute after a soft deadline, times priority", 0.02),
    tardiness_per_hour_beyond_a_day: weight(
      1,
      "Hours more than a day late, squared, times priority; after two weeks each hour adds as much as the last",
      0.001,
    ),
    delay_per_hour: weight(1, "Each hour between the start of planning and the task's end, times priority", 0.1),
    preferred_time: weight(120, "A task wholly outside its preferred time of day; in part if in part"),
    energy: weight(60, "A high or urgent task wholly outside energy peaks and focus time"),
    focus: weight(30, "A high or urgent task wholly outside focus time, where there is any"),
    focus_taken_per_minute: weight(1, "Each minute of focus time that a low or medium task takes"),
    late_hours_per_minute: weight(2, "Each minute after avoid_scheduling_after"),
    soft_constraint_per_minute: weight(4, "Each minute inside a soft constraint"),
    lunch_shift_per_minute: weight(2, "Each minute that lunch is away from its usual time"),
    category_switch: weight(15, "Each time that one task of a day follows another of a different category"),
    fragment: weight(10, "Each gap of under half an hour that a task leaves beside the edge of free time"),
    split: weight(30, "Each piece beyond the first that a task is split into"),
    event_moved: weight(3_000, "Moving a moveable event at all"),
    event_moved_per_minute: weight(1, "Each minute that a moveable event is moved"),
    task_moved: weight(100, "Moving a task of the plan before at all"),
    task_moved_per_hour: weight(1, "Each hour that a task of the plan before is moved"),
    balance: weight(0, "Planned hours of a day, squared: above 0 it evens out the days"),
  });
}

/**
 * The one cost scale, in whole numbers: 1 is a low-priority minute of lateness, and lower is better. All but
 * `priority` and `unscheduled` are soft rules that the search trades against each other.
 */
export const Weights = weightsUpTo(mostAsked);
export type Weights = z.infer<typeof Weights>;

/** {@link Weights} as a plan was really judged by. */
export const UsedWeights = weightsUpTo(mostUsed);
