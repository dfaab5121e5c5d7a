import { describe, expect, it } from "vitest";
import type { Actor } from "./actor.ts";
import { digestOf } from "./headers.ts";
import { createVerified, type Verification } from "./verified.ts";

const server: Actor = { kind: "server_key", id: "k1", name: "Shop" };
const admin: Actor = { kind: "admin_key", id: "k2", name: "Deploy" };
const second = 1_000;

describe("a verified credential", () => {
  it("is asked of the database once, however many requests bring it at once", async () => {
    const house = open({ actor: server });
    expect(house.verified.peek(key)).toBeUndefined();
    const answers = await Promise.all(Array.from({ length: 20 }, () => house.verified.resolve(key)));
    expect(new Set(answers)).toEqual(new Set([server]));
    expect(house.verified.peek(key)).toBe(server);
    expect(house.asked()).toBe(1);
  });

  it("is asked for again within the minute, in the background, while it is in use", async () => {
    const house = open({ actor: server });
    await house.verified.resolve(key);
    house.pass(46 * second);
    expect(house.verified.peek(key)).toBe(server);
    await expect.poll(house.asked).toBe(2);
    house.pass(46 * second);
    expect(house.verified.peek(key)).toBe(server);
  });

  it("is waited for after a minute without use", async () => {
    const house = open({ actor: server });
    await house.verified.resolve(key);
    house.pass(61 * second);
    expect(house.verified.peek(key)).toBeUndefined();
    expect(await house.verified.resolve(key)).toBe(server);
  });

  it("is nobody's from the moment in which it expires", async () => {
    const house = open({ actor: server, remainingMilliseconds: 10 * second });
    await house.verified.resolve(key);
    house.answer(undefined);
    house.pass(10 * second);
    expect(await house.verified.resolve(key)).toBeNull();
  });

  it("that is wrong is remembered as wrong for ten seconds", async () => {
    const house = open(undefined);
    expect(await house.verified.resolve(key)).toBeNull();
    expect(house.verified.peek(key)).toBeNull();
    expect(house.asked()).toBe(1);
    house.pass(10 * second);
    expect(house.verified.peek(key)).toBeUndefined();
  });
});

describe("a revocation", () => {
  it("of a member or of one session ends it at once, and nothing else", async () => {
    const member: Actor = {
      kind: "member",
      id: "m1",
      name: "A",
      email: "a@b.c",
      role: "admin",
      session: "s1",
      local: false,
    };
    for (const revoked of [{ members: ["m1"] }, { sessions: ["s1"] }]) {
      const house = open({ actor: member });
      await house.verified.resolve(key);
      house.verified.forget({ keys: ["m1"], members: ["m2"], sessions: ["s2"] });
      expect(house.verified.peek(key)).toBe(member);
      house.verified.forget(revoked);
      expect(house.verified.peek(key)).toBeUndefined();
    }
  });

  it("is not undone by an answer that was on its way", async () => {
    const house = open({ actor: server });
    const release = house.hold();
    const resolving = house.verified.resolve(key);
    house.verified.forget({ keys: ["k1"] });
    house.answer(undefined);
    release();
    expect(await resolving).toBeNull();
  });

  it("that may have gone unheard makes us ask again", async () => {
    const house = open({ actor: server });
    await house.verified.resolve(key);
    house.verified.doubt();
    house.answer(undefined);
    expect(house.verified.peek(key)).toBeUndefined();
    expect(await house.verified.resolve(key)).toBeNull();
  });
});

describe("while the database is away", () => {
  it("who was verified goes on, without waiting, and an admin key is marked", async () => {
    for (const actor of [server, admin]) {
      const house = open({ actor });
      await house.verified.resolve(key);
      house.breakDown();
      house.pass(3_600 * second);
      const marked = actor === admin ? { ...admin, stale: true } : server;
      expect(await house.verified.resolve(key)).toEqual(marked);
      expect(house.verified.peek(key)).toEqual(marked);
    }
  });

  it("one ask a second is all that it gets", async () => {
    const house = open({ actor: server });
    await house.verified.resolve(key);
    house.breakDown();
    house.pass(61 * second);
    await house.verified.resolve(key);
    const before = house.asked();
    for (let request = 0; request < 100; request += 1) house.verified.peek(key);
    expect(house.asked()).toBe(before);
    house.pass(second);
    house.verified.peek(key);
    expect(house.asked()).toBe(before + 1);
  });

  it("who was never seen is refused with the database's failure", async () => {
    const house = open({ actor: server });
    house.breakDown();
    await expect(house.verified.resolve(key)).rejects.toThrow("away");
  });

  it("what comes back is verified again", async () => {
    const house = open({ actor: admin });
    await house.verified.resolve(key);
    house.breakDown();
    house.pass(61 * second);
    await house.verified.resolve(key);
    house.answer(undefined);
    house.pass(2 * second);
    house.verified.peek(key);
    await expect.poll(() => house.verified.peek(key)).toBeNull();
  });
});

it("keeps ten thousand credentials at most", async () => {
  const house = open({ actor: server });
  const keys = Array.from({ length: 10_001 }, (_, index) => credential(`beq_client_${index}`));
  for (const each of keys) await house.verified.resolve(each);
  expect(keys.filter((each) => house.verified.peek(each) !== undefined)).toHaveLength(10_000);
});

it("counts a key's requests, and says how long to wait when there are too many", async () => {
  const house = open({ actor: server, rate: { perSecond: 2, burst: 10 } });
  await house.verified.resolve(key);
  for (let request = 1; request < 10; request += 1) house.verified.peek(key);
  expect(() => house.verified.peek(key)).toThrow(expect.objectContaining({ code: "limited", retryAfterSeconds: 0.5 }));
  house.pass(second / 2);
  expect(house.verified.peek(key)).toBe(server);
  house.verified.doubt();
  await expect(house.verified.resolve(key)).rejects.toMatchObject({ code: "limited" });
});

const key = credential("beq_server_abc");

function credential(text: string) {
  return { kind: "key" as const, text, digest: digestOf(text) };
}

/** Credentials before a database that says what it is told to say. */
function open(verification: Verification | undefined) {
  let answer = verification;
  let away = false;
  let asked = 0;
  let at = 0;
  let held = Promise.resolve();
  const verify = async () => {
    asked += 1;
    const said = answer;
    await held;
    if (away) throw new Error("away");
    return said;
  };
  return {
    verified: createVerified({ verify, elapsed: () => at }),
    asked: () => asked,
    pass: (milliseconds: number) => void (at += milliseconds),
    breakDown: () => void (away = true),
    answer(next: Verification | undefined) {
      answer = next;
      away = false;
    },
    hold() {
      let release = () => {};
      held = new Promise((resolve) => (release = resolve));
      return release;
    },
  };
}
