import {
  Constraint,
  DateTime,
  ExistingEvent,
  instantOf,
  Preferences,
  ScheduledEvent,
  Task,
  Unscheduled,
} from "@beq/scheduler/contract";
import { z } from "zod";

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

export const OptimizeInput = z
  .object({ start_date: DateTime, end_date: DateTime, brick_ids: z.array(z.string().max(100)).max(500).nullish() })
  .refine((period) => isSpan(period.start_date, period.end_date), endsAfterStart("start_date", "end_date"));

export const GetInput = z
  .object({ start_date: DateTime.nullish(), end_date: DateTime.nullish() })
  .refine((period) => isSpan(period.start_date, period.end_date), endsAfterStart("start_date", "end_date"));

export const StoredSchedule = z.object({
  user_id: z.string(),
  events: z.array(ScheduledEvent),
  last_updated: z.string().nullable(),
  existing_events: z.array(ExistingEvent),
  tasks: z.array(Task),
  user_preferences: Preferences.nullable(),
  constraints: z.array(Constraint),
  planning_horizon_days: z.int().nullable(),
  planning_start: z.string().nullable(),
  unscheduled: z.array(Unscheduled),
  warnings: z.array(z.string()),
  confidence_score: z.number().nullable(),
});

const Update = z
  .object({ event_id: EventId, start_time: DateTime, end_time: DateTime })
  .refine((update) => isSpan(update.start_time, update.end_time), endsAfterStart("start_time", "end_time"));
export type Update = z.infer<typeof Update>;

export const RescheduleInput = z.object({ updates: z.array(Update).min(1).max(500) });
