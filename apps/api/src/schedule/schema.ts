import {
  Actual,
  AlternativePlan,
  Change,
  Constraint,
  DateTime,
  ExistingEvent,
  GenerateAnswer,
  instantOf,
  limits,
  OptimizeAnswer,
  Preferences,
  Priority,
  ScheduledEvent,
  Task,
  Unscheduled,
  WeekAsked,
  Weights,
} from "@beq/scheduler/contract";
import { z } from "zod";
import { isStorable } from "./storable.ts";
import { Verdict } from "./verdict.ts";

const Id = z.string().min(1).max(100);
const EventId = z.string().min(1).max(200);

/** The refinement that refuses a span whose end is not after its start. */
function endsAfterStart(start: string, end: string) {
  return {
    path: [end],
    params: { type: "value_error" },
    error: `Value error, ${end} must be after ${start}`,
    // The order of two times that do not parse is nobody's question.
    when: ({ issues }: { issues: unknown[] }) => issues.length === 0,
  };
}

// Without offsets both are read in one zone; which one it is does not change their order but in a DST fold.
function isSpan(start: string | null | undefined, end: string | null | undefined): boolean {
  return !start || !end || instantOf(end, "UTC") > instantOf(start, "UTC");
}

const Period = z.object({
  start_date: DateTime,
  end_date: DateTime,
  brick_ids: z.array(Id).max(500).nullish(),
});

const Actuals = z
  .array(Actual)
  .max(limits.actuals)
  .default([])
  .meta({ description: "How long this person's finished tasks took, oldest first; not stored" });

const Preview = z.boolean().default(false).meta({
  description: "Answer the plan and what it would change, and store nothing; `accept` (REST: `apply`) stores it",
});

export const OptimizeInput = Period.extend({
  optimization_goals: z
    .array(z.string().max(100))
    .max(20)
    .default([])
    .meta({ description: "improve_efficiency, reduce_conflicts, balance_workload" }),
  actuals: Actuals,
  preview: Preview,
}).refine((period) => isSpan(period.start_date, period.end_date), endsAfterStart("start_date", "end_date"));

export const GetInput = z
  .object({ start_date: DateTime.nullish(), end_date: DateTime.nullish() })
  .refine((period) => isSpan(period.start_date, period.end_date), endsAfterStart("start_date", "end_date"));

export const StoredSchedule = z.object({
  user_id: z.string(),
  version: z.int().nullable().meta({ description: "Counts up with every change of the stored week" }),
  events: z.array(ScheduledEvent),
  last_updated: z.string().nullable(),
  existing_events: z.array(ExistingEvent),
  tasks: z.array(Task),
  user_preferences: Preferences.nullable(),
  constraints: z.array(Constraint),
  planning_horizon_days: z.int().nullable(),
  planning_start: z.string().nullable(),
  weights: Weights.nullable(),
  unscheduled: z.array(Unscheduled),
  warnings: z.array(z.string()),
  confidence_score: z.number().nullable(),
  verdict: Verdict.nullable().meta({
    description: "What planning said of this plan; null where it was not planned as it stands",
  }),
});
export type StoredSchedule = z.infer<typeof StoredSchedule>;

/** A stored week that has just become another, and what that changed in its plan. */
export const ChangedSchedule = StoredSchedule.extend({ changes: z.array(Change) });
export type ChangedSchedule = z.infer<typeof ChangedSchedule>;

const Update = z
  .object({ event_id: EventId, start_time: DateTime, end_time: DateTime })
  .refine((update) => isSpan(update.start_time, update.end_time), endsAfterStart("start_time", "end_time"));
export type Update = z.infer<typeof Update>;

const TaskChange = z.object({
  task_id: Id,
  estimated_duration_minutes: Task.shape.estimated_duration_minutes.optional().meta({
    description: "Of the whole task; a block that has begun gets longer or shorter by the difference",
  }),
  deadline: Task.shape.deadline,
  deadline_is_hard: z.boolean().optional(),
  earliest_start: Task.shape.earliest_start,
  priority: Priority.optional(),
  split: Task.shape.split,
  dependencies: z.array(Id).max(limits.tasks).optional(),
});
export type TaskChange = z.infer<typeof TaskChange>;

const Unpinned = z
  .array(z.object({ event_id: EventId, start_time: DateTime }))
  .max(500)
  .default([])
  .meta({ description: "Events put by hand that planning may place again; one that was put elsewhere since stays" });
export type Unpinned = z.infer<typeof Unpinned>;

const Changes = z.object({
  updates: z.array(Update).max(500).default([]).meta({ description: "Events put elsewhere by hand; they stay there" }),
  finished: z.array(Id).max(limits.tasks).default([]).meta({
    description: "Tasks that are done: what was still planned of them is free, a running block ends now",
  }),
  task_changes: z.array(TaskChange).max(limits.tasks).default([]).meta({
    description: "What is different about tasks; fields left out stay, null takes a deadline or a split away",
  }),
  new_tasks: z.array(Task).max(limits.tasks).default([]),
  dropped: z.array(Id).max(limits.tasks).default([]).meta({ description: "Tasks that are no longer to be done" }),
  unpinned: Unpinned,
  week: WeekAsked.nullish().meta({
    description:
      "The week as it is wanted from now on, in place of the stored one; its plan changes as little as it takes",
  }),
});
export type Changes = z.infer<typeof Changes>;

export const RescheduleInput = Changes.extend({ actuals: Actuals, preview: Preview }).refine(saysSomething, {
  path: ["updates"],
  params: { type: "too_short" },
  error: "List should have at least 1 item after validation",
});

function saysSomething(changes: Changes): boolean {
  const { updates, finished, task_changes: tasks, new_tasks: added, dropped, unpinned, week } = changes;
  return Boolean(week) || [updates, finished, tasks, added, dropped, unpinned].some((list) => list.length > 0);
}

/** A week to be planned, and what of the stored plan need not stay where it was put. */
export const WeekInput = WeekAsked.safeExtend({ unpinned: Unpinned });
export type WeekInput = z.infer<typeof WeekInput>;

export const GenerateInput = WeekInput.safeExtend({ preview: Preview });

/** What a plan was made from: `accept` wants it back, to store the plan where nothing has changed since. */
export const Basis = z.object({
  version: z.int().min(0).meta({ description: "Of the stored week" }),
  planned_at: DateTime,
  optimize: Period.nullish(),
  reschedule: Changes.nullish(),
  generate: WeekInput.nullish(),
});
export type Basis = z.infer<typeof Basis>;

export const GeneratedWeek = GenerateAnswer.extend({
  basis: Basis.nullable(),
  kept_events: z.array(ScheduledEvent).meta({
    description:
      "What of the plan before stands beside this one: begun, by hand, on other days, or over for less than a week",
  }),
});
export type GeneratedWeek = z.infer<typeof GeneratedWeek>;

export const RevisedWeek = OptimizeAnswer.extend({
  basis: Basis.nullable(),
  events: z.array(ScheduledEvent).nullable().meta({
    description: "Of a preview: the whole stored plan as it would be; else null",
  }),
});
export type RevisedWeek = z.infer<typeof RevisedWeek>;

const most = 5_000;
const sound = { params: { type: "value_error" }, error: "Value error, a text holds a NUL or a broken surrogate pair" };

export const ApplyInput = z.object({
  basis: Basis,
  scheduled_events: z
    .array(ScheduledEvent.extend({ id: EventId, start_time: DateTime, end_time: DateTime }))
    .max(most)
    .refine(isStorable, sound)
    .meta({ description: "`optimized_schedule` of a preview, or `scheduled_events` of an alternative" }),
  unscheduled: z.array(Unscheduled).max(most).refine(isStorable, sound).default([]),
  warnings: z.array(z.string()).max(most).refine(isStorable, sound).default([]),
  confidence_score: AlternativePlan.shape.confidence_score,
  verdict: Verdict.nullable().refine(isStorable, sound).default(null).meta({
    description: "What the preview said of its plan, to be kept with it",
  }),
});

export const RestoreInput = z.object({
  version: z.int().min(1).meta({ description: "The version in force, as the client knows it" }),
  to: z.int().min(1).optional().meta({ description: "The version to go back to; the one before if absent" }),
});

export const Versions = z.object({
  versions: z.array(z.object({ version: z.int(), operation: z.string(), created_at: z.string() })),
});
