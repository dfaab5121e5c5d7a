import { compile, type Weight } from "@beq/flags";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { nextStop, percentOf, shownPercent, totalOf, withPercent } from "./share.ts";

const seed = 41;
const split = (...weights: number[]): Weight[] => weights.map((weight, index) => ({ variant: `v${index}`, weight }));
const weightsOf = (entries: readonly Weight[]) => entries.map(({ weight }) => weight);

it.each([
  ["whole percents stay small numbers", split(0, 100), 0, 25, [25, 75]],
  ["a thousandth of a percent", split(0, 100), 0, 0.001, [1, 99_999]],
  ["a ten-thousandth, typed", split(0, 100), 0, 0.0005, [5, 999_995]],
  ["a share of thirds", split(1, 1, 1), 0, 50, [150_000, 50_000, 100_000]],
  ["the last one takes from the one before it", split(50, 30, 20), 2, 40, [50, 10, 40]],
  ["what the neighbour has not got comes from the next", split(10, 5, 85), 0, 30, [30, 0, 70]],
  ["from nothing at all", split(0, 0), 0, 10, [10, 90]],
])("sets %s", (_, before, index, percent, after) =>
  expect(weightsOf(withPercent(before, index, percent))).toEqual(after),
);

it(`tells every thousandth of a percent, and leaves the weights whole (seed ${seed})`, () => {
  fc.assert(
    fc.property(arbitrary(), fc.nat(5), fc.integer({ min: 0, max: 100_000 }), (weights, place, thousandths) => {
      const index = place % weights.length;
      const after = withPercent(weights, index, thousandths / 1_000);
      expect(percentOf(after, index)).toBeCloseTo(thousandths / 1_000, 6);
      expect(totalOf(after)).toBeLessThan(2 ** 31);
      expect(weightsOf(after).every((weight) => Number.isInteger(weight) && weight >= 0)).toBe(true);
    }),
    { seed },
  );
});

it(`takes nobody out when a share grows (seed ${seed})`, () => {
  const ids = Array.from({ length: 300 }, (_, id) => ({ targetingKey: `user-${id}` }));
  const thousandths = fc.integer({ min: 0, max: 100_000 });
  const check = fc.check(
    fc.property(thousandths, thousandths, (from, to) => {
      const before = withPercent(split(0, 100), 0, Math.min(from, to) / 1_000);
      const after = withPercent(before, 0, Math.max(from, to) / 1_000);
      const [was, is] = [served(before), served(after)];
      return ids.every((id) => was(id) !== "v0" || is(id) === "v0");
    }),
    { seed, numRuns: 30 },
  );
  expect(check.counterexample).toBe(null);
});

it("goes by whole percents, and finely near nothing and near everything", () => {
  expect([0, 0.001, 0.5, 1, 41.7, 99.5, 100].map((percent) => nextStop(percent, 1))).toEqual([
    0.001, 0.002, 1, 2, 42, 99.8, 100,
  ]);
  expect([0, 0.001, 1, 41.7, 100].map((percent) => nextStop(percent, -1))).toEqual([0, 0, 0.5, 41, 99.999]);
});

it("writes a share without the noise of its division", () => {
  expect([percentOf(split(1, 2), 0), 0.1 + 0.2, 25].map(shownPercent)).toEqual(["33.3333333", "0.3", "25"]);
});

function arbitrary(): fc.Arbitrary<Weight[]> {
  const weight = fc.oneof(fc.nat(100), fc.nat(100_000));
  return fc.array(weight, { minLength: 2, maxLength: 6 }).map((all) => split(...all));
}

function served(weights: readonly Weight[]): (context: { targetingKey: string }) => unknown {
  const variants = Object.fromEntries(weights.map(({ variant }) => [variant, variant]));
  const compiled = compile({
    version: 1,
    segments: {},
    flags: {
      flag: {
        description: "",
        type: "string",
        enabled: true,
        variants,
        off: null,
        requires: [],
        rules: [],
        otherwise: { split: { weights } },
        bucketing: { algorithm: "flagd-v2" },
        owner: "",
        tags: [],
        lifetime: "permanent",
        version: 1,
      },
    },
  });
  return (context) => compiled.peek("flag", context).variant;
}
