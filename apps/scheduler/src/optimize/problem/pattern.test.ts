import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counts, even, isAllowed, poured } from "./pattern.ts";

const minutes = (most: number) => fc.integer({ min: 5, max: most });
const split = fc
  .record({ min: minutes(240), more: fc.integer({ min: 0, max: 240 }) })
  .map(({ min, more }) => ({ min, max: min + more, perDay: null }));

describe("pieces", () => {
  it("are as long as allowed and make the whole, in every number that may be (seed 11)", () => {
    fc.assert(
      fc.property(minutes(1_440), split, fc.constantFrom(5, 15), (total, lengths, grid) => {
        const range = counts(total, lengths);
        fc.pre(range !== null);
        for (let count = range?.fewest ?? 1; count <= (range?.most ?? 0); count += 1) {
          const pattern = even(total, count, lengths, grid);
          expect(pattern).toHaveLength(count);
          expect(pattern?.reduce((sum, length) => sum + length, 0)).toBe(total);
          expect(isAllowed(pattern ?? [], lengths)).toBe(true);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it("are none where no number of them makes the whole", () => {
    expect(counts(100, { min: 60, max: 70, perDay: null })).toBeNull();
    expect(even(100, 2, { min: 60, max: 70, perDay: null }, 15)).toBeNull();
  });

  it("fall on the grid where that can be", () => {
    expect(even(240, 3, { min: 30, max: 120, perDay: null }, 15)).toEqual([90, 75, 75]);
    expect(even(100, 2, { min: 30, max: 120, perDay: null }, 15)).toEqual([45, 55]);
    expect(even(100, 2, { min: 50, max: 50, perDay: null }, 15)).toEqual([50, 50]);
  });

  it("fill the free time in order and leave no remainder too short (seed 12)", () => {
    const stretch = fc.record({ minutes: fc.integer({ min: 0, max: 20 }).map((n) => n * 15), day: fc.nat(3) });
    const inOrder = fc.array(stretch, { maxLength: 12 }).map((list) => list.sort((a, b) => a.day - b.day));
    let filled = 0;
    fc.assert(
      fc.property(minutes(600), split, fc.option(minutes(300)), inOrder, (total, lengths, perDay, stretches) => {
        const pattern = poured(total, { ...lengths, perDay }, 15, stretches);
        if (!pattern) return;
        filled += 1;
        expect(pattern.reduce((sum, length) => sum + length, 0)).toBe(total);
        expect(isAllowed(pattern, lengths)).toBe(true);
      }),
      { seed: 12, numRuns: 2_000 },
    );
    expect(filled).toBeGreaterThan(50);
    const free = [
      { minutes: 45, day: 0 },
      { minutes: 30, day: 0 },
      { minutes: 120, day: 1 },
    ];
    expect(poured(120, { min: 30, max: 60, perDay: null }, 15, free)).toEqual([45, 30, 45].slice(0, 3));
    expect(poured(120, { min: 30, max: 90, perDay: 60 }, 15, free)).toBeNull();
    expect(poured(105, { min: 30, max: 90, perDay: 60 }, 15, free)).toEqual([45, 60]);
  });
});
