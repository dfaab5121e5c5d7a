import { tracked } from "@trpc/server";
import { z } from "zod";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { known } from "../procedure.ts";
import { router } from "../trpc.ts";
import { Exposed } from "./exposures.ts";
import { flagsFor } from "./override.ts";
import { type FeatureNews, FeatureStatus, FeatureStatuses, isFeature } from "./schema.ts";
import { versions } from "./versions.ts";

const tag = "Features";
const get = "get" as const;

export const featuresRouter = router({
  status: known
    .meta({ http: { method: get, path: "/api/v1/features/status", summary: "All features for a user", tag } })
    .output(FeatureStatuses)
    .query(({ ctx, input }) => statusesFor(ctx, input.user_id)),

  statusOf: known
    .meta({
      http: { method: get, path: "/api/v1/features/status/{feature_name}", summary: "One feature for a user", tag },
      operation: checkOperation,
      outcome: "checked",
    })
    .input(z.object({ feature_name: z.string() }))
    .output(FeatureStatus)
    .query(async ({ ctx, input }) => {
      const { feature_name: feature, user_id: userId } = input;
      const flags = await flagsFor(ctx, userId);
      const status = isFeature(feature) ? flags.status(feature, contextOf(userId)) : undefined;
      if (!status) throw new Failure("missing", `Feature '${feature}' not found`);

      return { feature, ...status };
    }),

  /** The features as they are now, and again whenever one of them changes for the user. */
  onChange: known
    .meta({ live: true })
    .input(z.object({ lastEventId: z.string().max(100).nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const until = signal ? AbortSignal.any([signal, ctx.stopping]) : ctx.stopping;
      let sent = "";
      for await (const version of versions(ctx.flags, until)) {
        const statuses: FeatureNews = await statusesFor(ctx, input.user_id);
        const shown = JSON.stringify(statuses);
        if (shown === sent) continue;
        sent = shown;
        yield tracked(String(version), statuses);
      }
    }),

  /** A client tells which features it has shown how, so that it counts as their use. */
  exposed: known.input(Exposed).mutation(async ({ ctx, input }) => {
    ctx.exposures.add(input.exposures, await ctx.forced?.(input.user_id ?? undefined));
  }),
});

async function statusesFor(ctx: Context, userId: string | null | undefined): Promise<FeatureStatuses> {
  const flags = await flagsFor(ctx, userId);
  return { features: flags.statuses(contextOf(userId)), user_id: userId ?? null };
}

function contextOf(userId: string | null | undefined): { targetingKey?: string } {
  return userId ? { targetingKey: userId } : {};
}

// A name from outside becomes a label only when it is one of ours.
function checkOperation(input: unknown): string {
  const parsed = z.object({ feature_name: z.string() }).safeParse(input);
  return parsed.success && isFeature(parsed.data.feature_name)
    ? `feature_check_${parsed.data.feature_name}`
    : "feature_check_unknown";
}
