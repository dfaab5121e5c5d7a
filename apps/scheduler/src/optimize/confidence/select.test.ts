import * as fc from "fast-check";
import { expect, it } from "vitest";
import { select } from "./select.ts";

it("finds what sorting finds, one rank after another (seed 3)", () => {
  const value = fc.oneof(fc.nat(5), fc.integer(), fc.constant(Infinity));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), fc.nat(39), fc.nat(39), (list, a, b) => {
      const [first, second] = [a, b].map((rank) => rank % list.length).toSorted((x, y) => x - y);
      const sorted = Float64Array.from(list).sort();
      const values = Float64Array.from(list);
      expect(select(values, first ?? 0)).toBe(sorted[first ?? 0]);
      expect(select(values, second ?? 0, first)).toBe(sorted[second ?? 0]);
    }),
    { seed: 3, numRuns: 1_000 },
  );
});
