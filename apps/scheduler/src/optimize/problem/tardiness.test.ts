import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { week } from "../builders.ts";
import { tardiness } from "./tardiness.ts";

const { weights } = week();
const longest = 90 * 1_440;
const minutes = fc.integer({ min: 1, max: longest });

describe("the cost of being late", () => {
  it("grows, and the faster the later: two tasks a bit late are better than one very late (seed 3)", () => {
    fc.assert(
      fc.property(minutes, minutes, (one, other) => {
        const [least = 0, middle = 0, most = 0] = [Math.min(one, other), (one + other) / 2, Math.max(one, other)].map(
          (late) => tardiness(late, weights),
        );
        expect(most).toBeGreaterThanOrEqual(least);
        // Squares of hours in binary fractions are off by less than so much.
        expect(least + most + 1e-6).toBeGreaterThanOrEqual(2 * middle);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it.each(["low", "medium", "high", "urgent"] as const)(
    "is less for a task of %s priority than leaving it out, however late it is",
    (priority) => {
      expect(weights.priority[priority] * tardiness(longest, weights)).toBeLessThan(weights.unscheduled[priority]);
    },
  );
});
