import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createFlags, features } from "@beq/flags";
import { foreign } from "@beq/flags/foreign";
import { createOverrides } from "@beq/flags/override";
import { re2 } from "@beq/flags/pattern";
import { type Correlation, createCorrelation, createLogger, createTelemetry, type Logger } from "@beq/telemetry";
import { type Access, createAccess } from "./access/access.ts";
import { createApp } from "./app.ts";
import { BadConfig, type Config } from "./config.ts";
import type { Services } from "./context.ts";
import { createExposures } from "./features/exposures.ts";
import { follow, type Variables } from "./features/follow.ts";
import { createForcing } from "./features/override.ts";
import { followChanges } from "./flags/follow.ts";
import { groundOf } from "./flags/ground.ts";
import { createJournal } from "./flags/journal.ts";
import type { Ground } from "./flags/layers.ts";
import { createManager, type Manager } from "./flags/manager.ts";
import { createRecent } from "./flags/recent.ts";
import { probeAll } from "./health/probe.ts";
import { createMeasure } from "./propagation/measure.ts";
import { createPlans } from "./plans/plans.ts";
import { createScheduler } from "./schedule/client.ts";
import { createScheduleStore } from "./schedule/store.ts";
import { createLeader } from "./store/leader.ts";
import { openStore } from "./store/open.ts";
import { createListener } from "./transport/doors.ts";
import { createFront } from "./transport/front.ts";
import { createUsageStore } from "./usage/store.ts";
import { createTally } from "./usage/tally.ts";
import { createUsage } from "./usage/usage.ts";
import { createSend } from "./webhooks/send.ts";
import { createWebhooks } from "./webhooks/webhooks.ts";

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
  const ground = groundAtStart(place.variables, logger);
  const flags = createFlags({ registry: features, flagSet: ground.environment, patterns: re2, foreign });
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDirectory: config.dataDirectory,
    migrations: join(place.root, "migrations"),
    onError: (error) => logger.error("Lost a database connection", { error }),
  });
  const access = await createAccess({ store, logger, config });
  await offerSetUp(access, config, logger).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const scheduler = createScheduler({ ...config.scheduler, trace: correlation.toHeaders });
  const leader = createLeader(store);
  const tally = createTally(flags.takeCounts);
  const usage = createUsage({ take: tally.reader(), store: createUsageStore(store.db), leader, logger, now });
  const journal = createJournal(store);
  const webhooks = createWebhooks({
    db: store.db,
    send: createSend({ allowPrivate: config.privateWebhooks }),
    change: journal.change,
    allowPrivate: config.privateWebhooks,
    logger,
    now,
  });
  const manager = await createManager({
    journal: createJournal(store, webhooks.outbox),
    flags,
    registry: features,
    patterns: re2,
    ground,
    readonly: config.readonlyFlags,
    logger,
    clock: sinceEpoch,
    clockOffset: store.clockOffset,
  });
  const propagation = createMeasure({
    registry: telemetry.registry,
    now: sinceEpoch,
    random: Math.random,
    randomHex: (bytes) => randomBytes(bytes).toString("hex"),
  });
  manager.subscribe(({ version: committed }, { committedAt }) => propagation.applied(committed, committedAt));
  const plans = createPlans({ db: store.db, manager, leader, logger, now });
  manager.subscribe((_committed, { local }) => void (local && webhooks.wake()));
  const unfollowChanges = followChanges({ manager, journal, store, logger });
  const probes = { database: store.ping, scheduler: scheduler.ping };
  const services: Services = {
    flags,
    manager,
    recent: createRecent({ now, key: randomBytes(32) }),
    exposures: createExposures({ flags, tally, registry: telemetry.registry }),
    usage,
    plans,
    webhooks,
    telemetry,
    propagation,
    scheduler,
    schedules: createScheduleStore(store.db),
    people: access.people,
    invitations: access.invitations,
    keys: access.keys,
    openMode: config.open,
    health: { version, environment: store.kind, startedAt: now(), check: () => probeAll(probes, now) },
    now,
    stopping: stopping.signal,
  };
  const unfollow = follow({
    path: place.envFile,
    environment: place.environment,
    onChange: (variables) => applyFlags(manager, variables, logger),
  });
  const secrets = config.overrideSecrets;
  const forcing = secrets
    ? createForcing({ overrides: createOverrides({ secrets, now }), logger, now })
    : () => undefined;
  const overTls = config.publicUrl?.startsWith("https:") ?? false;
  const common = { services, access, forcing, correlation, overTls };
  const front = await createFront({
    ...common,
    store,
    mostStreams: config.streamClients,
  });
  const app = createApp({
    ...common,
    hold: front.hold,
    loopback: config.loopback,
    metricsToken: config.metricsToken,
    webDirectory: join(place.root, "..", "web", "dist"),
  });

  return {
    /** Answers every request. */
    app,
    listener: createListener(front.doors, app),
    services,
    logger,
    store,
    access,
    /** Ends streams and answers `not ready`; requests are still served. */
    stop: () => stopping.abort(),
    async close() {
      unfollow();
      unfollowChanges();
      front.close();
      access.close();
      await Promise.all([plans.close(), usage.close(), webhooks.close()]);
      await store.close();
      await logger.flush();
    },
  };
}

/**
 * Tells how the first account is made, while there is none.
 * @throws {BadConfig} where everybody could reach a server that nobody holds
 */
async function offerSetUp({ people, code }: Access, config: Config, logger: Logger): Promise<void> {
  if (config.open || (await people.exist())) return;
  if (!config.loopback && !config.serverKey)
    throw new BadConfig(
      `HOST="${config.host}" is reachable from outside: set SERVER_KEY (at least 16 characters), or make the first account while HOST=127.0.0.1`,
    );
  logger.warn(`Nobody has an account: make the first one on the web page, with the set-up code ${code}`);
}

function groundAtStart(variables: Variables, logger: Logger): Ground {
  const read = groundOf(features, variables);
  for (const warning of read.warnings) logger.warn(warning);
  if (!read.ok) throw new BadConfig(read.problems.join("; "));
  return read.ground;
}

/** Puts an edited file's flags under the saved ones; a file with a mistake changes nothing. */
function applyFlags(manager: Manager, variables: Variables, logger: Logger): void {
  const read = groundOf(features, variables);
  for (const warning of read.warnings) logger.warn(warning);
  if (!read.ok) {
    logger.error("The edited .env file has a mistake: the flags stay as they were", { problems: read.problems });
    return;
  }
  const changed = manager.surround(read.ground);
  if (changed.length > 0) logger.info("Flags changed", { flags: changed });
}

/** Epoch milliseconds of a clock that nobody sets. */
function sinceEpoch(): number {
  return performance.timeOrigin + performance.now();
}
