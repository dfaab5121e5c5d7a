import type { Logger } from "@beq/telemetry";
import type { Author } from "../flags/wire.ts";
import type { Leader } from "../store/leader.ts";
import type { Database } from "../store/open.ts";
import { createRounds } from "../store/rounds.ts";
import { createDeciding, type Deciding } from "./decide.ts";
import { createProposing, type Proposing, type ProposingDeps } from "./propose.ts";
import { planOf } from "./row.ts";
import { runDue } from "./run.ts";
import type { FourEyes, Plan, PlanFilter } from "./schema.ts";
import { createSettings } from "./settings.ts";
import { createPlanStore } from "./store.ts";

/** How many changes of a flag wait. */
export type Waiting = { planned: number; requested: number };

export type Plans = Proposing &
  Deciding & {
    list(filter: PlanFilter): Promise<Plan[]>;
    /** By flag's key; flags for which nothing waits are left out. */
    waiting(): Promise<ReadonlyMap<string, Waiting>>;
    fourEyes(): Promise<FourEyes>;
    setFourEyes(on: boolean, by: Author): Promise<FourEyes>;
    /** Makes the changes whose hour has come, now; resolves when that is done. Never rejects. */
    wake(): Promise<void>;
    close(): Promise<void>;
  };

export type PlansDeps = {
  db: Database;
  manager: ProposingDeps["manager"];
  leader: Leader;
  logger: Pick<Logger, "error" | "info" | "warn">;
  now: () => number;
};

// Another process may have planned something, and ended since.
const longestMilliseconds = 30_000;

/** Changes that wait for a second person or for their hour. */
export function createPlans({ db, manager, leader, logger, now }: PlansDeps): Plans {
  const store = createPlanStore(db);
  const settings = createSettings(db);
  const proposing = createProposing({ store, settings, manager, now });
  const deciding = createDeciding({ store, manager, now });
  const rounds = createRounds({
    name: "Making planned changes",
    atMost: longestMilliseconds,
    logger,
    round: () => runDue({ store, manager, leader, logger, now }),
  });
  void rounds.wake();

  /** What is due may be so sooner than the sleep was long. */
  const waking =
    <Args extends unknown[], Answer>(act: (...args: Args) => Promise<Answer>) =>
    async (...args: Args) => {
      const answer = await act(...args);
      void rounds.wake();
      return answer;
    };

  return {
    ...proposing,
    ...deciding,
    schedule: waking(proposing.schedule),
    approve: waking(deciding.approve),
    list: async (filter) => (await store.list(filter)).map((row) => planOf(row, manager)),

    async waiting() {
      const waiting = new Map<string, Waiting>();
      for (const { key, kind, number } of await store.waiting()) {
        const known = waiting.get(key) ?? { planned: 0, requested: 0 };
        waiting.set(key, kind === "schedule" ? { ...known, planned: number } : { ...known, requested: number });
      }
      return waiting;
    },

    fourEyes: settings.fourEyes,
    async setFourEyes(on, by) {
      const setting = await settings.setFourEyes(on, by, new Date(now()));
      logger.info("Approval by a second person was switched", { on, author: by.id });
      return setting;
    },
    wake: rounds.wake,
    close: rounds.close,
  };
}
