import { GenerateAnswer, instantOf, OptimizeAnswer, type Progress } from "@beq/scheduler/contract";
import { z } from "zod";
import { feature } from "../procedure.ts";
import { type Facts, router } from "../trpc.ts";
import { apply } from "./apply.ts";
import { generate } from "./generate.ts";
import { live } from "./live.ts";
import { optimize } from "./optimize.ts";
import { reschedule } from "./reschedule.ts";
import { restore } from "./restore.ts";
import {
  ApplyInput,
  ChangedSchedule,
  GeneratedWeek,
  GenerateInput,
  GetInput,
  OptimizeInput,
  RescheduleInput,
  RestoreInput,
  RevisedWeek,
  StoredSchedule,
  Versions,
  WeekInput,
} from "./schema.ts";
import { nothingStored, shown } from "./shown.ts";
import { eventsWithin } from "./stored.ts";

const planning = feature("schedule_optimization");
const tag = "Schedule";

/** A plan in a stream; `stored` is false for a better one that came too late, when the week had changed. */
type LiveAnswer = { type: "answer"; final: boolean; answer: GeneratedWeek; stored: boolean };

export const scheduleRouter = router({
  generate: planning
    .meta({
      http: { method: "post", path: "/api/v1/schedule/generate", summary: "Plan a week and store it", tag },
      operation: "schedule_generation",
      facts: generationFacts,
    })
    .input(GenerateInput)
    .output(GeneratedWeek)
    .mutation(async (call) => (await generate(call)).answer),

  /**
   * The same, told as it goes: progress, then the plan that is stored. It goes on to prove how good that is, and ends
   * with what came of it. A reader who leaves stops the work.
   */
  generateLive: planning
    .meta({
      operation: "schedule_generation",
      facts: (input, last) => generationFacts(input, answerIn(last)),
      // Who waits for a plan has it then: what the proof takes is not the time that it took.
      settles: (value) => answerIn(value) !== undefined,
    })
    .input(WeekInput)
    .mutation(({ ctx, input, signal }) =>
      live<Progress, LiveAnswer>(async ({ report, news }, left) => {
        const onFirst = (answer: GeneratedWeek) => news({ type: "answer", final: false, answer, stored: true });
        const last = await generate({ ctx, input, signal: left, onProgress: report, onFirst });
        return { type: "answer", final: true, ...last };
      }, signal),
    ),

  optimize: planning
    .meta({
      http: { method: "post", path: "/api/v1/schedule/optimize", summary: "Improve the stored plan in a period", tag },
      operation: "schedule_optimization",
      facts: optimizationFacts,
    })
    .input(OptimizeInput)
    .output(RevisedWeek)
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

      const zone = stored.week.user_preferences.timezone;
      const from = input.start_date ? instantOf(input.start_date, zone) : undefined;
      const to = input.end_date ? instantOf(input.end_date, zone) : undefined;
      const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      const week = shown(input.user_id, stored);
      return { ...week, events: eventsWithin(week.events, period, zone) };
    }),

  reschedule: planning
    .meta({
      http: {
        method: "post",
        path: "/api/v1/schedule/{user_id}/reschedule",
        summary: "Say what has become different, and move as little else as it takes",
        tag,
      },
      operation: "schedule_optimization",
      facts: optimizationFacts,
    })
    .input(RescheduleInput)
    .output(RevisedWeek)
    .mutation((call) => reschedule(call)),

  accept: planning
    .meta({
      http: { method: "post", path: "/api/v1/schedule/{user_id}/apply", summary: "Store a plan that was shown", tag },
      operation: "schedule_apply",
    })
    .input(ApplyInput)
    .output(ChangedSchedule)
    .mutation((call) => apply(call)),

  restore: planning
    .meta({
      http: {
        method: "post",
        path: "/api/v1/schedule/{user_id}/restore",
        summary: "Go back to an earlier version of the plan",
        tag,
      },
      operation: "schedule_restore",
    })
    .input(RestoreInput)
    .output(ChangedSchedule)
    .mutation((call) => restore(call)),

  versions: planning
    .meta({
      http: { method: "get", path: "/api/v1/schedule/{user_id}/versions", summary: "The versions that are kept", tag },
      operation: "schedule_read",
    })
    .output(Versions)
    .query(async ({ ctx, input }) => {
      const versions = await ctx.schedules.versions(input.user_id);
      return {
        versions: versions.map(({ createdAt, ...each }) => ({ ...each, created_at: createdAt.toISOString() })),
      };
    }),
});

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
