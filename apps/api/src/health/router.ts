import { z } from "zod";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { anyone } from "../procedure.ts";
import { router } from "../trpc.ts";
import { Dependency } from "./probe.ts";

const tag = "Health";
const get = "get" as const;
const service = "beq-api";

const Basic = {
  service: z.string(),
  version: z.string(),
  timestamp: z.string(),
  uptime_seconds: z.number(),
};
const dependencies = z.record(z.string(), Dependency);

export const healthRouter = router({
  get: anyone
    .meta({ http: { method: get, path: "/health", summary: "Whether the service runs", tag, public: true } })
    .output(z.object({ status: z.literal("healthy"), ...Basic }))
    .query(({ ctx }) => ({ status: "healthy" as const, ...basics(ctx) })),

  live: anyone
    .meta({ http: { method: get, path: "/health/live", summary: "Whether the process is alive", tag, public: true } })
    .output(z.object({ status: z.literal("alive") }))
    .query(() => ({ status: "alive" as const })),

  // The scheduler is no part of being ready: without it the API serves everything but new plans.
  ready: anyone
    .meta({
      http: { method: get, path: "/health/ready", summary: "Whether requests can be served", tag, public: true },
    })
    .output(z.object({ status: z.literal("ready"), dependencies }))
    .query(async ({ ctx }) => {
      const found = await ctx.health.check();
      if (ctx.stopping.aborted || found.database.status !== "healthy")
        throw new Failure("unavailable", "Not ready", {
          detail: { status: "not_ready", dependencies: found },
          retryAfterSeconds: 5,
        });

      return { status: "ready" as const, dependencies: found };
    }),

  detailed: anyone
    .meta({
      http: { method: get, path: "/health/detailed", summary: "The state of each dependency", tag, public: true },
    })
    .output(z.object({ status: z.enum(["healthy", "degraded"]), ...Basic, environment: z.string(), dependencies }))
    .query(async ({ ctx }) => {
      const found = await ctx.health.check();
      const healthy = Object.values(found).every(({ status }) => status === "healthy");
      return {
        status: healthy ? ("healthy" as const) : ("degraded" as const),
        ...basics(ctx),
        environment: ctx.health.environment,
        dependencies: found,
      };
    }),
});

function basics({ health, now }: Context) {
  return {
    service,
    version: health.version,
    timestamp: new Date(now()).toISOString(),
    uptime_seconds: (now() - health.startedAt) / 1000,
  };
}
