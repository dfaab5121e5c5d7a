import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { Preferences, Weights } from "@beq/scheduler/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createScheduleStore, type ScheduleStore } from "../src/schedule/store.ts";
import type { StoredWeek } from "../src/schedule/stored.ts";
import { lock } from "../src/store/lock.ts";
import { openStore, type Store } from "../src/store/open.ts";
import { noPostgres, startPostgres } from "./postgres.ts";

const migrations = fileURLToPath(new URL("../migrations", import.meta.url));
const at = Date.UTC(2030, 2, 25, 6);

describe("the embedded database", () => {
  contract(async () => ({ dataDirectory: "memory" }));

  it("keeps what was stored over a restart, in a directory of its owner alone", async () => {
    await using directory = await temporary();
    const first = await open({ dataDirectory: directory.path });
    await createScheduleStore(first.db).save("u", 0, "generate", weekOf("kept"), at);
    await first.close();

    const second = await open({ dataDirectory: directory.path });
    expect(await createScheduleStore(second.db).latest("u")).toMatchObject({
      version: 1,
      week: { warnings: ["kept"] },
    });
    await second.close();
    expect((await stat(directory.path)).mode & 0o077).toBe(0);
  });

  it("is open in one process only", async () => {
    await using directory = await temporary();
    const store = await open({ dataDirectory: directory.path });
    await expect(open({ dataDirectory: directory.path })).rejects.toThrow(/is open in another process/);
    await store.close();
    await (await open({ dataDirectory: directory.path })).close();
  });

  it("is locked by a file where there are no abstract sockets, which a dead owner does not keep", async () => {
    await using directory = await temporary();
    const release = await lock(directory.path, "darwin");
    await expect(lock(directory.path, "darwin")).rejects.toThrow(/is open in another process/);
    release();
    (await lock(directory.path, "darwin"))();
  });
});

describe.skipIf(noPostgres)(`PostgreSQL${noPostgres ? ` (skipped: ${noPostgres})` : ""}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  contract(async () => ({ databaseUrl: server.url, dataDirectory: "unused" }));

  it("is migrated once by processes that start together", async () => {
    const stores = await Promise.all([1, 2, 3].map(() => open({ databaseUrl: server.url, dataDirectory: "unused" })));
    await expect(Promise.all(stores.map((store) => store.ping()))).resolves.toHaveLength(3);
    await Promise.all(stores.map((store) => store.close()));
  });

  it("gives every connection back that breaks in a transaction, at its begin as well", async () => {
    const store = await open({ databaseUrl: server.url, dataDirectory: "unused" });
    const transact = () => store.db.transaction((transaction) => transaction.execute(sql`select pg_sleep(0.05)`));
    const working = Promise.allSettled(Array.from({ length: 20 }, transact));
    await server.stop();
    expect((await working).filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
    await server.start();
    await Promise.all(Array.from({ length: 10 }, transact));
    await store.close();
  });

  it("is unavailable while it is away, and serves again when it is back", async () => {
    const store = await open({ databaseUrl: server.url, dataDirectory: "unused" });
    const schedules = createScheduleStore(store.db);
    await schedules.save("away", 0, "generate", weekOf("before"), at);
    await server.stop();
    await expect(schedules.latest("away")).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 5 });
    await server.start();
    expect(await schedules.latest("away")).toMatchObject({ week: { warnings: ["before"] } });
    await store.close();
  });
});

/** What every database must do. */
function contract(options: () => Promise<{ databaseUrl?: string; dataDirectory: string }>) {
  let store: Store;
  let schedules: ScheduleStore;
  beforeAll(async () => {
    store = await open(await options());
    schedules = createScheduleStore(store.db);
  });
  afterAll(() => store.close());

  it("has nothing for a user without a plan", async () => {
    expect(await schedules.latest("nobody")).toBeUndefined();
  });

  it("gives back the newest version, text in any script unharmed", async () => {
    await schedules.save("ключ'; drop table schedules", 0, "generate", weekOf("first"), at);
    await schedules.save("ключ'; drop table schedules", 1, "optimize", weekOf("zweite 🐝 \\ \" '"), at + 1);
    expect(await schedules.latest("ключ'; drop table schedules")).toEqual({
      version: 2,
      week: weekOf("zweite 🐝 \\ \" '"),
      updatedAt: new Date(at + 1),
    });
  });

  it("refuses a version that is based on an old one", async () => {
    await schedules.save("two", 0, "generate", weekOf("first"), at);
    await expect(schedules.save("two", 0, "generate", weekOf("late"), at)).rejects.toMatchObject({ code: "conflict" });
    expect(await schedules.latest("two")).toMatchObject({ version: 1, week: { warnings: ["first"] } });
  });

  it("lets one of many writers win", async () => {
    const writers = Array.from({ length: 20 }, (_, index) =>
      schedules.save("many", 0, "generate", weekOf(String(index)), at),
    );
    const outcomes = await Promise.allSettled(writers);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("keeps what else is said of a version with that version, and of none that is gone", async () => {
    await schedules.save("amended", 0, "generate", weekOf("first"), at);
    await schedules.save("amended", 1, "generate", weekOf("second"), at);
    await schedules.amend("amended", 1, weekOf("first, proven"));
    await schedules.amend("amended", 7, weekOf("nothing there"));
    expect(await schedules.at("amended", 1)).toMatchObject({ week: { warnings: ["first, proven"] } });
    expect(await schedules.latest("amended")).toMatchObject({ version: 2, week: { warnings: ["second"] } });
  });

  it("keeps the last 50 versions", async () => {
    for (let base = 0; base < 55; base += 1) await schedules.save("long", base, "generate", weekOf(String(base)), at);
    const { rows } = (await store.db.execute(
      "select version from schedules where user_id = 'long' order by version",
    )) as unknown as {
      rows: { version: number }[];
    };
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, index) => index + 6));
  });
}

function open(options: { databaseUrl?: string; dataDirectory: string }): Promise<Store> {
  return openStore({ ...options, migrations, onError: () => {} });
}

function weekOf(note: string): StoredWeek {
  return {
    tasks: [],
    existing_events: [],
    user_preferences: Preferences.parse({}),
    constraints: [],
    planning_horizon_days: 7,
    planning_start: null,
    weights: Weights.parse({}),
    older_tasks: [],
    events: [],
    unscheduled: [],
    warnings: [note],
    confidence_score: 1,
    verdict: null,
  };
}

async function temporary() {
  const path = await mkdtemp(join(tmpdir(), "beq-store-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
