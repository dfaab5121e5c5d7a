import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { followChanges } from "../src/flags/follow.ts";
import { createJournal } from "../src/flags/journal.ts";
import type { Edit } from "../src/flags/wire.ts";
import { flagChanges, flagHead, flagItems } from "../src/store/managed.ts";
import { noPostgres, startPostgres } from "./postgres.ts";
import { ann, createReplica, type Replica } from "./replica.ts";
import { flag, save } from "./saving.ts";
import { serve } from "./serve.ts";
import { copyOf } from "./template.ts";

const monday = Date.UTC(2030, 2, 25, 6);

describe.skipIf(noPostgres)(`processes on one PostgreSQL${noPostgres ? ` (skipped: ${noPostgres})` : ""}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const where = () => ({ databaseUrl: server.url, dataDirectory: "unused" });

  it("hear of a change at once, and when it was committed", async () => {
    await using here = await followed(where());
    await using there = await followed(where(), "by ear");
    const heard: { version: number; late: number; local: boolean }[] = [];
    there.manager.subscribe(({ version }, { committedAt, local }) =>
      heard.push({ version, late: Date.now() - committedAt, local }),
    );
    const { version } = await set(here, "announced", "a");
    await expect.poll(() => heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ version, local: false });
    // By the clock of the world, not by the test's own of 2030.
    expect(Math.abs(heard[0]?.late ?? Infinity)).toBeLessThan(60_000);
    expect(there.flags.peek("announced", {})).toMatchObject({ value: true });
  });

  it("find a change that was never announced", async () => {
    await using there = await followed(where());
    await using silent = await createReplica(where(), { now: monday });
    // As if whoever announces were killed after the commit.
    const journal = createJournal({ db: silent.store.db, announce: async () => {} });
    const committed = await journal.commit((turn) =>
      turn.write({
        origin: "api",
        author: ann,
        comment: "",
        undoes: null,
        edits: [{ kind: "flag", key: "silent", before: null, after: flag(), before_version: 0 }],
      }),
    );
    await expect.poll(() => there.manager.stored().version).toBe(committed.version);
    expect(there.flags.peek("silent", {})).toMatchObject({ value: true });
  });

  it("listen again when their connection broke, and catch up with what they missed", async () => {
    await using here = await followed(where());
    await using there = await followed(where(), "by ear");
    await here.store.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'beq listener'`,
    );
    const { version } = await set(here, "missed", "a");
    await expect.poll(() => there.manager.stored().version).toBe(version);

    const heard = new Promise<void>((resolve) => void there.manager.subscribe(() => resolve()));
    await listeners(here, 2);
    await set(here, "missed", "b");
    await heard;
  });

  it("lose nothing that was acknowledged when a writer is killed", async () => {
    await using there = await followed(where());
    const file = fileURLToPath(new URL("writer.ts", import.meta.url));
    const writer = spawn(process.execPath, ["--import", "tsx", file, server.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const acknowledged: number[] = [];
    writer.stdout.on("data", (chunk: Buffer) => acknowledged.push(...String(chunk).trim().split("\n").map(Number)));
    await expect.poll(() => acknowledged.length).toBeGreaterThan(20);
    writer.kill("SIGKILL");
    await once(writer, "exit");

    const head = () => createJournal(there.store).head();
    await expect.poll(async () => there.manager.stored().version === (await head())).toBe(true);
    expect(await head()).toBeGreaterThanOrEqual(acknowledged.at(-1) ?? Infinity);
    const changes = await there.manager.history({ key: "killed", limit: 10_000 });
    const versions = new Set(changes.map(({ version }) => version));
    expect(acknowledged.filter((version) => !versions.has(version))).toEqual([]);
    await set(there, "killed", "after");
  });

  it("take over a database that was restored to an older state", async () => {
    await using here = await followed(where());
    const { version } = await set(here, "restored", "a");
    await set(here, "restored", "b");
    await here.store.db.transaction(async (transaction) => {
      await transaction.execute(sql`delete from flag_changes where version > ${version}`);
      await transaction.execute(sql`delete from flag_history where version > ${version}`);
      await transaction
        .update(flagItems)
        .set({ version, document: flag({ owner: "a", version }) })
        .where(sql`key = 'restored'`);
      await transaction.update(flagHead).set({ version });
    });
    await expect.poll(() => here.manager.stored().version).toBe(version);
    expect(here.manager.layered().set.flags["restored"]).toMatchObject({ owner: "a" });
    expect(await set(here, "restored", "c")).toMatchObject({ version: version + 1 });
  });

  it("serve without what a newer BeQ saved, say so, and take it over once it is sound", async () => {
    await using here = await followed(where());
    await set(here, "newer", "a");
    const unknown = { ...flag(), hologram: true };
    const version = here.manager.stored().version + 1;
    await here.store.db.transaction(async (transaction) => {
      const edits = [{ kind: "flag", key: "ai_chat", before: null, after: unknown, before_version: 0 }];
      await transaction
        .insert(flagChanges)
        .values({ version, at: new Date(), origin: "ui", author: ann, comment: "", edits, undoes: null });
      await transaction.insert(flagItems).values({ kind: "flag", key: "ai_chat", version, document: unknown });
      await transaction.update(flagHead).set({ version });
    });
    await expect.poll(() => here.manager.stored().version).toBe(version);
    expect(here.manager.layered().broken).toMatchObject([{ kind: "flag", key: "ai_chat" }]);
    expect(here.flags.isEnabled("ai_chat", "u")).toBe(true);
    expect(here.lines.map(({ message }) => message)).toContain("A saved item is not in force: it is not sound");

    // A process that starts finds the same.
    await using late = await createReplica(where(), { now: monday });
    expect(late.manager.layered().broken).toHaveLength(1);
    expect(late.flags.isEnabled("ai_chat", "u")).toBe(true);

    // Others can be saved meanwhile, and a sound version mends it.
    await set(here, "newer", "b");
    const edits: Edit[] = [{ kind: "flag", key: "ai_chat", base: version, value: flag({ enabled: false }) }];
    await here.manager.save({ edits, comment: "" }, { author: ann, origin: "ui" });
    expect(here.manager.layered().broken).toEqual([]);
    expect(here.flags.isEnabled("ai_chat", "u")).toBe(false);
  });
});

describe.skipIf(noPostgres)("a database that is away under load", () => {
  const awayMilliseconds = process.env["BEQ_DEEP"] ? 30_000 : 2_000;

  it(`changes no answer, and is used again when it is back (${awayMilliseconds / 1000} s)`, async () => {
    await using server = await startPostgres();
    const key = "a-key-of-sixteen-characters";
    await using api = await serve({ env: { DATABASE_URL: server.url, SERVER_KEY: key } });
    await save(api.deps, { ai_chat: flag({ otherwise: { variant: "off" } }) });

    const answers = new Map<string, number>();
    let stop = false;
    const load = Array.from({ length: 4 }, async (_, client) => {
      for (let count = 0; !stop; count += 1) {
        const path = `/api/v1/features/status/ai_chat?user_id=user-${client}-${count}`;
        const { status, body } = await api.get(path, { "x-api-key": key });
        const answer = `${status} ${String((body as { enabled?: boolean }).enabled)}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    });
    await expect.poll(() => answers.size).toBe(1);
    await server.stop();
    const refused = save(api.deps, { ai_chat: flag() });
    await expect(refused).rejects.toMatchObject({ code: "unavailable" });
    const before = answers.get("200 false") ?? 0;
    await new Promise((resolve) => setTimeout(resolve, awayMilliseconds));
    await expect.poll(() => answers.get("200 false")).toBeGreaterThan(before);
    await server.start();

    await expect
      .poll(async () =>
        save(api.deps, { ai_chat: flag({ otherwise: { variant: "off" }, owner: "again" }) }).then(
          () => "saved",
          () => "away",
        ),
      )
      .toBe("saved");
    stop = true;
    await Promise.all(load);
    // One kind of answer, from the first to the last.
    expect([...answers.keys()]).toEqual(["200 false"]);
    expect(api.deps.services.manager.layered().set.flags["ai_chat"]).toMatchObject({ owner: "again" });
  });
});

it("keeps what was saved over a restart of the embedded database", async () => {
  await using data = await copyOf(inject("template"));
  const first = await createReplica({ dataDirectory: data.path }, { now: monday });
  await set(first, "kept", "a");
  await set(first, "kept", "b");
  const stored = first.manager.stored();
  await first[Symbol.asyncDispose]();

  await using second = await createReplica({ dataDirectory: data.path }, { now: monday });
  expect(second.manager.stored()).toEqual(stored);
  expect(second.flags.peek("kept", {})).toMatchObject({ value: true });
  expect(await set(second, "kept", "c")).toMatchObject({ version: stored.version + 1 });
});

/** A process that follows what is saved, as deps.ts puts it together; one that goes by ear never looks by itself. */
async function followed(where: Parameters<typeof createReplica>[0], how: "as shipped" | "by ear" = "as shipped") {
  const replica = await createReplica(where, { now: monday });
  const { store } = replica;
  const unfollow = followChanges({
    manager: replica.manager,
    journal: createJournal(store),
    store: { listen: store.listen, kind: how === "by ear" ? "embedded" : store.kind },
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  });
  return {
    ...replica,
    async [Symbol.asyncDispose]() {
      unfollow();
      await replica[Symbol.asyncDispose]();
    },
  };
}

async function set({ manager }: Pick<Replica, "manager">, key: string, owner: string) {
  const base = manager.stored().versions.flag[key] ?? 0;
  return manager.save(
    { edits: [{ kind: "flag", key, base, value: flag({ owner }) }], comment: "" },
    { author: ann, origin: "ui" },
  );
}

/** Waits until that many processes listen. */
async function listeners({ store }: Replica, count: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = (await store.db.execute(
        sql`select 1 from pg_stat_activity where application_name = 'beq listener'`,
      )) as unknown as { rows: unknown[] };
      return rows.length;
    })
    .toBe(count);
}
