import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Leader } from "../src/store/leader.ts";
import { apikey } from "../src/store/people.ts";
import { noPostgres, startPostgres } from "./postgres.ts";
import { serve } from "./serve.ts";
import {
  ann,
  bob,
  changing,
  type Clock,
  createReplica,
  flagNamed,
  type Replica,
  robot,
  type Where,
} from "./replica.ts";

const morning = Date.UTC(2030, 2, 25, 6);
const nine = { local_time: "2030-03-25T09:00", zone: "Europe/Berlin" };
const nineInBerlin = Date.UTC(2030, 2, 25, 8);
const planned = { author: ann, origin: "schedule" as const };
const saved = { author: bob, origin: "ui" as const };

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

  it("makes a planned change in one of many processes", async () => {
    const clock = { now: morning };
    await using one = await createReplica(where(), clock);
    await using other = await createReplica(where(), clock);
    await one.manager.save(making("shared"), saved);
    const { id } = await one.plans.schedule({ ...changing(one, "shared", { enabled: false }), ...nine }, planned);
    clock.now = nineInBerlin;
    await Promise.all([one, other, one, other].map(({ plans }) => plans.wake()));
    expect(await planOf(other, id)).toMatchObject({ state: "applied" });
    expect(await one.manager.history({ kind: "flag", key: "shared", limit: 10 })).toHaveLength(2);
  });

  it("makes a planned change once even where two processes believe that it is theirs", async () => {
    const clock = { now: morning };
    const everybody: Leader = { exclusively: (_name, run) => run() };
    await using one = await createReplica(where(), clock, everybody);
    await using other = await createReplica(where(), clock, everybody);
    await one.manager.save(making("twice"), saved);
    const { id } = await one.plans.schedule({ ...changing(one, "twice", { enabled: false }), ...nine }, planned);
    clock.now = nineInBerlin;
    await Promise.all([one, other].map(({ plans }) => plans.wake()));
    expect(await planOf(other, id)).toMatchObject({ state: "applied" });
    expect(await one.manager.history({ kind: "flag", key: "twice", limit: 10 })).toHaveLength(2);
  });

  it("makes late, and marks so, what was due while no process ran", async () => {
    const clock = { now: morning };
    const ended = await createReplica(where(), clock);
    await ended.manager.save(making("alone"), saved);
    const { id } = await ended.plans.schedule({ ...changing(ended, "alone", { enabled: false }), ...nine }, planned);
    await ended[Symbol.asyncDispose]();
    clock.now = nineInBerlin + 2 * 3_600_000;
    await using started = await createReplica(where(), clock);
    // Of itself, when it starts; a process is asked to wake for changes of its own only.
    await expect.poll(() => started.current("alone").value.enabled).toBe(false);
    expect(await planOf(started, id)).toMatchObject({ state: "applied", outcome: { late_seconds: 7_200 } });
  });

  it("makes late what was due while the database was away", async () => {
    const clock = { now: morning };
    await using replica = await createReplica(where(), clock);
    await replica.manager.save(making("away"), saved);
    const { id } = await replica.plans.schedule({ ...changing(replica, "away", { enabled: false }), ...nine }, planned);
    await server.stop();
    clock.now = nineInBerlin + 61_000;
    await replica.plans.wake();
    await server.start();
    await replica.plans.wake();
    expect(await planOf(replica, id)).toMatchObject({ state: "applied", outcome: { late_seconds: 61 } });
  });
});

describe("over HTTP", () => {
  it("two people change a flag, one asks and the other agrees; a key and a machine in a hurry do what they may", async () => {
    await using api = await serve({ now: () => morning });
    const [admin, editor, key] = await Promise.all([api.as("admin"), api.as("editor"), api.key("admin")]);
    const post = async (path: string, body: unknown, headers: Record<string, string>) => {
      const answer = await api.post(`/api/v1/flags/${path}`, body, headers);
      return { status: answer.status, body: answer.body as Record<string, unknown> };
    };
    const flag = flagNamed("Made here");
    const edit = (base: number, members: object) => ({
      edits: [{ kind: "flag", key: "review", base, value: { ...flag, ...members } }],
    });
    expect(await post("changes", edit(0, {}), editor)).toMatchObject({
      status: 200,
      body: { state: "applied", version: 1 },
    });
    expect(await post("settings/four-eyes", { on: true }, editor)).toMatchObject({ status: 403 });
    expect(await post("settings/four-eyes", { on: true }, admin)).toMatchObject({
      body: { four_eyes: { on: true, changes: [{ author: { name: "Ada admin" } }] } },
    });

    const { body: asked } = await post("changes", edit(1, { owner: "ed" }), editor);
    expect(asked).toMatchObject({ state: "requested" });
    expect((await api.get("/api/v1/flags", editor)).body).toMatchObject({ four_eyes: true, version: 1 });
    const approve = `plans/${String(asked["id"])}/approve`;
    expect(await post(approve, {}, editor)).toMatchObject({ status: 403 });
    expect(await post(approve, {}, key)).toMatchObject({ status: 403 });
    expect(await post(approve, { comment: "ok" }, admin)).toMatchObject({ body: { state: "applied", version: 2 } });
    expect((await api.get("/api/v1/flags/plans?state=decided&key=review", editor)).body).toMatchObject({
      items: [{ state: "applied", author: { name: "Ed editor" }, decided_by: { name: "Ada admin" }, version: 2 }],
    });

    expect(await post("changes", edit(2, { owner: "ed", enabled: false }), key)).toMatchObject({
      body: { state: "applied", version: 3 },
    });
    const wish = { ...edit(3, { owner: "ed" }), local_time: "2030-03-25T09:00", zone: "Europe/Berlin" };
    expect(await post("schedule", wish, editor)).toMatchObject({ body: { state: "requested" } });
    expect(await post("schedule", { ...wish, local_time: "2030-03-25T06:59" }, editor)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["body", "local_time"] }] },
    });
    expect(await post("undo/2", {}, editor)).toMatchObject({ body: { state: "requested" } });
    const { flags } = (await api.get("/api/v1/flags", editor)).body as { flags: Record<string, unknown>[] };
    expect(flags.find((row) => row["key"] === "review")).toMatchObject({ planned: 0, requested: 2 });
  });
});

/** What must hold on every database. */
function contract(where: () => Where) {
  let replica: Replica;
  const clock: Clock = { now: morning };
  beforeAll(async () => {
    replica = await createReplica(where(), clock);
  });
  afterAll(() => replica[Symbol.asyncDispose]());
  let key: string;
  let number = 0;
  beforeEach(async () => {
    clock.now = morning;
    await replica.plans.setFourEyes(false, ann);
    key = `flag_${(number += 1)}`;
    await replica.manager.save(making(key), saved);
  });
  const enabled = () => replica.current(key).value.enabled;
  const schedule = (members: Parameters<typeof changing>[2]) =>
    replica.plans.schedule({ ...changing(replica, key, members, "for Monday"), ...nine }, planned);
  const save = (members: Parameters<typeof changing>[2]) =>
    replica.manager.save(changing(replica, key, members), saved);

  describe("a planned change", () => {
    it("is made at its hour and not before, in the name of who planned it", async () => {
      const { id, ...told } = await schedule({ enabled: false });
      expect(told).toEqual({ state: "planned", ...nine, due_at: "2030-03-25T08:00:00.000Z", note: null });
      expect((await replica.plans.waiting()).get(key)).toEqual({ planned: 1, requested: 0 });
      clock.now = nineInBerlin - 1;
      await replica.plans.wake();
      expect(enabled()).toBe(true);

      clock.now = nineInBerlin;
      await replica.plans.wake();
      expect(enabled()).toBe(false);
      const { version } = replica.manager.stored();
      expect(await planOf(replica, id)).toMatchObject({ state: "applied", version, outcome: { late_seconds: null } });
      expect(await replica.manager.change(version)).toMatchObject({
        author: ann,
        origin: "schedule",
        comment: "for Monday",
      });
      expect((await replica.plans.waiting()).get(key)).toBeUndefined();
      await replica.plans.wake();
      expect(replica.manager.stored().version).toBe(version);
    });

    it("is made late, and marked so, when nobody ran at its hour", async () => {
      const { id } = await schedule({ enabled: false });
      clock.now = nineInBerlin + 3_600_000;
      await replica.plans.wake();
      expect(await planOf(replica, id)).toMatchObject({ state: "applied", outcome: { late_seconds: 3_600 } });
    });

    it("shows what it would change, and how it stands to what was saved since", async () => {
      const { id } = await schedule({ enabled: false });
      expect(await planOf(replica, id)).toMatchObject({
        kind: "schedule",
        state: "open",
        author: ann,
        standing: "current",
        edits: [{ key, differences: [{ kind: "changed", path: ["enabled"], before: true, after: false }] }],
      });
      await save({ owner: "bob" });
      expect(await planOf(replica, id)).toMatchObject({ standing: "merges" });
      await save({ enabled: false });
      await save({ enabled: true, description: "Anew" });
      expect(await planOf(replica, id)).toMatchObject({ standing: "merges" });
      await replica.plans.cancel(id, bob);
    });

    it("keeps beside it what was saved since", async () => {
      const { id } = await schedule({ enabled: false });
      await save({ owner: "bob", tags: ["new"] });
      clock.now = nineInBerlin;
      await replica.plans.wake();
      expect(replica.current(key).value).toMatchObject({ enabled: false, owner: "bob", tags: ["new"] });
      expect(await planOf(replica, id)).toMatchObject({ state: "applied" });
    });

    it("fails whole, showing both sides, when somebody changed the same otherwise", async () => {
      const edits = [
        ...changing(replica, key, { owner: "ann", enabled: false }).edits,
        ...changing(replica, "ai_chat", { owner: `ann ${key}` }).edits,
      ];
      const { id } = await replica.plans.schedule({ edits, comment: "", ...nine }, planned);
      await save({ owner: "bob" });
      const { version } = replica.manager.stored();
      expect(await planOf(replica, id)).toMatchObject({ standing: "conflicts" });
      clock.now = nineInBerlin;
      await replica.plans.wake();
      expect(replica.manager.stored().version).toBe(version);
      const failed = await planOf(replica, id);
      expect(failed).toMatchObject({ state: "failed", version: null, standing: null });
      expect(failed?.outcome?.reason).toContain(key);
      expect(failed?.outcome?.conflicts).toMatchObject([{ kind: "flag", key, conflicts: [["owner"]], merged: null }]);
    });

    it("fails, saying why, when what it needs is gone", async () => {
      await save({ variants: { on: true, off: false, spare: true } });
      const { id } = await schedule({ otherwise: { variant: "spare" } });
      await save({ variants: { on: true, off: false } });
      clock.now = nineInBerlin;
      await replica.plans.wake();
      const failed = await planOf(replica, id);
      expect(failed).toMatchObject({ state: "failed" });
      expect(failed?.outcome?.problems).toMatchObject([{ loc: ["body", "edits", 0, "value", "otherwise", "variant"] }]);
    });

    it("is not made once it was cancelled, and cannot be cancelled once it was made", async () => {
      const { id } = await schedule({ enabled: false });
      await replica.plans.cancel(id, bob);
      clock.now = nineInBerlin;
      await replica.plans.wake();
      expect(enabled()).toBe(true);
      expect(await planOf(replica, id)).toMatchObject({ state: "withdrawn", decided_by: bob });
      await expect(replica.plans.cancel(id, bob)).rejects.toMatchObject({ code: "conflict" });
      await expect(replica.plans.cancel("plan_none", bob)).rejects.toMatchObject({ code: "missing" });
    });

    it("is refused when its hour has passed, is none, or when it would be refused today", async () => {
      const change = changing(replica, key, { enabled: false });
      const at = (local_time: string, zone = "UTC") => replica.plans.schedule({ ...change, local_time, zone }, planned);
      await expect(at("2030-03-25T06:00")).rejects.toMatchObject({
        code: "invalid",
        message: "expected a time to come: it is 2030-03-25T06:00:00.000Z now",
        detail: [{ loc: ["body", "local_time"] }],
      });
      await expect(at("2030-02-30T06:00")).rejects.toMatchObject({ code: "invalid" });
      await expect(at("2031-02-03T06:00", "Europe/Nowhere")).rejects.toThrow("'Europe/Nowhere'");
      const unsound = changing(replica, key, { off: "none" });
      await expect(replica.plans.schedule({ ...unsound, ...nine }, planned)).rejects.toMatchObject({ code: "invalid" });
      await save({ owner: "bob" });
      await expect(at("2031-02-03T06:00")).rejects.toMatchObject({ code: "conflict" });
    });

    it("is told when clocks skip its hour", async () => {
      const wish = { ...changing(replica, key, { enabled: false }), local_time: "2030-03-31T02:30", zone: nine.zone };
      const { id, note, due_at } = await replica.plans.schedule(wish, planned);
      expect([note, due_at]).toEqual([
        "Clocks in Europe/Berlin skip 02:30 that day: it runs at 03:30",
        "2030-03-31T01:30:00.000Z",
      ]);
      await replica.plans.cancel(id, ann);
    });
  });

  describe("a change that two have to agree on", () => {
    beforeEach(() => replica.plans.setFourEyes(true, ann));
    const propose = async (members: Parameters<typeof changing>[2]) => {
      const change = changing(replica, key, members, "a better owner");
      const proposed = await replica.plans.propose(change, { author: ann, origin: "ui" });
      if (proposed.state !== "requested") throw new Error("expected a request");
      return proposed.id;
    };

    it("waits for another person, and then is history with both names", async () => {
      const id = await propose({ owner: "ann" });
      expect(replica.current(key).value.owner).toBe("");
      expect((await replica.plans.waiting()).get(key)).toEqual({ planned: 0, requested: 1 });
      const approved = await replica.plans.approve(id, "fine", bob);
      expect(approved).toMatchObject({ state: "applied", version: replica.manager.stored().version });
      expect(await replica.manager.change(replica.manager.stored().version)).toMatchObject({
        author: ann,
        origin: "request",
        comment: "a better owner\nApproved by Bob: fine",
      });
      expect(await planOf(replica, id)).toMatchObject({
        state: "applied",
        decided_by: bob,
        outcome: { comment: "fine" },
      });
      await expect(replica.plans.approve(id, "", bob)).rejects.toMatchObject({ code: "conflict" });
    });

    it("is not approved by its author, nor by a key", async () => {
      const id = await propose({ owner: "ann" });
      await expect(replica.plans.approve(id, "", ann)).rejects.toMatchObject({ code: "forbidden" });
      await expect(replica.plans.approve(id, "", robot)).rejects.toMatchObject({ code: "forbidden" });
      expect(await planOf(replica, id)).toMatchObject({ state: "open", decided_by: null });
      await replica.plans.reject(id, "", bob);
    });

    it("is not approved by who made the key that asks for it", async () => {
      const made = { id: robot.id, referenceId: bob.id, key: "hash", createdAt: new Date(), updatedAt: new Date() };
      await replica.store.db.insert(apikey).values(made).onConflictDoNothing();
      const change = changing(replica, key, { owner: "robot" });
      const proposed = await replica.plans.propose(change, { author: robot, origin: "api" });
      const id = "id" in proposed ? proposed.id : "";
      await expect(replica.plans.approve(id, "", bob)).rejects.toMatchObject({ code: "forbidden" });
      expect(await replica.plans.approve(id, "", ann)).toMatchObject({ state: "applied" });
    });

    it("is approved by one of many who try at once", async () => {
      const id = await propose({ owner: "ann" });
      const before = replica.manager.stored().version;
      const tries = await Promise.allSettled([1, 2, 3].map(() => replica.plans.approve(id, "", bob)));
      expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(replica.manager.stored().version).toBe(before + 1);
    });

    it("is rejected by another, and taken back by its author", async () => {
      const [first, second] = [await propose({ owner: "a" }), await propose({ owner: "b" })];
      await replica.plans.reject(first, "not now", bob);
      await expect(replica.plans.cancel(second, bob)).rejects.toMatchObject({ code: "forbidden" });
      await replica.plans.reject(second, "", ann);
      expect(await planOf(replica, first)).toMatchObject({ state: "rejected", outcome: { comment: "not now" } });
      expect(await planOf(replica, second)).toMatchObject({ state: "withdrawn", decided_by: ann });
    });

    it("keeps what was saved since, or stays open with both sides shown", async () => {
      const [mergeable, colliding] = [await propose({ tags: ["x"] }), await propose({ owner: "ann" })];
      await save({ owner: "bob" });
      await replica.plans.approve(mergeable, "", bob);
      expect(replica.current(key).value).toMatchObject({ owner: "bob", tags: ["x"] });
      await expect(replica.plans.approve(colliding, "", bob)).rejects.toMatchObject({
        code: "conflict",
        detail: { conflicts: [{ key, conflicts: [["owner"]] }] },
      });
      expect(await planOf(replica, colliding)).toMatchObject({ state: "open", standing: "conflicts" });
      await replica.plans.reject(colliding, "", bob);
    });

    it("is made at once when it only switches off, and is history", async () => {
      const change = changing(replica, key, { enabled: false }, "on fire");
      const { base, value } = replica.current(key);
      expect(await replica.plans.propose(change, { author: ann, origin: "ui" })).toMatchObject({ state: "applied" });
      expect(enabled()).toBe(false);
      expect(await replica.manager.change(replica.manager.stored().version)).toMatchObject({ comment: "on fire" });
      expect(base).toBeGreaterThan(0);
      const on = changing(replica, key, value);
      expect(await replica.plans.propose(on, { author: ann, origin: "ui" })).toMatchObject({ state: "requested" });
    });

    it("waits for its hour once it is approved", async () => {
      const { id, state } = await schedule({ enabled: false });
      expect(state).toBe("requested");
      clock.now = nineInBerlin;
      await replica.plans.wake();
      expect(enabled()).toBe(true);
      clock.now = morning;
      const due_at = "2030-03-25T08:00:00.000Z";
      expect(await replica.plans.approve(id, "go", bob)).toEqual({ state: "planned", due_at });
      expect(await planOf(replica, id)).toMatchObject({ kind: "schedule", state: "open", decided_by: bob });
      clock.now = nineInBerlin;
      await replica.plans.wake();
      expect(enabled()).toBe(false);
      expect(await planOf(replica, id)).toMatchObject({
        state: "applied",
        decided_by: bob,
        outcome: { comment: "go" },
      });
    });

    it("still waits when approval is switched off, and that is written down", async () => {
      const id = await propose({ owner: "ann" });
      const { on, changes } = await replica.plans.setFourEyes(false, bob);
      expect([on, changes[0]]).toEqual([false, { on: false, author: bob, at: "2030-03-25T06:00:00.000Z" }]);
      expect(await planOf(replica, id)).toMatchObject({ state: "open" });
      const change = changing(replica, key, { tags: ["x"] });
      expect(await replica.plans.propose(change, { author: ann, origin: "ui" })).toMatchObject({ state: "applied" });
      expect(await replica.plans.approve(id, "", bob)).toMatchObject({ state: "applied" });
    });
  });
}

function making(key: string) {
  return { edits: [{ kind: "flag" as const, key, base: 0, value: flagNamed(key) }], comment: "" };
}

async function planOf({ plans }: Replica, id: string) {
  const items = await plans.list({ state: "all", limit: 200 });
  return items.find((plan) => plan.id === id);
}
