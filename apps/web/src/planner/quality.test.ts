import * as fc from "fast-check";
import { expect, it } from "vitest";
import { gapWords, points, riskOf, share } from "./quality.ts";
import { dearest, ruleName, totals } from "./rules.ts";

const seed = 7;

it.each([
  ["optimal", 0, "Proven best"],
  ["bounded", 0.0231, "At most 2.4 % from the best"],
  ["bounded", 0.00001, "At most 0.1 % from the best"],
  ["bounded", 0.5, "At most 50 % from the best"],
  ["bounded", 0.95, null],
  ["none", null, null],
] as const)("says of a plan with proof %s and gap %s: %s", (proof, optimality_gap, words) =>
  expect(gapWords({ proof, optimality_gap })).toBe(words),
);

it(`never promises more than the gap allows (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 0.99, noNaN: true }), (gap) => {
      expect(Number(share(gap).replace(/[^\d.]/g, "")) / 100).toBeGreaterThanOrEqual(gap - 1e-9);
    }),
    { seed },
  );
});

it("writes points in thousands", () => expect(points(12_340.2)).toBe("12,340"));

it.each([
  [0.8, "good"],
  [0.79, "tight"],
  [0.49, "bad"],
])("takes a probability of %d for %s", (probability, risk) => expect(riskOf(probability)).toBe(risk));

it("names the rules of a cost, the dearest first, and reads one it does not know", () => {
  expect(dearest({ energy: 30, late: 120, focus: 0 })).toEqual([
    { rule: "late", name: "Late", cost: 120 },
    { rule: "energy", name: "Outside your energy peaks", cost: 30 },
  ]);
  expect(ruleName("too_early")).toBe("Too early");
  const block = (costs: Record<string, number>) => ({ explanation: { costs } });
  expect(totals([block({ late: 1, energy: 2 }), { explanation: null }, block({ late: 4 })])).toEqual({
    late: 5,
    energy: 2,
  });
});
