import type { features, Flags } from "@beq/flags";
import type { Telemetry } from "@beq/telemetry";
import type { Actor } from "./access/actor.ts";
import type { Invitations } from "./access/invitations.ts";
import type { Keys } from "./access/keys.ts";
import type { People } from "./access/people.ts";
import type { Exposures } from "./features/exposures.ts";
import type { Forced } from "./features/override.ts";
import type { Manager } from "./flags/manager.ts";
import type { Recent } from "./flags/recent.ts";
import type { Health } from "./health/probe.ts";
import type { Measure } from "./propagation/measure.ts";
import type { Plans } from "./plans/plans.ts";
import type { Scheduler } from "./schedule/client.ts";
import type { ScheduleStore } from "./schedule/store.ts";
import type { Usage } from "./usage/usage.ts";
import type { Webhooks } from "./webhooks/webhooks.ts";

/** What every procedure may use; built once, in deps.ts. */
export type Services = {
  flags: Flags<typeof features>;
  manager: Manager;
  recent: Recent;
  exposures: Exposures;
  telemetry: Telemetry;
  propagation: Measure;
  scheduler: Scheduler;
  schedules: ScheduleStore;
  usage: Usage;
  plans: Plans;
  webhooks: Webhooks;
  health: Health;
  people: People;
  invitations: Invitations;
  keys: Keys;
  /** Whoever sits at this machine is let in without credentials. */
  openMode: boolean;
  /** Epoch milliseconds. */
  now: () => number;
  /** Aborted when the process is asked to stop: streams end, so that clients reconnect elsewhere. */
  stopping: AbortSignal;
};

/** One request: who asks, under which id, and what a tester forces for it; `flagsFor` answers with that. */
export type Context = Services & { actor: Actor; requestId: string; forced: Forced | undefined };
