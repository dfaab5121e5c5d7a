import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../../scripts/port.ts";
import { noPostgres, startPostgres } from "./postgres.ts";
import { serve } from "./serve.ts";
import { ann, changing, type Clock, createReplica, flagNamed, type Replica, type Where } from "./replica.ts";

const morning = Date.UTC(2030, 2, 25, 6);
const day = 24 * 60 * 60 * 1000;
const saved = { author: ann, origin: "ui" as const };

describe("on the embedded database", () => {
  contract(() => ({ dataDirectory: "memory" }));
});

describe.skipIf(noPostgres)(`on PostgreSQL${noPostgres ? ` (skipped: ${noPostgres})` : ""}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const where = (): Where => ({ databaseUrl: server.url, dataDirectory: "unused" });

  contract(where);

  it("sends each message from one of many processes, also what another has left behind", async () => {
    await using there = await receiver();
    const clock = { now: morning };
    await using one = await createReplica(where(), clock);
    await using other = await createReplica(where(), clock);
    const left = await createReplica(where(), clock);
    const { id } = await one.webhooks.create({ name: "shared", url: there.url }, ann);
    await left[Symbol.asyncDispose]();
    for (let index = 0; index < 20; index += 1) await one.manager.save(making(`shared_${index}`), saved);
    await Promise.all([one, other, one, other].map(({ webhooks }) => webhooks.wake()));
    expect(new Set(there.taken.map(({ message }) => message["id"])).size).toBe(20);
    expect(there.taken).toHaveLength(20);
    const log = await other.webhooks.deliveries(id, 100);
    expect(new Set(log.map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(new Set(["delivered 1"]));
  });
});

describe("over HTTP", () => {
  it("an administrator makes one, sees its secret once, and what was sent to it", async () => {
    await using api = await serve();
    await using there = await receiver();
    const [admin, editor] = [await api.as("admin"), await api.as("editor")];
    const wish = { name: "ours", url: there.url };
    expect(await api.post("/api/v1/webhooks", wish, editor)).toMatchObject({ status: 403 });
    const { body } = await api.post("/api/v1/webhooks", wish, admin);
    const { id, secret } = body as { id: string; secret: string };
    expect(secret).toMatch(/^whsec_/);

    const edits = [{ kind: "flag", key: "review", base: 0, value: flagNamed("Made here") }];
    expect(await api.post("/api/v1/flags/changes", { edits }, editor)).toMatchObject({ status: 200 });
    await api.deps.services.webhooks.wake();
    expect(there.taken).toMatchObject([{ message: { version: 1, author: { name: "Ed editor" } } }]);
    const log = await api.get(`/api/v1/webhooks/${id}/deliveries`, admin);
    expect(log.body).toMatchObject({ items: [{ version: 1, state: "delivered" }] });
    const list = await api.get("/api/v1/webhooks", admin);
    expect(list.body).toMatchObject({ items: [{ id, name: "ours", last_delivery: { state: "delivered" } }] });
    expect(JSON.stringify([list, log, api.lines()])).not.toContain(secret);
    expect(await api.post(`/api/v1/webhooks/${id}/test`, {}, admin)).toMatchObject({ body: { state: "delivered" } });
    expect(await api.post(`/api/v1/webhooks/${id}/remove`, "", admin)).toMatchObject({ status: 200 });
    expect((await api.get("/api/v1/webhooks", admin)).body).toEqual({ items: [] });
  });

  it("leads nowhere but to the public internet, unless it is allowed to", async () => {
    const strict = { SERVER_KEY: "a-server-key-of-32-characters-abc", PUBLIC_URL: "http://beq.example" };
    await using api = await serve({ env: strict });
    const admin = await api.as("admin");
    const make = (url: string) => api.post("/api/v1/webhooks", { name: "in", url }, admin);
    for (const url of ["http://example.org/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "nonsense"])
      expect(await make(url)).toMatchObject({ status: 422, body: { detail: [{ loc: ["body", "url"], input: url }] } });

    await using lenient = await serve({ env: { ...strict, WEBHOOKS_ALLOW_PRIVATE: "true" } });
    const made = await lenient.post(
      "/api/v1/webhooks",
      { name: "in", url: "http://127.0.0.1:9/" },
      await lenient.as("admin"),
    );
    expect(made).toMatchObject({ status: 200 });
    const { id } = made.body as { id: string };
    expect(await lenient.post(`/api/v1/webhooks/${id}/test`, {}, await lenient.as("admin"))).toMatchObject({
      body: { state: "failed", last_error: "nobody listens at the address" },
    });
  });
});

it("are verified by the receiver of the documentation, which refuses those of others", async () => {
  await using api = await serve({ now: Date.now });
  const admin = await api.as("admin");
  const port = await freePort();
  const { body } = await api.post("/api/v1/webhooks", { name: "documented", url: `http://127.0.0.1:${port}/` }, admin);
  const { id, secret } = body as { id: string; secret: string };
  const state = async () => (await api.post(`/api/v1/webhooks/${id}/test`, {}, admin)).body;
  {
    await using _ours = await documented(port, secret);
    expect(await state()).toMatchObject({ state: "delivered", last_status: 204 });
  }
  await using _others = await documented(port, "whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA==");
  expect(await state()).toMatchObject({ state: "failed", last_status: 401 });
});

/** What must hold on every database. */
function contract(where: () => Where) {
  let replica: Replica;
  let there: Awaited<ReturnType<typeof receiver>>;
  let hook: { id: string; secret: string };
  let number = 0;
  const clock: Clock = { now: morning };
  beforeAll(async () => {
    replica = await createReplica(where(), clock);
  });
  afterAll(() => replica[Symbol.asyncDispose]());
  beforeEach(async () => {
    clock.now = morning;
    for (const { id } of await replica.webhooks.list()) await replica.webhooks.remove(id);
    await there?.[Symbol.asyncDispose]();
    there = await receiver();
    hook = await replica.webhooks.create({ name: "ours", url: there.url }, ann);
  });
  afterAll(() => there[Symbol.asyncDispose]());
  const save = async () => {
    const key = `flag_${(number += 1)}`;
    const committed = await replica.manager.save({ ...making(key), comment: "because" }, saved);
    return { key, version: committed.version, at: committed.at };
  };
  const log = async () => (await replica.webhooks.deliveries(hook.id, 100))[0];

  it("tells of a change, signed, what it changed", async () => {
    const { key, version, at } = await save();
    await replica.manager.save(changing(replica, key, { enabled: false }), saved);
    await replica.webhooks.wake();
    const [made, off] = there.taken.toSorted(
      (one, other) => Number(one.message["version"]) - Number(other.message["version"]),
    );
    expect(made?.message).toMatchObject({
      type: "flags.changed",
      version,
      at,
      author: ann,
      origin: "ui",
      comment: "because",
      undoes: null,
      edits: [{ kind: "flag", key, created: true, removed: false, differences: [{ kind: "added", path: [] }] }],
    });
    expect(off?.message).toMatchObject({
      edits: [
        { key, created: false, differences: [{ kind: "changed", path: ["enabled"], before: true, after: false }] },
      ],
    });
    expect(made?.headers["webhook-id"]).toBe(made?.message["id"]);
    expect(made?.headers["webhook-timestamp"]).toBe(String(morning / 1000));
    expect(made?.headers["webhook-signature"]).toBe(signatureOf(hook.secret, made));
    expect(await log()).toMatchObject({ state: "delivered", attempts: 1, last_status: 200, last_error: null });
  });

  it("tries again, later each time and under the same id, until it is taken", async () => {
    there.answers.push(500, 302, 429);
    const { version } = await save();
    await replica.webhooks.wake();
    expect(await log()).toMatchObject({ version, state: "waiting", attempts: 1, last_status: 500 });
    await replica.webhooks.wake();
    expect(there.taken).toHaveLength(1);
    for (const minutes of [1, 3, 20]) {
      clock.now = morning + minutes * 60_000;
      await replica.webhooks.wake();
    }
    expect(await log()).toMatchObject({ state: "delivered", attempts: 4, last_status: 200, next_at: null });
    expect(new Set(there.taken.map(({ message }) => message["id"])).size).toBe(1);
    expect(there.taken.at(-1)?.headers["webhook-timestamp"]).toBe(String(clock.now / 1000));
  });

  it("gives up after ten attempts in about a day, and sends again when it is asked to", async () => {
    there.answers.push(...Array<number>(10).fill(503));
    await save();
    for (let tries = 0; tries < 12; tries += 1) {
      await replica.webhooks.wake();
      clock.now = Date.parse((await log())?.next_at ?? new Date(clock.now).toISOString());
    }
    const given = await log();
    expect(given).toMatchObject({ state: "failed", attempts: 10, last_status: 503 });
    expect(clock.now - morning).toBeGreaterThan(0.7 * day);
    expect(clock.now - morning).toBeLessThan(1.3 * day);
    expect(await replica.webhooks.redeliver(given?.id ?? "")).toMatchObject({ state: "delivered", attempts: 1 });
    expect(new Set(there.taken.map(({ message }) => message["id"])).size).toBe(1);
  });

  it("stops at once where the receiver is gone for good", async () => {
    there.answers.push(410);
    await save();
    await replica.webhooks.wake();
    expect(await log()).toMatchObject({ state: "failed", attempts: 1, last_status: 410 });
  });

  it("writes nothing for a change that is not made", async () => {
    const refused = replica.manager.save(making("never"), {
      ...saved,
      within: () => Promise.reject(new Error("not this time")),
    });
    await expect(refused).rejects.toThrow("not this time");
    await replica.webhooks.wake();
    expect(there.taken).toEqual([]);
    expect(await replica.webhooks.deliveries(hook.id, 100)).toEqual([]);
  });

  it("sends again what a process took and never said the end of", async () => {
    await save();
    await replica.webhooks.wake();
    await replica.store.db.execute(
      `update webhook_deliveries set state = 'waiting', next_at = '${new Date(morning + 60_000).toISOString()}' where webhook_id = '${hook.id}'`,
    );
    await replica.webhooks.wake();
    expect(there.taken).toHaveLength(1);
    clock.now = morning + 60_000;
    await replica.webhooks.wake();
    expect(there.taken).toHaveLength(2);
    expect(await log()).toMatchObject({ state: "delivered", attempts: 2 });
  });

  it("sends a test that tells of nothing, once", async () => {
    there.answers.push(500);
    expect(await replica.webhooks.test(hook.id)).toMatchObject({ state: "failed", version: null, last_status: 500 });
    expect(await replica.webhooks.test(hook.id)).toMatchObject({ state: "delivered", attempts: 1 });
    expect(there.taken.at(-1)?.message).toEqual({
      id: expect.stringMatching(/^msg_/),
      type: "webhook.test",
      at: "2030-03-25T06:00:00.000Z",
    });
  });

  it("says nothing to one that was removed, and gives up what waited for it", async () => {
    there.answers.push(500);
    await save();
    await replica.webhooks.wake();
    await replica.webhooks.remove(hook.id);
    clock.now = morning + day;
    await save();
    await replica.webhooks.wake();
    expect(there.taken).toHaveLength(1);
    expect(await replica.webhooks.list()).toEqual([]);
    await expect(replica.webhooks.deliveries(hook.id, 10)).rejects.toMatchObject({ code: "missing" });
    await expect(replica.webhooks.test(hook.id)).rejects.toMatchObject({ code: "missing" });
  });

  it("leaves out differences that would make a message too large", async () => {
    const ids = Array.from({ length: 50_000 }, (_, index) => `user-${index}`);
    const edit = { kind: "segment" as const, key: `many_${(number += 1)}`, base: 0, value: { ids } };
    await replica.manager.save({ edits: [edit], comment: "" }, saved);
    await replica.webhooks.wake();
    expect(there.taken.at(-1)?.message["edits"]).toEqual([
      { kind: "segment", key: edit.key, created: true, removed: false },
    ]);
  });

  it("keeps the last thousand of its log", async () => {
    await replica.store.db.execute(
      `insert into webhook_deliveries (id, webhook_id, version, state, attempts, created_at)
       select 'old_' || n, '${hook.id}', n, 'failed', 10, timestamp '2030-01-01' + n * interval '1 second' from generate_series(1, 1100) n`,
    );
    await save();
    await replica.webhooks.wake();
    const kept = await replica.webhooks.deliveries(hook.id, 2_000);
    expect([kept.length, kept.at(-1)?.id]).toEqual([1_000, "old_102"]);
  });

  it("never shows a secret again", async () => {
    expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(JSON.stringify(await replica.webhooks.list())).not.toContain(hook.secret);
    expect(JSON.stringify(replica.lines)).not.toContain(hook.secret);
  });
}

type Taken = { headers: IncomingHttpHeaders; body: string; message: Record<string, unknown> };

/** Takes messages, and answers with the statuses that stand in `answers`, else 200. */
async function receiver() {
  const taken: Taken[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      taken.push({ headers: request.headers, body, message: JSON.parse(body) as Record<string, unknown> });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken,
    answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The program of the page about webhooks, running. */
async function documented(port: number, secret: string) {
  const page = readFileSync(new URL("../../../docs/protocols/webhooks.md", import.meta.url), "utf8");
  const program = /```js\n([^]*?)```/.exec(page)?.[1] ?? "";
  const env = { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret };
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { env });
  await once(child.stdout, "data");
  return {
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, "exit");
    },
  };
}

/** As a receiver computes it. */
function signatureOf(secret: string, taken: Taken | undefined): string {
  const { headers = {}, body = "" }: Partial<Taken> = taken ?? {};
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const content = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

function making(key: string) {
  return { edits: [{ kind: "flag" as const, key, base: 0, value: flagNamed(key) }], comment: "" };
}
