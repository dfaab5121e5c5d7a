import type { Registry } from "prom-client";

import type { Logger } from "./log/logger.ts";
import { createLogSink } from "./log/sink.ts";
import { createActiveUsers } from "./metrics/active.ts";
import { createApiMetrics, type ApiMetrics, type Request } from "./metrics/api.ts";
import { createPage, type Page } from "./metrics/page.ts";
import { createSchedulerMetrics } from "./metrics/scheduler.ts";
import { createUserLabels } from "./metrics/users.ts";
import type { Call, Observation, Sink, UsageStatus } from "./observation.ts";

export interface UsageDetails {
  readonly error_type?: string;
  readonly seconds?: number;
  /** False when nobody vouches for the id; code that reports from inside the service does, so true if absent. */
  readonly vouched?: boolean;
}

/** What a service tells about itself. No method throws: telemetry must not break what it watches. */
export interface Telemetry {
  /** Counts the beginning of a call as `started`. */
  recordStart(call: Call): void;
  /** Counts and logs the end of a call, once. */
  record(observation: Observation): void;
  /** Counts one use of a feature or operation outside of a procedure. */
  recordFeatureUsage(
    operation: string,
    user_id: string | null | undefined,
    status: UsageStatus,
    details?: UsageDetails,
  ): void;
  /** Counts one HTTP request by its route. */
  recordRequest(request: Request): void;
  /** Adds a gauge that is read at each scrape; `labels` are constant. Throws on a name that is taken. */
  gauge: Page["gauge"];
  /** For metrics of a service's own beyond gauges. */
  readonly registry: Registry;
  /** The page of `/metrics`; scrapes that come together share one rendering. */
  metrics(): Promise<string>;
  readonly contentType: string;
}

export interface TelemetryOptions {
  readonly service: "api" | "scheduler";
  readonly version: string;
  readonly logger: Logger;
  /** The keys of the features, the closed set behind the label `feature`. */
  readonly features: readonly string[];
  /** How many distinct users the label `user_id` may name; 0 names none. */
  readonly maxUserLabels?: number;
  /** Names users in histograms too, at a dozen series each. */
  readonly userHistograms?: boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export function createTelemetry(options: TelemetryOptions): Telemetry {
  const page = createPage();
  return options.service === "api" ? createApiTelemetry(page, options) : createSchedulerTelemetry(page, options);
}

function createApiTelemetry(page: Page, options: TelemetryOptions): Telemetry {
  const { version, logger, features, maxUserLabels = 200, userHistograms = false, clock } = options;
  const users = createUserLabels(maxUserLabels);
  const metrics = createApiMetrics({ registry: page.registry, users, features, userHistograms });
  const active = createActiveUsers(clock);
  page.gauge("beq_active_users", "Distinct users of the last 24 hours.", () => active.count());
  page.gauge("beq_orchestrator_info", "What runs: its version and features.", () => 1, {
    version,
    features: features.join(","),
  });

  return assemble(page, logger, "beq_orchestrator", metrics, (call) => {
    if (call.user_id && call.vouched) active.saw(call.user_id);
  });
}

function createSchedulerTelemetry(page: Page, { version, logger }: TelemetryOptions): Telemetry {
  const metrics: ApiMetrics = {
    ...createSchedulerMetrics(page.registry),
    // Uses and routes are counted where people come in, so that sums over services count once.
    start: () => undefined,
    use: () => undefined,
    request: () => undefined,
  };
  page.gauge("beq_scheduler_info", "What runs: its version.", () => 1, { version });

  return assemble(page, logger, "beq_scheduler", metrics, () => undefined);
}

function assemble(
  page: Page,
  logger: Logger,
  prefix: string,
  metrics: ApiMetrics,
  saw: (call: Call) => void,
): Telemetry {
  const lines = createLogSink(logger);
  const safely = createGuard(page, logger, prefix);

  return {
    recordStart: (call) => safely(() => metrics.start(call)),
    record(observation) {
      for (const sink of [metrics, lines] satisfies Sink[]) safely(() => sink.record(observation));
      safely(() => saw(observation));
    },
    recordFeatureUsage(operation, user_id, status, { error_type, seconds, vouched = true } = {}) {
      const call = { operation, user_id: user_id ?? undefined, vouched };
      safely(() => metrics.use(call, status, error_type));
      safely(() => saw(call));
      logger.debug(`${operation} ${status}`, { user_id, operation, status, error_type, duration: seconds });
    },
    recordRequest: (request) => safely(() => metrics.request(request)),
    gauge: page.gauge,
    registry: page.registry,
    metrics: page.render,
    contentType: page.registry.contentType,
  };
}

/** Runs a piece of telemetry; what it throws is counted and logged, and goes no further. */
function createGuard(page: Page, logger: Logger, prefix: string): (work: () => void) => void {
  let faults = 0;
  page.counter(`${prefix}_telemetry_errors_total`, "Observations that could not be recorded.", () => faults);
  page.counter(`${prefix}_log_lines_dropped_total`, "Log lines that their reader was too slow for.", logger.dropped);

  return (work) => {
    try {
      work();
    } catch (error) {
      faults += 1;
      logger.error("Telemetry failed", { error });
    }
  };
}
