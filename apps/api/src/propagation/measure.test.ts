import * as fc from "fast-check";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { createMeasure } from "./measure.ts";
import { createSpread } from "./spread.ts";

it("asks at most 50 of however many readers, and anybody as likely as anybody else (seed 2)", () => {
  const { measure } = stage(fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: 30_000, seed: 2 }));
  for (const readers of [1, 50, 1_000, 10_000]) {
    measure.applied(readers, 0);
    const { ack } = measure.watch();
    const asked = Array.from({ length: readers }, () => ack(readers)).filter((name) => name !== undefined);
    expect(asked.length).toBeLessThanOrEqual(50);
    expect(asked.length).toBeGreaterThan(readers > 50 ? 20 : readers - 1);
    expect(new Set(asked).size).toBe(asked.length);
  }
});

it("asks nobody about news that no saved change brought", () => {
  const { measure } = stage([0]);
  expect(measure.watch().ack(1)).toBeUndefined();
});

it("counts from the commit, leaves out what a client held, and believes each client once", () => {
  const { measure, clock } = stage([0]);
  clock.at = 1_010;
  measure.applied(7, 1_000);
  const { wrote, ack } = measure.watch();
  const name = ack(1) ?? "";
  clock.at = 1_030;
  wrote();
  wrote(new Error("the socket was gone"));
  clock.at = 4_050;
  for (const again of [name, name, "never given"]) measure.acknowledge(again, 3_000);
  const found = measure.of(7);
  expect(found).toMatchObject({ version: 7, applied_ms: 10, written: { n: 1 }, acknowledged: { n: 1 } });
  expect(found?.written.p50_ms).toBeCloseTo(30, -0.5);
  expect(found?.acknowledged.p99_ms).toBeCloseTo(50, -0.5);
});

it("believes no client that had the news before they were sent, nor one that tells after a minute", () => {
  const { measure, clock } = stage([0]);
  clock.at = 1_000;
  measure.applied(7, 1_000);
  const { ack } = measure.watch();
  const [early, late] = [ack(2) ?? "", ack(2) ?? ""];
  clock.at = 2_000;
  measure.acknowledge(early, 1_500);
  clock.at = 70_000;
  measure.acknowledge(late, 100);
  expect(measure.of(7)?.acknowledged.n).toBe(0);
});

it("remembers the last hundred changes", () => {
  const { measure } = stage([0]);
  for (let version = 1; version <= 101; version += 1) measure.applied(version, 0);
  expect(measure.of(1)).toBeUndefined();
  expect(measure.of(2)).toMatchObject({ version: 2, written: { n: 0, p50_ms: null, p99_ms: null } });
});

it("tells quantiles that are off by 2.5 % at most (seed 9)", () => {
  const times = fc.array(fc.double({ min: 0.02, max: 500_000, noNaN: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(times, (milliseconds) => {
      const spread = createSpread();
      for (const one of milliseconds) spread.add(one);
      const sorted = milliseconds.toSorted((a, b) => a - b);
      const { n, p50_ms: p50, p99_ms: p99 } = spread.summary();
      expect(n).toBe(milliseconds.length);
      for (const [found, share] of [
        [p50, 0.5],
        [p99, 0.99],
      ] as const) {
        const exact = sorted[Math.ceil(share * n) - 1] ?? NaN;
        // Two decimals are shown.
        expect(Math.abs((found ?? NaN) - exact)).toBeLessThanOrEqual(0.0251 * exact + 0.005);
      }
    }),
    { numRuns: 200, seed: 9 },
  );
});

/** A measure whose clock stands still unless it is moved, and whose chance is a list. */
function stage(chances: readonly number[]) {
  const clock = { at: 0 };
  let drawn = 0;
  let named = 0;
  const measure = createMeasure({
    registry: new Registry(),
    now: () => clock.at,
    random: () => chances[drawn++ % chances.length] ?? 0,
    randomHex: () => `ack-${(named += 1)}`,
  });
  return { measure, clock };
}
