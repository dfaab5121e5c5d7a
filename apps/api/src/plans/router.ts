import { z } from "zod";
import { authorOf } from "../access/actor.ts";
import { Text } from "../flags/wire.ts";
import { administrator, editor, viewer } from "../procedure.ts";
import { router } from "../trpc.ts";
import { Approved, FourEyes, Plan, PlanFilter, Schedule, Scheduled } from "./schema.ts";

const tag = "Flags";
const post = "post" as const;
const get = "get" as const;

const Id = z.object({ id: Text.max(100) });
const Decision = Id.extend({ comment: Text.max(500).default("") });

/** Part of `flags`: changes that wait for a second person or for their hour. */
export const plansRouter = router({
  plans: viewer
    .meta({
      http: { method: get, path: "/api/v1/flags/plans", summary: "Changes that wait, and what came of them", tag },
    })
    .input(PlanFilter.prefault({}))
    .output(z.object({ items: z.array(Plan) }))
    .query(async ({ ctx, input }) => ({ items: await ctx.plans.list(input) })),

  schedule: editor
    .meta({ http: { method: post, path: "/api/v1/flags/schedule", summary: "Plan a change for later", tag } })
    .input(Schedule)
    .output(Scheduled)
    .mutation(({ ctx, input }) => ctx.plans.schedule(input, { author: authorOf(ctx.actor), origin: "schedule" })),

  cancelPlan: editor
    .meta({ http: { method: post, path: "/api/v1/flags/plans/{id}/cancel", summary: "Cancel a planned change", tag } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx, input: { id } }) => {
      await ctx.plans.cancel(id, authorOf(ctx.actor));
      return { id };
    }),

  approve: editor
    .meta({ http: { method: post, path: "/api/v1/flags/plans/{id}/approve", summary: "Approve a request", tag } })
    .input(Decision)
    .output(Approved)
    .mutation(({ ctx, input: { id, comment } }) => ctx.plans.approve(id, comment, authorOf(ctx.actor))),

  reject: editor
    .meta({ http: { method: post, path: "/api/v1/flags/plans/{id}/reject", summary: "Reject a request", tag } })
    .input(Decision)
    .output(Id)
    .mutation(async ({ ctx, input: { id, comment } }) => {
      await ctx.plans.reject(id, comment, authorOf(ctx.actor));
      return { id };
    }),

  settings: administrator
    .meta({ http: { method: get, path: "/api/v1/flags/settings", summary: "How flags are managed", tag } })
    .output(z.object({ four_eyes: FourEyes }))
    .query(async ({ ctx }) => ({ four_eyes: await ctx.plans.fourEyes() })),

  setFourEyes: administrator
    .meta({
      http: { method: post, path: "/api/v1/flags/settings/four-eyes", summary: "Ask for a second person, or not", tag },
    })
    .input(z.object({ on: z.boolean() }))
    .output(z.object({ four_eyes: FourEyes }))
    .mutation(async ({ ctx, input: { on } }) => ({ four_eyes: await ctx.plans.setFourEyes(on, authorOf(ctx.actor)) })),
});
