import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createRecent } from "./recent.ts";

const key = Buffer.from("a key of this process");

it("keeps each context once, with its newest attributes, under a hash", () => {
  const clock = { now: 0 };
  const recent = createRecent({ now: () => clock.now, key });
  recent.note({ targetingKey: "ann", version: 1 });
  clock.now = 120_000;
  recent.note({ targetingKey: "ann", version: 2 });
  recent.note({ targetingKey: "bob" });
  expect(recent.all()).toEqual([
    { id: expect.stringMatching(/^[0-9a-f]{8}$/), context: { targetingKey: "ann", version: 2 }, seenAt: 120_000 },
    { id: expect.stringMatching(/^[0-9a-f]{8}$/), context: { targetingKey: "bob" }, seenAt: 120_000 },
  ]);
  const [ann] = recent.all();
  expect(recent.find(ann?.id ?? "")).toEqual(ann);
});

it("keeps what one door knew of somebody of whom another knows the id alone", () => {
  const clock = { now: 0 };
  const recent = createRecent({ now: () => clock.now, key });
  recent.note({ targetingKey: "ann", country: "FR" });
  clock.now = 120_000;
  recent.note({ targetingKey: "ann" });
  expect(recent.all()).toMatchObject([{ context: { targetingKey: "ann", country: "FR" }, seenAt: 120_000 }]);
});

it("forgets who has not asked for an hour", () => {
  const clock = { now: 0 };
  const recent = createRecent({ now: () => clock.now, key });
  recent.note({ targetingKey: "ann" });
  clock.now = 3_000_000;
  recent.note({ targetingKey: "bob" });
  clock.now = 3_600_001;
  expect(recent.all().map(({ context }) => context.targetingKey)).toEqual(["bob"]);
});

it("is bounded, and a fair sample of all who asked, however often each does", () => {
  const recent = createRecent({ now: () => 0, key, most: 500 });
  for (let index = 0; index < 20_000; index += 1) {
    recent.note({ targetingKey: `user-${index}` });
    // One in ten asks again and again.
    if (index % 10 === 0) for (let again = 0; again < 5; again += 1) recent.note({ targetingKey: `user-${index}` });
  }
  const kept = recent.all().map(({ context }) => Number(String(context.targetingKey).slice("user-".length)));
  expect(kept).toHaveLength(500);
  // 50 and 250 are expected; five standard deviations of the hypergeometric, about 6.6 and 11, are allowed.
  expect(Math.abs(kept.filter((index) => index % 10 === 0).length - 50)).toBeLessThan(33);
  expect(Math.abs(kept.filter((index) => index < 10_000).length - 250)).toBeLessThan(55);
});

it("takes others in when some are forgotten", () => {
  const clock = { now: 0 };
  const recent = createRecent({ now: () => clock.now, key, most: 2 });
  for (const name of ["a", "b", "c", "d"]) recent.note({ targetingKey: name });
  clock.now = 4_000_000;
  for (const name of ["e", "f"]) recent.note({ targetingKey: name });
  expect(
    recent
      .all()
      .map(({ context }) => context.targetingKey)
      .toSorted(),
  ).toEqual(["e", "f"]);
});

it("tells those without an id apart by what they are, and leaves out nobody, and what is too large", () => {
  const recent = createRecent({ now: () => 0, key });
  recent.note({});
  recent.note({ country: "DE" });
  recent.note({ country: "DE" });
  recent.note({ country: "AT" });
  recent.note({ targetingKey: "large", text: "x".repeat(10_000) });
  expect(recent.all().map(({ context }) => context)).toEqual([{ country: "DE" }, { country: "AT" }]);
});

it("takes any context (seed 6)", () => {
  const recent = createRecent({ now: () => 0, key, most: 20 });
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  recent.note(circular);
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything({ withBigInt: true, withDate: true })), (context) => {
      recent.note(context);
      expect(recent.all().length).toBeLessThanOrEqual(20);
    }),
    { seed: 6, numRuns: 300 },
  );
});
