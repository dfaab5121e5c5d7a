import { createCorrelation, createLogger, createTelemetry, type LoggerOptions } from "@beq/telemetry";
import { version } from "../package.json";
import type { Config } from "./config.ts";
import type { Effort } from "./job.ts";
import { createPoolMetrics } from "./metrics.ts";
import { createPool } from "./pool.ts";
import { createProver } from "./prover.ts";
import type { ServerDeps } from "./server.ts";

type Outside = {
  config: Config;
  /** Epoch milliseconds; plans take it for the present. */
  now?: () => number;
  effort?: Effort;
  /** The program of the solver threads. */
  entry?: URL;
  /** The program of the threads that prove. */
  proofEntry?: URL;
  /** Where log lines go. */
  stream?: LoggerOptions["stream"];
};

const proofsWaiting = 8;
const proofGraceSeconds = 30;

/** Everything real that the server works with; what is given takes the place of the default. */
export function createDeps({
  config,
  now = Date.now,
  effort = { seed: 1, iterations: config.iterations },
  entry = entryOf("worker"),
  proofEntry = entryOf("proving"),
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
      // Ended in the middle of work that nobody waited for: no loss to anybody.
      if (trace !== "cancelled") logger.error("Solver thread lost", { trace });
    },
  });
  const prover = createProver({
    entry: proofEntry,
    seconds: config.proofSeconds,
    graceSeconds: proofGraceSeconds,
    megabytes: config.proofMegabytes,
    queueLimit: proofsWaiting,
    resident: () => process.memoryUsage.rss(),
    onEnd: (ending, trace) => {
      metrics.proved(ending);
      if (trace !== "") logger.error("Proof lost", { trace });
    },
  });
  telemetry.gauge("beq_scheduler_queue_length", "Problems waiting for a worker.", () => pool.counts().queued);
  telemetry.gauge("beq_scheduler_active_solves", "Problems being solved.", () => pool.counts().active);
  telemetry.gauge("beq_scheduler_workers", "Workers there are.", () => pool.counts().workers);
  return { config, version, now, effort, pool, prover, telemetry, logger, correlation };
}

// Run from source a thread's program is TypeScript, read only with a loader; built, it lies beside as JavaScript.
function entryOf(program: "worker" | "proving"): URL {
  const beside = import.meta.url.endsWith(".ts") ? `./${program}-dev.mjs` : `./${program}.js`;
  return new URL(beside, import.meta.url);
}
