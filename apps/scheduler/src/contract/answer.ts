import { z } from "zod";
import { DateTime, ExistingEvent, Priority, Task, UserId, WeekFields } from "./request.ts";
import { checkWeek } from "./rules.ts";

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
});
export type ScheduledEvent = z.infer<typeof ScheduledEvent>;

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
});
export type Unscheduled = z.infer<typeof Unscheduled>;

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
  processing_time_seconds: z.number(),
  grid_minutes: z.int().default(15),
  error: z.string().nullable(),
});
export type GenerateAnswer = z.infer<typeof GenerateAnswer>;

/** A task event that was moved, added or dropped against the plan before. */
export const Change = z.object({
  event_id: z.string(),
  title: z.string(),
  kind: z.enum(["moved", "added", "dropped"]),
  from: z.string().nullable(),
  to: z.string().nullable(),
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
  phase: z.enum(["queued", "reading", "constructing", "improving", "simulating"]),
  fraction: z.number().min(0).max(1),
  placed: z.int(),
  total: z.int(),
  cost: z.number().nullable().meta({ description: "Objective of the best plan so far; lower is better" }),
});
export type Progress = z.infer<typeof Progress>;
