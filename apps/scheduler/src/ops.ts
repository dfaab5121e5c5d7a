import { Router } from "express";
import { holds } from "./bearer.ts";
import { type Config, isLoopback } from "./config.ts";
import { type Failure, failure, Refused } from "./failure.ts";
import type { Pool } from "./pool.ts";
import type { Prover } from "./prover.ts";
import { send } from "./reply.ts";

type OpsDeps = {
  config: Pick<Config, "host" | "metricsToken">;
  version: string;
  now: () => number;
  pool: Pick<Pool, "counts">;
  prover: Pick<Prover, "counts">;
  telemetry: { metrics: () => Promise<string>; contentType: string };
};

/** What operators ask: is it alive, and how does it do. Neither waits for a solve. */
export function opsRoutes({ config, version, now, pool, prover, telemetry }: OpsDeps): Router {
  const router = Router();
  const started = now();

  router.get("/health", (_request, response) => {
    const timestamp = new Date(now()).toISOString();
    const uptime_seconds = Math.max(0, Math.round((now() - started) / 1_000));
    const { active, queued, workers } = pool.counts();
    const health = { status: "healthy", service: "scheduler", version, timestamp, uptime_seconds };
    send(
      response,
      200,
      JSON.stringify({ ...health, active_solves: active, queued, workers, proofs: prover.counts().running }),
    );
  });

  router.get("/metrics", (request, response, next) => {
    const refusal = metricsRefusal(config, request.headers.authorization);
    if (refusal) throw new Refused(refusal);

    response.setHeader("Content-Type", telemetry.contentType);
    telemetry.metrics().then((page) => response.end(page), next);
  });

  return router;
}

type Metered = OpsDeps["config"];

function metricsRefusal({ host, metricsToken }: Metered, authorization: string | undefined): Failure | undefined {
  if (isLoopback(host)) return undefined;
  if (metricsToken === undefined) return failure("missing", "Not found");
  return holds(authorization, metricsToken)
    ? undefined
    : failure("unauthenticated", "A valid bearer token is required");
}
