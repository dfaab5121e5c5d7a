import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Model } from "./model.ts";
import { leastCost, lineOf, modelOf, smallModels } from "./models.ts";
import { createRandom } from "./random.ts";
import { search } from "./search.ts";
import { recognizeLine } from "./recognize.ts";
import type { State } from "./state.ts";

describe("the search", () => {
  it("finds and proves the best plan of small tables with an order and things left out (seed 11)", () => {
    fc.assert(
      fc.property(smallModels(12), (model) => {
        const { state, lowerBound, proof } = search(model, budget(20_000));
        expect([state.cost(), lowerBound, proof]).toEqual([leastCost(model), leastCost(model), "optimal"]);
        expect(broken(state)).toEqual([]);
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  it("never states a bound above the best plan, however little it searches (seed 12)", () => {
    fc.assert(
      fc.property(smallModels(12), fc.integer({ min: 1, max: 40 }), (model, looks) => {
        let left = looks;
        const { state, lowerBound } = search(model, { ...budget(1e6), outOfTime: () => (left -= 1) < 0 });
        expect(lowerBound ?? 0).toBeLessThanOrEqual(leastCost(model));
        expect(state.cost()).toBeGreaterThanOrEqual(leastCost(model));
        expect(broken(state)).toEqual([]);
      }),
      { seed: 12, numRuns: 150 },
    );
  });

  it("is the same for the same model, random numbers and iterations", () => {
    const model = week();
    const twice = [1, 2].map(() => search(model, budget(3_000)));
    expect(twice[0]?.state.choices()).toEqual(twice[1]?.state.choices());
    expect(twice[0]?.lowerBound).toBe(twice[1]?.lowerBound);
  });

  it("finds no better plan in fewer iterations than the one it proves to be the best", () => {
    const proven = search(week(), budget(10_000));
    expect(proven).toMatchObject({ proof: "optimal", lowerBound: proven.state.cost() });
    for (const iterations of [30, 300, 1_000])
      expect(search(week(), budget(iterations)).state.cost()).toBeGreaterThanOrEqual(proven.state.cost());
  });
});

describe("jobs in a line", () => {
  it("are recognized from their costs, with releases, weights and dues (seed 13)", () => {
    fc.assert(
      fc.property(jobs(6), (list) => {
        const line = recognizeLine(lineOf(list));
        expect(line?.size).toBe(list.length);
        expect([...(line?.releases ?? [])]).toEqual(list.map(({ release }) => release));
        expect([...(line?.durations ?? [])]).toEqual(list.map(({ duration }) => duration));
      }),
      { seed: 13, numRuns: 100 },
    );
  });

  it("are not seen where anything else matters", () => {
    const plain = { slots: 2, costs: [0, 1, 2], unplaced: 99 };
    expect(recognizeLine(modelOf(4, [plain, plain]))).not.toBeNull();
    expect(recognizeLine(modelOf(4, [plain, { ...plain, before: [0] }]))).toBeNull();
    expect(recognizeLine(modelOf(4, [plain, { ...plain, unplaced: 1 }]))).toBeNull();
    expect(recognizeLine(modelOf(4, [plain, { ...plain, costs: [2, 1, 0] }]))).toBeNull();
    expect(recognizeLine(modelOf(4, [plain, { ...plain, costs: [0, null, 2] }]))).toBeNull();
    expect(recognizeLine(modelOf(3, [plain, plain]))).toBeNull();
  });

  it("are put in the best order, as trying all orders shows (seed 14)", () => {
    fc.assert(
      fc.property(jobs(6), (list) => {
        const { state } = search(lineOf(list), budget(300));
        expect(state.cost()).toBe(bestOrder(list));
        expect(broken(state)).toEqual([]);
      }),
      { seed: 14, numRuns: 150 },
    );
  });

  it("get a bound when asked for a proof (seed 15)", () => {
    fc.assert(
      fc.property(jobs(5), (list) => {
        const { state, lowerBound, proof } = search(lineOf(list), { ...budget(20_000), prove: true });
        expect([state.cost(), lowerBound, proof]).toEqual([bestOrder(list), bestOrder(list), "optimal"]);
      }),
      { seed: 15, numRuns: 50 },
    );
  });
});

function budget(iterations: number) {
  return { random: createRandom(1), iterations, outOfTime: () => false };
}

/** Twelve pieces that cannot all stand where they cost least. */
function week(): Model {
  const random = createRandom(5);
  const size = 60;
  return modelOf(
    size,
    Array.from({ length: 12 }, (_, index) => {
      const slots = 2 + Math.floor(random() * 5);
      const best = Math.floor(random() * 30);
      const costs = Array.from({ length: size - slots + 1 }, (_each, start) =>
        start % 20 > 16 ? null : Math.abs(start - best) * (1 + (index % 4)),
      );
      return { slots, costs, unplaced: 500, before: index % 5 === 4 ? [index - 1] : [] };
    }),
  );
}

function jobs(most: number) {
  const job = fc.record({
    duration: fc.integer({ min: 1, max: 6 }),
    release: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 })),
    weight: fc.integer({ min: 1, max: 9 }),
    due: fc.integer({ min: 1, max: 20 }),
  });
  // One job alone has one start, from whose cost nothing can be read.
  return fc.array(job, { minLength: 2, maxLength: most });
}

function bestOrder(list: readonly { duration: number; release: number; weight: number; due: number }[]): number {
  const visit = (rest: typeof list, time: number): number =>
    rest.length === 0
      ? 0
      : Math.min(
          ...rest.map((job) => {
            const end = Math.max(time, job.release) + job.duration;
            const others = rest.filter((other) => other !== job);
            return job.weight * Math.max(0, end - job.due) + visit(others, end);
          }),
        );
  return visit(list, 0);
}

/** Pieces that overlap, or stand without or before what they wait for; from the spans alone. */
function broken(state: State): string[] {
  const spans = state.problem.items.map((_, index) => state.span(index));
  return spans.flatMap((span, index) => {
    if (!span) return [];
    const crossed = spans.some((other, at) => other && at < index && other.start < span.end && span.start < other.end);
    const waits = state.problem.items[index]?.before.some((other) => (spans[other]?.end ?? Infinity) > span.start);
    return [...(crossed ? [`${index} overlaps`] : []), ...(waits ? [`${index} is too early`] : [])];
  });
}
