import { initTRPC } from "@trpc/server";
import type { FeatureKey } from "@beq/flags";
import type { Context } from "./context.ts";
import { detailOf, failureOf, status } from "./failure.ts";

/** Numbers about an answer that metrics and log lines carry. */
export type Facts = {
  event_count?: number;
  confidence_score?: number;
  has_existing_events?: boolean;
  infeasible?: boolean;
};

/** What a procedure says of itself; the REST routes, the OpenAPI document and the telemetry are made from it. */
export type Meta = {
  http?: {
    method: "get" | "post" | "put" | "delete";
    /** With `{name}` for parameters, as OpenAPI writes them. */
    path: `/${string}`;
    summary: string;
    tag: string;
    /** Needs no credentials. */
    public?: boolean;
    /** Takes documents: from those who manage flags a body may be as large as all flags together. */
    roomy?: boolean;
  };
  feature?: FeatureKey;
  /** The name under which it is counted and logged; its path if absent. */
  operation?: string | ((input: unknown) => string);
  /** How a call that succeeds is counted. */
  outcome?: "success" | "checked";
  /** A stream that stays open until the client leaves; nothing is reported when it ends. */
  live?: boolean;
  /** Of a stream: whether this value is the answer that people wait for; it is reported then, and not at the end. */
  settles?: (value: unknown) => boolean;
  facts?: (input: unknown, output: unknown) => Facts;
};

/** How often a silent stream is pinged, and after what silence its client should reconnect. */
export const silence = { pingMilliseconds: 15_000, reconnectMilliseconds: 40_000 };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx, input }) => {
      const failure = failureOf(error, input);
      return {
        ...shape,
        message: failure.message,
        data: {
          code: shape.data.code,
          path: shape.data.path,
          httpStatus: status[failure.code],
          failure: failure.code,
          detail: detailOf(failure, ctx?.requestId ?? ""),
        },
      };
    },
    sse: {
      ping: { enabled: true, intervalMs: silence.pingMilliseconds },
      client: { reconnectAfterInactivityMs: silence.reconnectMilliseconds },
    },
    jsonl: { pingMs: 10_000 },
  });

export const { router, mergeRouters, middleware, procedure } = t;
