import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { picker } from "./bucket.ts";
import { compile } from "./compile.ts";
import { defaultFlag } from "./registry.ts";
import type { FlagSet, Split, Weight } from "./model.ts";

const anyId = fc.oneof(fc.string({ unit: "binary", minLength: 1 }), fc.uuid(), fc.nat().map(String));
/** A share of a total, such as 12.5 % = 125 of 1000; the totals of two shares may differ. */
const share = fc
  .record({ total: fc.integer({ min: 1, max: 2 ** 31 - 1 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ total, part }) => ({ on: Math.round(total * part), total }));

describe("a percentage", () => {
  it("keeps everybody in when raised and lets nobody in when lowered, in any units (seed 21)", () => {
    fc.assert(
      fc.property(share, share, fc.array(anyId, { minLength: 20, maxLength: 50 }), (a, b, ids) => {
        const [low, high] = a.on * b.total <= b.on * a.total ? [a, b] : [b, a];
        const isIn = { low: rollout("key", low), high: rollout("key", high) };
        expect(ids.filter((id) => isIn.low(id) && !isIn.high(id))).toEqual([]);
      }),
      { seed: 21, numRuns: 500 },
    );
  });

  it("is nobody at 0 and everybody with an id at 100 (seed 22)", () => {
    fc.assert(
      fc.property(anyId, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (id, total) => {
        expect(rollout("key", { on: 0, total })(id)).toBe(false);
        expect(rollout("key", { on: total, total })(id)).toBe(true);
      }),
      { seed: 22, numRuns: 500 },
    );
  });

  it("can be 0.001 %: about 1 of 100,000", () => {
    const isIn = rollout("fine", { on: 1, total: 100_000 });
    const count = ids(200_000, "user-").filter(isIn).length;
    // Binomial with mean 2: more than 12 has a chance below 1e-6.
    expect(count).toBeLessThanOrEqual(12);
    expect(ids(200_000, "user-").filter(rollout("fine", { on: 100, total: 100_000 })).length).toBeGreaterThan(100);
  });
});

describe("the shares of a split", () => {
  it.each(["counted", "email", "uuid"] as const)("are within sampling error for %s ids", (shape) => {
    const counts = tally(shape, picker(`split-${shape}`, tenths));
    // 0.99999 quantile of chi-square with 9 degrees of freedom.
    expect(chiSquare(counts, COUNT / 10)).toBeLessThan(39.3);
  });

  it("of one flag say nothing about those of another", () => {
    const [first, second] = ["one", "two"].map((key) => picker(key, tenths));
    const cells = Array.from({ length: 100 }, () => 0);
    for (const id of ids(COUNT, "user-")) {
      const cell = (first?.(id) ?? 0) * 10 + (second?.(id) ?? 0);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    // 0.99999 quantile of chi-square with 99 degrees of freedom.
    expect(chiSquare(cells, COUNT / 100)).toBeLessThan(168);
  });

  it("follow the attribute they are split by, and none other", () => {
    const split: Split = { by: "org", weights: tenths };
    const compiled = compile(splitSet(split));
    const answers = ids(50, "user-").map(
      (targetingKey) => compiled.resolve("a", { targetingKey, org: "acme" }).variant,
    );
    expect(new Set(answers).size).toBe(1);
    const other = ids(50, "org-").map((org) => compiled.resolve("a", { targetingKey: "same", org }).variant);
    expect(new Set(other).size).toBeGreaterThan(3);
  });

  it("are keyed alike by a number and by the same number written out", () => {
    const compiled = compile(splitSet({ weights: tenths }));
    const written = compiled.resolve("a", { targetingKey: "12345" });
    expect(compiled.resolve("a", { targetingKey: 12345 as unknown as string })).toBe(written);
  });

  it("of two rules are the same people unless one has a salt of its own", () => {
    const half = [
      { variant: "0", weight: 1 },
      { variant: "1", weight: 1 },
    ];
    const chosen = (salt?: string) => {
      const compiled = compile(splitSet({ salt, weights: half }));
      return ids(2_000, "user-").filter((id) => compiled.resolve("a", { targetingKey: id }).variant === "0");
    };
    const usual = new Set(chosen());
    expect(chosen("a")).toEqual([...usual]);
    // Binomial around 500 with a standard deviation below 23.
    const both = chosen("other").filter((id) => usual.has(id)).length;
    expect(Math.abs(both - 500)).toBeLessThan(120);
  });
});

const COUNT = 1_000_000;
const tenths: Weight[] = Array.from({ length: 10 }, (_, index) => ({ variant: String(index), weight: 1 }));

function rollout(salt: string, { on, total }: { on: number; total: number }): (id: string) => boolean {
  const weights = [
    { variant: "on", weight: on },
    { variant: "off", weight: total - on },
  ];
  const pick = picker(salt, weights);
  return (id) => pick(id) === 0;
}

function ids(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

const shaped = {
  counted: (index: number) => `user-${index}`,
  email: (index: number) => `person.${index}@mail.example`,
  uuid: (index: number) => `3f2a9c1e-77b0-4d21-9e5f-${index.toString(16).padStart(12, "0")}`,
};

function tally(shape: keyof typeof shaped, pick: (id: string) => number): number[] {
  const counts = tenths.map(() => 0);
  for (let index = 0; index < COUNT; index++) {
    const picked = pick(shaped[shape](index));
    counts[picked] = (counts[picked] ?? 0) + 1;
  }
  return counts;
}

function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function splitSet(split: Split): FlagSet {
  const base = defaultFlag({ type: "number", default: 0, name: "", description: "" });
  const variants = Object.fromEntries(tenths.map(({ variant }) => [variant, Number(variant)]));
  return { version: 1, flags: { a: { ...base, variants, off: "0", otherwise: { split } } }, segments: {} };
}
