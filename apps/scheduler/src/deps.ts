import { createCorrelation, createLogger, createTelemetry, type LoggerOptions } from "@beq/telemetry";
import { version } from "../package.json";
import type { Config } from "./config.ts";
import type { Effort } from "./job.ts";
import { createPoolMetrics } from "./metrics.ts";
import { createPool } from "./pool.ts";
import type { ServerDeps } from "./server.ts";

type Outside = {
  config: Config;
  /** Epoch milliseconds; plans take it for the present. */
  now?: () => number;
  effort?: Effort;
  /** The program of the solver threads. */
  entry?: URL;
  /** Where log lines go. */
  stream?: LoggerOptions["stream"];
};

// A quarter of a second for a week of 25 tasks, three seconds for 500 tasks in 90 days. A constant: the time that a
// machine happens to have must not decide what is planned.
const settled: Effort = { seed: 1, iterations: 20_000 };

/** Everything real that the server works with; what is given takes the place of the default. */
export function createDeps({
  config,
  now = Date.now,
  effort = settled,
  entry = workerEntry(),
  stream,
}: Outside): ServerDeps {
  const correlation = createCorrelation();
  const common = { service: "scheduler", version } as const;
  const logger = createLogger({ ...common, level: config.logLevel, correlation, ...(stream ? { stream } : {}) });
  const telemetry = createTelemetry({ ...common, logger, features: [], clock: now });
  const metrics = createPoolMetrics(telemetry.registry);
  const pool = createPool({
    entry,
    size: config.workers,
    queueLimit: config.queue,
    timeLimitSeconds: config.timeLimitSeconds,
    onStart: metrics.waited,
    onLoss: (trace) => {
      metrics.lost();
      logger.error("Solver thread lost", { trace });
    },
  });
  telemetry.gauge("beq_scheduler_queue_length", "Problems waiting for a worker.", () => pool.counts().queued);
  telemetry.gauge("beq_scheduler_active_solves", "Problems being solved.", () => pool.counts().active);
  telemetry.gauge("beq_scheduler_workers", "Workers there are.", () => pool.counts().workers);
  return { config, version, now, effort, pool, telemetry, logger, correlation };
}

// Run from source the worker is TypeScript, which a thread reads only with a loader; built, it lies beside as JavaScript.
function workerEntry(): URL {
  const beside = import.meta.url.endsWith(".ts") ? "./worker-dev.mjs" : "./worker.js";
  return new URL(beside, import.meta.url);
}
