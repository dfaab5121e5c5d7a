import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openHearing } from "../src/store/hearing.ts";
import { openStore, type Store } from "../src/store/open.ts";
import { noPostgres, startPostgres } from "./postgres.ts";

const migrations = fileURLToPath(new URL("../migrations", import.meta.url));

describe("the embedded database", () => {
  contract(async () => {
    const store = await openStore({ dataDirectory: "memory", migrations, onError: () => {} });
    return [store, store];
  });
});

describe.skipIf(noPostgres)(`PostgreSQL${noPostgres ? ` (skipped: ${noPostgres})` : ""}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const open = (errors: Error[] = []) =>
    openStore({ databaseUrl: server.url, dataDirectory: "unused", migrations, onError: (error) => errors.push(error) });

  contract(async () => [await open(), await open()]);

  it("says when something may have gone unheard, and hears again, after each break", async () => {
    const errors: Error[] = [];
    const store = await open(errors);
    const heard: unknown[] = [];
    let resumed = 0;
    store.listen(
      "a",
      (payload) => heard.push(payload),
      () => (resumed += 1),
    );
    for (const round of [1, 2]) {
      await store.db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'beq listener'`,
      );
      await expect.poll(() => resumed).toBe(round);
      await announce(store, "a", round);
      await expect.poll(() => heard).toContain(round);
    }
    expect(errors.length).toBe(2);
    await store.close();
  });

  it("comes back after the whole server was away", async () => {
    const store = await open();
    const heard: unknown[] = [];
    let resumed = 0;
    store.listen(
      "a",
      (payload) => heard.push(payload),
      () => (resumed += 1),
    );
    await server.stop();
    await server.start();
    await expect.poll(() => resumed).toBe(1);
    await announce(store, "a", "again");
    await expect.poll(() => heard).toEqual(["again"]);
    await store.close();
  });

  it("notices a connection that died without a word", async () => {
    await using proxy = await silenced(server.url);
    const heard: string[] = [];
    const errors: Error[] = [];
    let resumed = 0;
    const hearing = await openHearing({
      connectionString: proxy.url,
      hub: { deliver: (message) => void heard.push(message), resumed: () => (resumed += 1) },
      onError: (error) => errors.push(error),
      heartbeatMilliseconds: 50,
      patienceMilliseconds: 1_000,
    });
    proxy.silence();
    // Where even the living connection is slow to answer, it breaks more than once.
    await expect.poll(() => resumed).toBeGreaterThan(0);
    expect(errors).not.toEqual([]);
    const store = await open();
    await expect
      .poll(async () => {
        await announce(store, "a", 1);
        return heard;
      })
      .toContain('["a",1]');
    await Promise.all([hearing.close(), store.close()]);
  });

  it("knows how far the database's clock is from its own", async () => {
    const store = await open();
    // It is the same clock: what is left is how long the answer took.
    expect(Math.abs(store.clockOffset())).toBeLessThan(30_000);
    await store.close();
  });
});

/** What every database must do for two processes, or for one with itself. */
function contract(open: () => Promise<[Store, Store]>) {
  let here: Store;
  let there: Store;
  beforeAll(async () => {
    [here, there] = await open();
  });
  afterAll(async () => {
    await here.close();
    if (there !== here) await there.close();
  });

  it("tells those who listen to the topic, in order", async () => {
    const heard: unknown[] = [];
    const others: unknown[] = [];
    const unlisten = there.listen("a", (payload) => heard.push(payload));
    there.listen("b", (payload) => others.push(payload));
    await announce(here, "a", { n: 1 });
    await announce(here, "b", "other");
    await announce(here, "a", { n: 2, text: "it's \u2028 “quoted”" });
    await expect.poll(() => heard).toEqual([{ n: 1 }, { n: 2, text: "it's \u2028 “quoted”" }]);
    expect(others).toEqual(["other"]);

    unlisten();
    await announce(here, "a", 3);
    await announce(here, "b", "last");
    await expect.poll(() => others).toEqual(["other", "last"]);
    expect(heard).toHaveLength(2);
  });

  it("tells nothing of a transaction that was rolled back", async () => {
    const heard: unknown[] = [];
    there.listen("c", (payload) => heard.push(payload));
    const failing = here.db.transaction(async (transaction) => {
      await here.announce(transaction, "c", "never");
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    await announce(here, "c", "after");
    await expect.poll(() => heard).toEqual(["after"]);
  });

  it("goes on when a listener throws, and over what is no message of ours", async () => {
    const heard: unknown[] = [];
    there.listen("d", () => {
      throw new Error("a listener's own");
    });
    there.listen("d", (payload) => heard.push(payload));
    await here.db.execute(sql`select pg_notify('beq', 'hello')`);
    await announce(here, "d", 1);
    await expect.poll(() => heard).toEqual([1]);
  });
}

/** A way to the server on which the connections that are open at one moment go silent, and later ones do not. */
async function silenced(url: string) {
  const { port } = new URL(url);
  const pairs: Socket[][] = [];
  const proxy = createServer((near) => {
    const far = connect(Number(port), "127.0.0.1");
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on("error", () => {});
    pairs.push([near, far]);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address() as AddressInfo;
  return {
    url: url.replace(`:${port}/`, `:${address.port}/`),
    silence() {
      for (const socket of pairs.flat()) socket.unpipe().resume();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of pairs.flat()) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

function announce(store: Store, topic: string, payload: unknown): Promise<void> {
  return store.db.transaction((transaction) => store.announce(transaction, topic, payload));
}
