import type { features, Flags } from "@beq/flags";
import type { Telemetry } from "@beq/telemetry";
import type { Actor } from "./access/actor.ts";
import type { Health } from "./health/probe.ts";
import type { Scheduler } from "./schedule/client.ts";
import type { ScheduleStore } from "./schedule/store.ts";

/** What every procedure may use; built once, in deps.ts. */
export type Services = {
  flags: Flags<typeof features>;
  telemetry: Telemetry;
  scheduler: Scheduler;
  schedules: ScheduleStore;
  health: Health;
  /** Epoch milliseconds. */
  now: () => number;
  /** Aborted when the process is asked to stop: streams end, so that clients reconnect elsewhere. */
  stopping: AbortSignal;
};

/** One request: who asks, under which id. */
export type Context = Services & { actor: Actor; requestId: string };
