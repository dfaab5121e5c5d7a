import { join } from "node:path";
import { createFlags, environmentLayer, features } from "@beq/flags";
import { type Correlation, createCorrelation, createLogger, createTelemetry, type Logger } from "@beq/telemetry";
import { createApp } from "./app.ts";
import { BadConfig, type Config } from "./config.ts";
import type { Services } from "./context.ts";
import { follow, type Variables } from "./features/follow.ts";
import { probeAll } from "./health/probe.ts";
import { createScheduler } from "./schedule/client.ts";
import { createScheduleStore } from "./schedule/store.ts";
import { openStore } from "./store/open.ts";

export type Place = {
  version: string;
  /** Folder of this app, with `migrations/` in it. */
  root: string;
  /** Path of the `.env` file that flags follow. */
  envFile: string;
  environment: Variables;
  /** The variables at the start: the file's under the environment's. */
  variables: Variables;
  correlation?: Correlation;
  logger?: Logger;
  now?: () => number;
};

/** Builds every adapter, once. The only place that knows the real ones. */
export async function createDeps(config: Config, place: Place) {
  const { version, now = Date.now } = place;
  const correlation = place.correlation ?? createCorrelation();
  const logger = place.logger ?? createLogger({ service: "api", version, level: config.logLevel, correlation });
  if (!config.loopback && !config.metricsToken)
    logger.warn("/metrics is not served: METRICS_TOKEN is not set and HOST is not loopback");
  const stopping = new AbortController();
  const telemetry = createTelemetry({
    service: "api",
    version,
    logger,
    features: Object.keys(features),
    maxUserLabels: config.maxUserLabels,
    userHistograms: config.userHistograms,
    clock: now,
  });
  const flags = createFlags({ registry: features, flagSet: flagsAtStart(place.variables, logger) });
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDirectory: config.dataDirectory,
    migrations: join(place.root, "migrations"),
    onError: (error) => logger.error("Lost a database connection", { error }),
  });
  const scheduler = createScheduler({ ...config.scheduler, trace: correlation.toHeaders });
  const probes = { database: store.ping, scheduler: scheduler.ping };
  const services: Services = {
    flags,
    telemetry,
    scheduler,
    schedules: createScheduleStore(store.db),
    health: { version, environment: store.kind, startedAt: now(), check: () => probeAll(probes, now) },
    now,
    stopping: stopping.signal,
  };
  const unfollow = follow({
    path: place.envFile,
    environment: place.environment,
    onChange: (variables) => applyFlags(services.flags, variables, logger),
  });
  const app = createApp({
    services,
    access: { open: config.open, serverKey: config.serverKey },
    correlation,
    loopback: config.loopback,
    overTls: config.publicUrl?.startsWith("https:") ?? false,
    metricsToken: config.metricsToken,
    webDirectory: join(place.root, "..", "web", "dist"),
  });

  return {
    app,
    services,
    logger,
    store,
    /** Ends streams and answers `not ready`; requests are still served. */
    stop: () => stopping.abort(),
    async close() {
      unfollow();
      await store.close();
      await logger.flush();
    },
  };
}

function flagsAtStart(variables: Variables, logger: Logger) {
  const layer = environmentLayer(features, variables);
  for (const warning of layer.warnings) logger.warn(warning);
  if (!layer.ok) throw new BadConfig(layer.problems.join("; "));
  return layer.flags;
}

/** Puts an edited file's flags in force; a file with a mistake changes nothing. */
function applyFlags(flags: Services["flags"], variables: Variables, logger: Logger): void {
  const layer = environmentLayer(features, variables);
  for (const warning of layer.warnings) logger.warn(warning);
  if (!layer.ok) {
    logger.error("The edited .env file has a mistake: the flags stay as they were", { problems: layer.problems });
    return;
  }
  const changed = flags.replace(layer.flags);
  if (changed.length > 0) logger.info("Flags changed", { flags: changed });
}
