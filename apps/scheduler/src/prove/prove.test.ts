import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Model } from "../optimize/search/model.ts";
import { leastCost, modelOf, smallModels } from "../optimize/search/models.ts";
import { createState, nowhere, restore } from "../optimize/search/state.ts";
import { createProver } from "./prove.ts";

const prove = createProver();
const size = 12;

describe("proving by integer programming", () => {
  it("finds and proves the best plan from none, as trying every plan shows (seed 31)", async () => {
    await fc.assert(
      fc.asyncProperty(smallModels(size), async (model) => {
        const { lowerBound, proof, choices } = await prove(model, nothing(model), endless());
        const state = createState(model);
        if (choices) restore(state, choices);
        expect([state.cost(), lowerBound, proof]).toEqual([leastCost(model), leastCost(model), "optimal"]);
      }),
      { seed: 31, numRuns: 20 },
    );
  });

  it("never states a bound above the best plan, however soon it is stopped (seed 32)", async () => {
    await fc.assert(
      fc.asyncProperty(smallModels(size), fc.nat(30), async (model, looks) => {
        let left = looks;
        const bounds: number[] = [];
        const limits = {
          milliseconds: 10_000,
          outOfTime: () => (left -= 1) < 0,
          onBound: (bound: number) => void bounds.push(bound),
        };
        const { lowerBound } = await prove(model, nothing(model), limits);
        for (const bound of [...bounds, lowerBound]) expect(bound).toBeLessThanOrEqual(leastCost(model));
      }),
      { seed: 32, numRuns: 20 },
    );
  });

  it("keeps lags between pieces", async () => {
    const one = { slots: 2, costs: [0, 5, 10, 15, 20, 25], unplaced: 100 };
    const model = modelOf(8, [one, { ...one, costs: [0, 0, 1, 2, 3, 4], before: [0] }]);
    const lagged = { ...model, items: model.items.map((item) => ({ ...item, lags: item.before.map(() => 3) })) };
    const { lowerBound, choices } = await prove(lagged, nothing(lagged), endless());
    const state = createState(lagged);
    restore(state, choices ?? new Int32Array(0));
    expect([state.space.from[0], state.space.from[1], lowerBound]).toEqual([0, 5, 4]);
  });

  it("keeps caps on what starts on one day", async () => {
    const one = { slots: 2, costs: [0, 0, 0, 0, null, null, null], unplaced: 50 };
    const model = modelOf(8, [one, one]);
    const minute = 60_000;
    const capped: Model = {
      ...model,
      items: model.items.map((item) => ({ ...item, work: 2 })),
      days: [{ start: 0, end: 8 * minute }],
      caps: [{ items: [0, 1], minutes: 3 }],
    };
    expect(await prove(capped, nothing(capped), endless())).toMatchObject({ lowerBound: 50, proof: "optimal" });
  });
});

it("tells of the best plan before integer programming goes on from it", async () => {
  const one = { slots: 2, costs: [0, 0, 0, 0, null, null, null], unplaced: 50 };
  const plain = modelOf(8, [one, one]);
  const model: Model = {
    ...plain,
    items: plain.items.map((item) => ({ ...item, work: 2 })),
    days: [{ start: 0, end: 480_000 }],
    caps: [{ items: [0, 1], minutes: 3 }],
  };
  const told: number[] = [];
  const onPlan = (choices: Int32Array) => {
    const state = createState(model);
    restore(state, choices);
    told.push(state.cost());
  };
  await prove(model, nothing(model), { ...endless(), onPlan });
  expect(told).toEqual([50]);
});

function nothing(model: Model): Int32Array {
  return new Int32Array(model.items.length).fill(nowhere);
}

function endless() {
  return { milliseconds: 10_000, outOfTime: () => false };
}
