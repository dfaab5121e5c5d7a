import { GenerateAnswer, instantOf, OptimizeAnswer, type Progress, WeekAsked } from "@beq/scheduler/contract";
import { z } from "zod";
import { feature } from "../procedure.ts";
import { type Facts, router } from "../trpc.ts";
import { generate } from "./generate.ts";
import { live } from "./live.ts";
import { optimize } from "./optimize.ts";
import { reschedule } from "./reschedule.ts";
import { GetInput, OptimizeInput, RescheduleInput, StoredSchedule } from "./schema.ts";
import { eventsWithin } from "./stored.ts";

const planning = feature("schedule_optimization");
const tag = "Schedule";

export const scheduleRouter = router({
  generate: planning
    .meta({
      http: { method: "post", path: "/api/v1/schedule/generate", summary: "Plan a week and store it", tag },
      operation: "schedule_generation",
      facts: generationFacts,
    })
    .input(WeekAsked)
    .output(GenerateAnswer)
    .mutation((call) => generate(call)),

  /** The same, told as it goes: progress, then `{ type: "answer" }`. A reader who leaves stops the work. */
  generateLive: planning
    .meta({ operation: "schedule_generation", facts: (input, last) => generationFacts(input, answerIn(last)) })
    .input(WeekAsked)
    .mutation(({ ctx, input, signal }) =>
      live<Progress, GenerateAnswer>((onProgress, left) => generate({ ctx, input, signal: left, onProgress }), signal),
    ),

  optimize: planning
    .meta({
      http: { method: "post", path: "/api/v1/schedule/optimize", summary: "Improve the stored plan in a period", tag },
      operation: "schedule_optimization",
      facts: optimizationFacts,
    })
    .input(OptimizeInput)
    .output(OptimizeAnswer)
    .mutation((call) => optimize(call)),

  get: planning
    .meta({
      http: { method: "get", path: "/api/v1/schedule/{user_id}", summary: "The stored plan", tag },
      operation: "schedule_read",
    })
    .input(GetInput)
    .output(StoredSchedule)
    .query(async ({ ctx, input }) => {
      const stored = await ctx.schedules.latest(input.user_id);
      if (!stored) return nothingStored(input.user_id);

      const { events, ...week } = stored.week;
      const zone = week.user_preferences.timezone;
      const from = input.start_date ? instantOf(input.start_date, zone) : undefined;
      const to = input.end_date ? instantOf(input.end_date, zone) : undefined;
      const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      return {
        ...week,
        user_id: input.user_id,
        events: eventsWithin(events, period, zone),
        last_updated: stored.updatedAt.toISOString(),
      };
    }),

  reschedule: planning
    .meta({
      http: { method: "post", path: "/api/v1/schedule/{user_id}/reschedule", summary: "Move events by hand", tag },
      operation: "schedule_optimization",
      facts: optimizationFacts,
    })
    .input(RescheduleInput)
    .output(OptimizeAnswer)
    .mutation((call) => reschedule(call)),
});

function nothingStored(userId: string): z.infer<typeof StoredSchedule> {
  return {
    user_id: userId,
    events: [],
    last_updated: null,
    existing_events: [],
    tasks: [],
    user_preferences: null,
    constraints: [],
    planning_horizon_days: null,
    planning_start: null,
    unscheduled: [],
    warnings: [],
    confidence_score: null,
  };
}

function generationFacts(input: unknown, output: unknown): Facts {
  const events = z.object({ existing_events: z.array(z.unknown()) }).safeParse(input);
  const answer = GenerateAnswer.safeParse(output);
  if (!answer.success) return {};
  return {
    infeasible: !answer.data.success,
    event_count: answer.data.scheduled_events.length,
    confidence_score: answer.data.confidence_score,
    has_existing_events: events.success && events.data.existing_events.length > 0,
  };
}

function optimizationFacts(_input: unknown, output: unknown): Facts {
  const answer = OptimizeAnswer.safeParse(output);
  if (!answer.success) return {};
  return {
    infeasible: !answer.data.success,
    event_count: answer.data.optimized_schedule.length,
    confidence_score: answer.data.confidence_score,
  };
}

function answerIn(last: unknown): unknown {
  return typeof last === "object" && last !== null && "answer" in last ? last.answer : undefined;
}
