import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { putAll } from "../search/greedy.ts";
import { grow } from "../search/grow.ts";
import type { Model } from "../search/model.ts";
import { modelOf } from "../search/models.ts";
import { createOptions, idsOf, type Options } from "../search/options.ts";
import { createPricing } from "../search/prices.ts";
import { createRandom } from "../search/random.ts";
import { branchAndPrice } from "./branch.ts";
import { bare, leastBelow, ruledModels } from "./models.ts";

const axes = [
  { grid: 15, size: 12, most: 4 },
  { grid: 60, size: 12, most: 4 },
  { grid: 90, size: 10, most: 4 },
];

describe("branch and price", () => {
  it.each(axes)("states no bound above the best plan, nor tells one on the way ($grid minutes, seed 41)", (axis) => {
    fc.assert(
      fc.property(ruledModels(axis), fc.integer({ min: 1, max: 60 }), fc.boolean(), (model, looks, isBlind) => {
        const { lowerBound, told } = alone(model, looks, isBlind);
        const most = Math.max(lowerBound, ...told);
        expect(most - 1e-6).toBeLessThanOrEqual(leastBelow(model, Math.ceil(most)));
        expect(told).toEqual(told.toSorted((a, b) => a - b));
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  it.each(axes)("ends a search with a bound that no plan is below ($grid minutes, seed 42)", (axis) => {
    fc.assert(
      fc.property(ruledModels(axis), fc.integer({ min: 1, max: 200 }), (model, units) => {
        const { lowerBound, told, cost } = grown(model, units);
        const most = Math.max(lowerBound, ...told);
        expect(most - 1e-6).toBeLessThanOrEqual(leastBelow(model, Math.ceil(most)));
        expect(lowerBound).toBeLessThanOrEqual(cost);
        expect(told).toEqual(told.toSorted((a, b) => a - b));
      }),
      { seed: 42, numRuns: 100 },
    );
  });

  it("knows that what a piece leaves idle of its last slot may be a rest", () => {
    const [long, short] = [
      { slots: 4, costs: [0], unplaced: 9 },
      { slots: 1, costs: [null, null, null, null, 0], unplaced: 9 },
    ];
    const minutes = [50, 15];
    const plain = modelOf(5, [long, short]);
    const model: Model = {
      ...plain,
      axis: { ...plain.axis, grid: 15 },
      items: plain.items.map((item, at) => ({ ...item, minutes: minutes[at] ?? 0, work: minutes[at] ?? 0 })),
      rest: { minutes: 10, limit: 50 },
    };
    expect(alone(model, 100, true).lowerBound).toBeCloseTo(0);
    expect(alone({ ...model, rest: { minutes: 11, limit: 50 } }, 100, true).lowerBound).toBeCloseTo(9);
  });

  it("is the same for the same model (seed 48)", () => {
    fc.assert(
      fc.property(fc.oneof(...axes.map(ruledModels)), fc.integer({ min: 1, max: 60 }), (model, looks) => {
        expect(alone(model, looks)).toEqual(alone(model, looks));
        expect(grown(model, looks)).toEqual(grown(model, looks));
      }),
      { seed: 48, numRuns: 40 },
    );
  });
});

/** From no prices and no plan; with blinders on it makes none either, so that no plan holds its bound down. */
function alone(model: Model, looks: number, isBlind = false) {
  const options = optionsOf(model);
  const state = bare(model);
  let best = { cost: state.cost(), ids: idsOf(options, state.choices()) };
  const told: number[] = [];
  let left = looks;
  const all = Int32Array.from(options.choice, (_, id) => id);
  const lowerBound = branchAndPrice(model, options, all, new Float64Array(createPricing(options).length), best, {
    onShares: (likely) => {
      putAll(options, state, likely);
      if (!isBlind && state.cost() < best.cost) best = { cost: state.cost(), ids: idsOf(options, state.choices()) };
      return best;
    },
    isSpent: (_, bound) => {
      told.push(bound);
      return (left -= 1) < 0;
    },
  });
  return { lowerBound, told, best };
}

function grown(model: Model, units: number) {
  const told: number[] = [];
  const random = createRandom(1);
  const budget = { units, random, outOfTime: () => false, onBound: (bound: number) => void told.push(bound) };
  return { ...grow(optionsOf(model), bare(model), budget), told };
}

function optionsOf(model: Model): Options {
  const options = createOptions(model);
  if (!options) throw new Error("so few options are always priced");
  return options;
}
