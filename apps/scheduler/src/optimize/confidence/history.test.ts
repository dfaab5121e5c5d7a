import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOverrun, type Ratios } from "./history.ts";
import { createPrior } from "./prior.ts";

const prior = createPrior();
const work = { estimate: 60, category: "work" };

describe("the prior", () => {
  it("rises, is never negative, and gives every log the same part", () => {
    for (const estimate of [1, 15, 16, 60, 240, 1_440]) {
      const ratios = prior(estimate);
      expect(ratios).toEqual(ratios.toSorted());
      expect(ratios[0]).toBeGreaterThan(0);
      const parts = [createPrior(["sip"]), createPrior(["renzo"]), createPrior(["cesaw"])].map((one) => one(estimate));
      expect(parts.map(({ length }) => length)).toEqual([40, 40, 40]);
      expect(Float64Array.from(parts.flatMap((part) => [...part])).sort()).toEqual(ratios);
    }
  });

  it("keeps the third of all tasks that take just their estimate", () => {
    const ratios = createPrior(["sip", "renzo"])(60);
    const exact = ratios.filter((ratio) => ratio === 1).length / ratios.length;
    expect(exact).toBeGreaterThan(0.34);
    expect(exact).toBeLessThan(0.5);
  });

  it("has short tasks overrun more than long ones in the tail", () => {
    const p95 = (estimate: number) => prior(estimate)[Math.floor(prior(estimate).length * 0.95)] ?? 0;
    expect(p95(10)).toBeGreaterThan(p95(600));
  });

  it("goes on beyond its last size: the longer, the less of its estimate, but for what takes just that", () => {
    const [long, longer] = [prior(480), prior(4_800)];
    expect(prior(300)).toEqual(long);
    expect(mean(longer)).toBeLessThan(mean(long) * 0.9);
    expect(longer).toEqual(longer.toSorted());
    expect(count(longer, 1)).toBe(count(long, 1));
  });
});

describe("a person's history", () => {
  it("is the prior as long as there is none", () => {
    const { ratios, reached } = createOverrun([], prior)(work);
    expect(ratios).toEqual(prior(60));
    expect(reached.at(-1)).toBeCloseTo(1, 12);
  });

  it("is a distribution: rising and adding up to 1, whatever the past (seed 11)", () => {
    const actual = fc.record({
      estimated_minutes: fc.integer({ min: 1, max: 5_000 }),
      actual_minutes: fc.integer({ min: 0, max: 20_000 }),
      category: fc.constantFrom("work", "home", null),
    });
    fc.assert(
      fc.property(fc.array(actual, { maxLength: 60 }), fc.integer({ min: 1, max: 1_440 }), (actuals, estimate) => {
        const { ratios, reached } = createOverrun(actuals, prior)({ estimate, category: "work" });
        expect(ratios).toEqual(ratios.toSorted());
        expect(reached).toEqual(reached.toSorted());
        expect(reached.at(-1)).toBeCloseTo(1, 9);
      }),
      { seed: 11 },
    );
  });

  it("takes the place of the prior as it accrues", () => {
    const shares = [0, 1, 5, 20, 100, 1_000].map((count) => shareOf(createOverrun(twice(count), prior)(work), 2));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[1]).toBeLessThan(0.4);
    expect(shares[4]).toBeGreaterThan(0.9);
  });

  it("counts tasks of the same size more than others, and recent ones more than old ones", () => {
    const short = { estimated_minutes: 15, actual_minutes: 15 };
    const past = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? short : (twice(1)[0] ?? short)));
    const overrun = createOverrun(past, prior);
    expect(shareOf(overrun({ estimate: 60, category: "work" }), 2)).toBeGreaterThan(0.7);
    expect(shareOf(overrun({ estimate: 15, category: "work" }), 2)).toBeLessThan(0.2);

    const exact = Array.from({ length: 50 }, () => ({ estimated_minutes: 60, actual_minutes: 60 }));
    const lately = shareOf(createOverrun([...exact, ...twice(50)], prior)(work), 2);
    const before = shareOf(createOverrun([...twice(50), ...exact], prior)(work), 2);
    expect(lately).toBeGreaterThan(before + 0.3);
  });

  it("tells of a longer task a lower ratio, and of what took just its estimate the same", () => {
    const exact = Array.from({ length: 50 }, () => ({ estimated_minutes: 60, actual_minutes: 60 }));
    const overrun = createOverrun([...exact, ...twice(50)], () => Float64Array.of(1));
    const lower = 2 * 2 ** -0.13;
    const longer = overrun({ estimate: 120, category: "work" });
    expect(longer.ratios.at(-1)).toBeCloseTo(lower, 9);
    expect(new Set(longer.ratios).size).toBe(2);
    expect(overrun(work).ratios.at(-1)).toBeCloseTo(2, 9);
  });

  it("counts tasks of the same category more than others", () => {
    const past = Array.from({ length: 40 }, (_, index) => ({
      estimated_minutes: 60,
      actual_minutes: index % 2 === 0 ? 60 : 120,
      category: index % 2 === 0 ? "home" : "work",
    }));
    const overrun = createOverrun(past, prior);
    const atWork = shareOf(overrun(work), 2);
    expect(atWork).toBeGreaterThan(shareOf(overrun({ ...work, category: "home" }), 2) + 0.2);
  });
});

function mean(ratios: Float64Array): number {
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

function count(ratios: Float64Array, value: number): number {
  return ratios.filter((ratio) => ratio === value).length;
}

function twice(count: number) {
  return Array.from({ length: count }, () => ({ estimated_minutes: 60, actual_minutes: 120 }));
}

/** The probability of just that ratio. */
function shareOf({ ratios, reached }: Ratios, ratio: number): number {
  return ratios.reduce(
    (sum, each, index) => sum + (Math.abs(each - ratio) < 1e-9 ? (reached[index] ?? 0) - (reached[index - 1] ?? 0) : 0),
    0,
  );
}
