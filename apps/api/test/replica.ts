import { fileURLToPath } from "node:url";
import { createFlags, type Flag, features } from "@beq/flags";
import { re2 } from "@beq/flags/pattern";
import { groundOf } from "../src/flags/ground.ts";
import { createJournal } from "../src/flags/journal.ts";
import { createManager } from "../src/flags/manager.ts";
import type { Author } from "../src/flags/wire.ts";
import { createPlans } from "../src/plans/plans.ts";
import { createLeader, type Leader } from "../src/store/leader.ts";
import { openStore } from "../src/store/open.ts";
import { createSend } from "../src/webhooks/send.ts";
import { createWebhooks } from "../src/webhooks/webhooks.ts";
import { flag } from "./saving.ts";

export const ann: Author = { kind: "member", id: "ann", name: "Ann" };
export const bob: Author = { kind: "member", id: "bob", name: "Bob" };
export const robot: Author = { kind: "key", id: "robot", name: "The robot" };

export type Where = { databaseUrl?: string | undefined; dataDirectory: string };
export type Clock = { now: number };

/** One process's flags with what works beside them, as deps.ts puts it together, on a database that may be shared. */
export async function createReplica(where: Where, clock: Clock, leader?: Leader) {
  const now = () => clock.now;
  const lines: { message: string; fields: unknown }[] = [];
  const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
  const logger = { error: note, warn: note, info: note, debug: note };
  const migrations = fileURLToPath(new URL("../migrations", import.meta.url));
  const store = await openStore({ ...where, migrations, onError: () => {} });
  const read = groundOf(features, {});
  if (!read.ok) throw new Error("unreachable");
  const flags = createFlags({ registry: features, flagSet: read.ground.environment, patterns: re2 });
  const webhooks = createWebhooks({
    db: store.db,
    send: createSend({ allowPrivate: true }),
    change: createJournal(store).change,
    allowPrivate: true,
    logger,
    now,
  });
  const manager = await createManager({
    journal: createJournal(store, webhooks.outbox),
    flags,
    registry: features,
    patterns: re2,
    ground: read.ground,
    readonly: false,
    logger,
    clock: now,
    clockOffset: store.clockOffset,
  });
  const plans = createPlans({ db: store.db, manager, leader: leader ?? createLeader(store), logger, now });

  return {
    store,
    flags,
    manager,
    plans,
    webhooks,
    lines,
    /** A flag as it is in force, and the version that an edit of it starts from. */
    current(key: string): { base: number; value: Flag } {
      const value = manager.layered().set.flags[key];
      if (!value) throw new Error(`there is no flag '${key}'`);
      return { base: manager.stored().versions.flag[key] ?? 0, value };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([plans.close(), webhooks.close()]);
      await store.close();
    },
  };
}

export type Replica = Awaited<ReturnType<typeof createReplica>>;

/** A change of one flag as it is in force there, in these members. */
export function changing(replica: Replica, key: string, members: Partial<Flag>, comment = "") {
  const { base, value } = replica.current(key);
  return { edits: [{ kind: "flag" as const, key, base, value: { ...value, ...members } }], comment };
}

/** A flag that is made in the UI, on for everybody. */
export function flagNamed(description: string): Flag {
  return flag({ description });
}
