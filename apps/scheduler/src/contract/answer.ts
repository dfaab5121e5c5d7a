import { z } from "zod";
import { DateTime, ExistingEvent, Priority, Task, UserId, WeekFields } from "./request.ts";
import { checkWeek } from "./rules.ts";
import { UsedWeights } from "./weights.ts";

/** What a place costs and what other places there were. */
export const Explanation = z.object({
  costs: z.record(z.string(), z.int()).meta({ description: "Cost by soft rule; those of 0 are left out" }),
  better: z
    .array(
      z.object({
        start_time: z.string(),
        saves: z.int().meta({ description: "By how much it would cost less there" }),
        blocked_by: z.array(z.object({ event_id: z.string().nullable(), title: z.string() })),
        blocked_by_more: z.int().default(0).meta({ description: "So many more are in the way than are named" }),
      }),
    )
    .meta({ description: "Up to three cheaper starts, and what is in the way" }),
  next_best: z
    .object({ start_time: z.string(), end_time: z.string(), extra_cost: z.int(), reason: z.string() })
    .nullable()
    .meta({
      description:
        "The cheapest other place that is free in this plan; of what was put by hand only one that is cheaper",
    }),
});
export type Explanation = z.infer<typeof Explanation>;

/** When a task ends, by how sure one can be; null where it may not end within the days planned. */
export const Eta = z.object({ p50: z.string().nullable(), p80: z.string().nullable(), p95: z.string().nullable() });
export type Eta = z.infer<typeof Eta>;

/** One block of the plan. Times carry the user's offset. */
export const ScheduledEvent = z.object({
  id: z.string().meta({
    description: "The task's id; `task-1#1`, `task-1#2` where a task is split; `lunch-…`, `break-…`",
  }),
  task_id: z.string().nullable().meta({ description: "Null except on tasks" }),
  title: z.string(),
  start_time: z.string(),
  end_time: z.string(),
  type: z.enum(["task", "break", "lunch", "event"]),
  priority: Priority.nullable(),
  category: z.string().nullable(),
  pinned: z.boolean().default(false).meta({ description: "Put there by hand: planning leaves it where it is" }),
  reason: z.string().default("").meta({ description: "Why it stands here, in a sentence" }),
  p_on_time: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(null)
    .meta({ description: "Probability that the task is done by its deadline; null without one" }),
  eta: Eta.nullable().default(null),
  explanation: Explanation.nullable().default(null),
});
export type ScheduledEvent = z.infer<typeof ScheduledEvent>;

/** One thing that keeps a task from having a place. */
export const ConflictElement = z.object({
  kind: z.enum([
    "task",
    "event",
    "lunch",
    "hours",
    "deadline",
    "earliest_start",
    "dependency",
    "constraint",
    "rest",
    "cap",
    "window",
    "horizon",
  ]),
  id: z.string().nullable().meta({ description: "Of the task or event that it is" }),
  text: z.string(),
});
export type ConflictElement = z.infer<typeof ConflictElement>;

/** A change that would let a task fit. */
export const CheapestChange = z.object({
  kind: z.enum([
    "move_deadline",
    "free_time",
    "leave_out",
    "shorten",
    "split",
    "drop_dependency",
    "more_days",
    "longer_hours",
    "raise_cap",
    "drop_constraint",
  ]),
  text: z.string(),
  task_id: z.string().nullable().default(null),
  event_id: z.string().nullable().default(null),
  start_time: z.string().nullable().default(null),
  end_time: z.string().nullable().default(null),
  minutes: z.int().nullable().default(null),
});
export type CheapestChange = z.infer<typeof CheapestChange>;

/** Why a task has no place in the plan, and the smallest change seen that would give it one. */
export const Unscheduled = z.object({
  task_id: z.string(),
  title: z.string(),
  code: z.enum([
    "no_working_time",
    "longer_than_any_window",
    "no_free_time",
    "hard_deadline",
    "dependency_unscheduled",
    "out_of_horizon",
  ]),
  reason: z.string(),
  suggestion: z.string().nullable(),
  p_on_time: z.number().min(0).max(1).default(0).meta({
    description: "Probability that it is done in time: 0, as by this plan it is not done; the score leaves it out",
  }),
  conflict: z.array(ConflictElement).default([]).meta({
    description: "Together these leave the task no place; without any one of them it has one",
  }),
  changes: z.array(CheapestChange).default([]).meta({
    description: "Changes each of which would let it fit, cheapest first",
  }),
});
export type Unscheduled = z.infer<typeof Unscheduled>;

/** A day of the plan. */
export const DayRisk = z.object({
  date: z.string(),
  planned_minutes: z.int(),
  free_minutes: z.int().meta({ description: "Working time left over" }),
  p_holds: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: "Probability that every task planned to end on this day does" }),
});
export type DayRisk = z.infer<typeof DayRisk>;

/** How good a plan is known to be, on its grid and by its weights, and what it says of what it left alone. */
const quality = {
  grid_minutes: z.int().default(15),
  cost: z.int().nullable().default(null).meta({ description: "What the plan costs by `weights`; lower is better" }),
  lower_bound: z.int().nullable().default(null).meta({ description: "No plan on this grid costs less" }),
  optimality_gap: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(null)
    .meta({ description: "(cost - lower_bound) / cost; 0 where the plan is proven to be the best" }),
  proof: z.enum(["optimal", "bounded", "none"]).default("none"),
  time_limited: z.boolean().default(false).meta({
    description: "Time ended the work before it was through: the search, the proof, or the search for other plans",
  }),
  weights: UsedWeights.nullable().default(null).meta({ description: "The weights that were used" }),
  days: z.array(DayRisk).default([]),
  pinned_events: z.array(ScheduledEvent).default([]).meta({
    description: "The blocks of `existing_events` that carry out tasks, with what there is to say of them there",
  }),
};

/** Another plan for the same request. */
export const AlternativePlan = z.object({
  label: z.string().meta({ description: "What it does better, in a few words" }),
  cost: z.int(),
  confidence_score: z.number().min(0).max(1),
  scheduled_events: z.array(ScheduledEvent),
  unscheduled_tasks: z.array(z.string()),
  differences: z.array(z.string()),
  days: quality.days,
  pinned_events: quality.pinned_events,
});
export type AlternativePlan = z.infer<typeof AlternativePlan>;

/** The answer of generate, and of the scheduler's `POST /api/v1/schedule`. */
export const GenerateAnswer = z.object({
  success: z.boolean().meta({ description: "False only when nothing could be planned at all" }),
  scheduled_events: z.array(ScheduledEvent),
  reasoning: z.string(),
  confidence_score: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: "Probability that every placed task with a deadline is done by it" }),
  alternative_suggestions: z.array(z.string()),
  warnings: z.array(z.string()),
  unscheduled_tasks: z.array(z.string()),
  unscheduled: z.array(Unscheduled).default([]),
  alternatives: z.array(AlternativePlan).default([]),
  processing_time_seconds: z.number(),
  ...quality,
  error: z.string().nullable(),
});
export type GenerateAnswer = z.infer<typeof GenerateAnswer>;

/** A task or event that was moved, added or dropped against the plan before, or a lunch that was moved. */
export const Change = z.object({
  event_id: z.string(),
  title: z.string(),
  kind: z.enum(["moved", "added", "dropped"]),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().default("").meta({ description: "Why, in a sentence" }),
});
export type Change = z.infer<typeof Change>;

/** The answer of optimize and reschedule, and of the scheduler's `POST /api/v1/optimize`. */
export const OptimizeAnswer = z.object({
  success: z.boolean(),
  optimized_schedule: z.array(ScheduledEvent),
  improvements: z.array(z.string()),
  changes: z.array(Change).default([]),
  warnings: z.array(z.string()).default([]),
  unscheduled_tasks: z.array(z.string()).default([]),
  unscheduled: z.array(Unscheduled).default([]),
  confidence_score: z.number().min(0).max(1),
  processing_time_seconds: z.number(),
  ...quality,
  error: z.string().nullable(),
});
export type OptimizeAnswer = z.infer<typeof OptimizeAnswer>;

/**
 * The body of the scheduler's `POST /api/v1/optimize`. `existing_schedule` is the plan so far; its pinned events and
 * `existing_events` stay. Events whose task is not among `tasks` are planned by what the event itself says.
 */
export const OptimizeRequest = WeekFields.extend({
  user_id: UserId,
  existing_schedule: z.array(ScheduledEvent.extend({ start_time: DateTime, end_time: DateTime })).max(5_000),
  optimization_goals: z
    .array(z.string().max(100))
    .max(20)
    .default([])
    .meta({ description: "improve_efficiency, reduce_conflicts, balance_workload" }),
  tasks: z.array(Task).max(500).default([]),
  existing_events: z.array(ExistingEvent).max(5_000).default([]),
  least_change: z
    .boolean()
    .default(false)
    .meta({ description: "Repair what no longer fits and leave the rest where it is" }),
}).superRefine((request, context) => checkWeek(request, context, request.existing_schedule));
export type OptimizeRequest = z.infer<typeof OptimizeRequest>;

/** How far a solve has come; streamed as NDJSON lines to who accepts `application/x-ndjson`. */
export const Progress = z.object({
  type: z.literal("progress"),
  phase: z.enum(["queued", "reading", "constructing", "improving", "simulating", "proving"]),
  fraction: z.number().min(0).max(1),
  placed: z.int(),
  total: z.int(),
  cost: z.number().nullable().meta({ description: "Objective of the best plan so far; lower is better" }),
  lower_bound: z.number().nullable().default(null),
  optimality_gap: z.number().nullable().default(null),
  confidence_score: z.number().nullable().default(null).meta({ description: "Of the best plan so far" }),
});
export type Progress = z.infer<typeof Progress>;
