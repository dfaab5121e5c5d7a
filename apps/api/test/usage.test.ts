import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLeader, type Leader } from "../src/store/leader.ts";
import { flagUsage } from "../src/store/managed.ts";
import { openStore, type Store } from "../src/store/open.ts";
import { createUsageStore } from "../src/usage/store.ts";
import type { Count } from "../src/usage/tally.ts";
import { createUsage } from "../src/usage/usage.ts";
import { noPostgres, startPostgres } from "./postgres.ts";
import { type Api, monday, serve } from "./serve.ts";

const migrations = fileURLToPath(new URL("../migrations", import.meta.url));
const day = 24 * 60 * 60 * 1000;

describe("on the embedded database", () => {
  contract(() => ({ dataDirectory: "memory" }));

  it("is done by one at a time what is done exclusively", async () => {
    const store = await openStore({ dataDirectory: "memory", migrations, onError: () => {} });
    expect(await alternates([createLeader(store)])).toEqual(alternating);
    await store.close();
  });
});

describe.skipIf(noPostgres)(`on PostgreSQL${noPostgres ? ` (skipped: ${noPostgres})` : ""}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  contract(() => ({ databaseUrl: server.url, dataDirectory: "unused" }));

  it("is done by one process at a time what is done exclusively", async () => {
    const options = { databaseUrl: server.url, dataDirectory: "unused", migrations, onError: () => {} };
    const stores = await Promise.all([openStore(options), openStore(options)]);
    expect(await alternates(stores.map(createLeader))).toEqual(alternating);
    await Promise.all(stores.map((store) => store.close()));
  });

  it("loses no count while the database is away", async () => {
    const options = { databaseUrl: server.url, dataDirectory: "unused", migrations, onError: () => {} };
    const store = await openStore(options);
    await using process = countingProcess(store, { now: monday });
    process.counted.push({ key: "patient", variant: "on", count: 2 });
    await server.stop();
    await expect(process.usage.flush()).rejects.toMatchObject({ code: "unavailable" });
    expect(await process.usage.summary()).toEqual(new Map());
    process.counted.push({ key: "patient", variant: "on", count: 3 });
    await expect(process.usage.flush()).rejects.toMatchObject({ code: "unavailable" });
    await server.start();
    expect((await process.usage.summary()).get("patient")?.answers).toEqual([{ variant: "on", count: 5 }]);
    await process[Symbol.asyncDispose]();
    await store.close();
  });
});

describe("the list of flags", () => {
  let api: Api;
  beforeAll(async () => {
    api = await serve();
  });
  afterAll(() => api[Symbol.asyncDispose]());

  it("shows what was evaluated here and what browsers have shown", async () => {
    await api.get("/api/v1/schedule/u");
    const shown = { exposures: [{ feature_name: "ai_chat", enabled: false, count: 3 }] };
    expect(await api.post("/trpc/features.exposed", shown)).toMatchObject({ status: 200 });
    await api.deps.services.usage.flush();
    const { body } = await api.get("/api/v1/flags", await api.as("viewer"));
    const { flags } = body as { flags: Record<string, unknown>[] };
    const of = (key: string) => flags.find((row) => row["key"] === key);
    const last_evaluated_at = new Date(monday).toISOString();
    expect(of("schedule_optimization")).toMatchObject({ last_evaluated_at, answers: [{ variant: "on", count: 1 }] });
    expect(of("ai_chat")).toMatchObject({ last_evaluated_at, answers: [{ variant: "off", count: 3 }] });
    expect(of("calendar_sync")).toMatchObject({ last_evaluated_at: null, answers: [] });
  });

  it("leaves the counts to the metrics as well", async () => {
    const { body } = await api.get("/metrics");
    expect(body).toContain('beq_flag_exposures_total{flag="ai_chat",variant="off"} 3');
  });
});

/** What must hold on every database. */
function contract(where: () => { databaseUrl?: string; dataDirectory: string }) {
  let store: Store;
  const clock = { now: monday };
  beforeAll(async () => {
    store = await openStore({ ...where(), migrations, onError: () => {} });
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    clock.now = monday;
    await store.db.delete(flagUsage);
  });

  it("adds up what several processes count", async () => {
    await using one = countingProcess(store, clock);
    await using other = countingProcess(store, clock);
    one.counted.push({ key: "a", variant: "on", count: 2 }, { key: "a", variant: "off", count: 1 });
    other.counted.push({ key: "a", variant: "on", count: 5 }, { key: "b", variant: undefined, count: 4 });
    await Promise.all([one.usage.flush(), other.usage.flush()]);
    clock.now += day;
    one.counted.push({ key: "a", variant: "off", count: 10 });
    await one.usage.flush();
    expect(Object.fromEntries(await other.usage.summary())).toEqual({
      a: {
        lastAt: monday + day,
        answers: [
          { variant: "off", count: 11 },
          { variant: "on", count: 7 },
        ],
      },
      b: { lastAt: monday, answers: [] },
    });
  });

  it("counts answers of 30 days, and remembers longer when a flag was last asked for", async () => {
    await using process = countingProcess(store, clock);
    process.counted.push({ key: "a", variant: "on", count: 1 });
    await process.usage.flush();
    clock.now += 31 * day;
    expect((await process.usage.summary()).get("a")).toEqual({ lastAt: monday, answers: [] });
  });

  it("forgets after 90 days", async () => {
    await using process = countingProcess(store, clock);
    process.counted.push({ key: "a", variant: "on", count: 1 });
    await process.usage.flush();
    clock.now += 91 * day;
    expect(await process.usage.summary()).toEqual(new Map());
  });

  it("writes the rest down when it is closed", async () => {
    const process = countingProcess(store, clock);
    process.counted.push({ key: "late", variant: "on", count: 1 });
    await process[Symbol.asyncDispose]();
    await using next = countingProcess(store, clock);
    expect((await next.usage.summary()).get("late")?.answers).toEqual([{ variant: "on", count: 1 }]);
  });

  it("takes more flags at once than fit into one statement", async () => {
    await using process = countingProcess(store, clock);
    process.counted.push(
      ...Array.from({ length: 2_500 }, (_, index) => ({ key: `f${index}`, variant: "on", count: 1 })),
    );
    await process.usage.flush();
    expect((await process.usage.summary()).size).toBe(2_500);
  });
}

/** What comes of jobs that overlap, of one of another name beside them, and of the same after they ended or failed. */
async function alternates(leaders: readonly Leader[]) {
  const [one, other = one] = leaders;
  if (!one || !other) throw new Error("unreachable");
  let finish = () => {};
  let first: Promise<string | undefined> = Promise.resolve(undefined);
  await new Promise<void>((begun) => {
    first = one.exclusively("job", async () => {
      begun();
      await new Promise<void>((resolve) => (finish = resolve));
      return "first";
    });
  });
  const second = await other.exclusively("job", async () => "second");
  const beside = await other.exclusively("another", async () => "beside");
  finish();
  const ended = await first;
  const failed = await other.exclusively("job", () => Promise.reject(new Error("broken"))).catch(String);
  return [second, beside, ended, failed, await one.exclusively("job", async () => "third")];
}

const alternating = [undefined, "beside", "first", "Error: broken", "third"];

function countingProcess(store: Store, clock: { now: number }) {
  const counted: Count[] = [];
  const usage = createUsage({
    take: () => counted.splice(0),
    store: createUsageStore(store.db),
    leader: createLeader(store),
    logger: { error: () => {}, warn: () => {} },
    now: () => clock.now,
  });
  return { counted, usage, [Symbol.asyncDispose]: () => usage.close() };
}
