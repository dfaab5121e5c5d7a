import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastCost, smallModels } from "./models.ts";
import { createPack } from "./pack.ts";
import { createRandom } from "./random.ts";
import { createState, nowhere } from "./state.ts";
import { createTables } from "./tables.ts";
import { createWindow } from "./window.ts";

const size = 14;

describe("packing a stretch of time", () => {
  it("is the best there is, whatever slots are priced at, as trying every plan shows (seed 21)", () => {
    fc.assert(
      fc.property(smallModels(size, { longest: 5, dearest: 300 }), prices(), (model, priced) => {
        const state = createState(model);
        const group = model.items.map((_, index) => index);
        const window = createWindow(state, createTables(model), priced);
        const isBetter = window(
          group,
          group.map(() => nowhere),
          [[0, size]],
          state.cost(),
        );
        expect(state.cost()).toBe(leastCost(model));
        expect(isBetter).toBe(state.cost() < createState(model).cost());
      }),
      { seed: 21, numRuns: 200 },
    );
  });

  it("answers nothing where nothing is cheaper than the bar (seed 22)", () => {
    fc.assert(
      fc.property(smallModels(size, { longest: 5, dearest: 300 }), prices(), (model, priced) => {
        const state = createState(model);
        const group = model.items.map((_, index) => index);
        const window = createWindow(state, createTables(model), priced);
        expect(
          window(
            group,
            group.map(() => nowhere),
            [[0, size]],
            leastCost(model),
          ),
        ).toBe(false);
        expect(state.choices().every((choice) => choice === nowhere)).toBe(true);
      }),
      { seed: 22, numRuns: 100 },
    );
  });

  it("never costs more without heat, and keeps every rule with it (seed 23)", () => {
    fc.assert(
      fc.property(smallModels(size, { longest: 5, dearest: 300 }), fc.nat(), (model, seed) => {
        const state = createState(model);
        const pack = createPack(state, createRandom(seed), new Float64Array(size));
        for (let each = 0; each < 30; each += 1) {
          const before = state.cost();
          pack(0);
          expect(state.cost()).toBeLessThanOrEqual(before);
          pack(20);
          model.items.forEach((item, index) => {
            if (!state.isPlaced(index)) return;
            const start = state.space.from[index] ?? 0;
            expect(item.before.every((other) => state.isPlaced(other) && (state.space.to[other] ?? 0) <= start)).toBe(
              true,
            );
          });
        }
      }),
      { seed: 23, numRuns: 60 },
    );
  });
});

function prices() {
  return fc
    .array(fc.integer({ min: 0, max: 40 }), { minLength: size, maxLength: size })
    .map((list) => Float64Array.from(list));
}
