import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addTo, emptySketch, estimate, mergeInto } from "./sketch.ts";

const kinds: Readonly<Record<string, (index: number) => string>> = {
  counted: (index) => `user-${index}`,
  hexadecimal: (index) => Math.imul(index, 2654435761).toString(16).padStart(8, "0"),
  mail: (index) => `person.${index}@example.org`,
};

describe("a sketch", () => {
  it.each(Object.keys(kinds))("counts %s ids from one to a million within three percent", (kind) => {
    const sketch = emptySketch();
    let added = 0;
    for (const target of [1, 10, 100, 1000, 10_000, 30_000, 50_000, 100_000, 1_000_000]) {
      for (; added < target; added += 1) addTo(sketch, kinds[kind]?.(added) ?? "");
      expect(Math.abs(estimate(sketch) / target - 1)).toBeLessThan(0.03);
    }
  });

  it("is off by 0.8 % in the mean, as theory says", () => {
    const errors = Array.from({ length: 60 }, (_, seed) => errorAt(20_000, `${seed}/`));
    const deviation = Math.sqrt(errors.reduce((total, error) => total + error ** 2, 0) / errors.length);
    expect(deviation).toBeGreaterThan(0.004);
    expect(deviation).toBeLessThan(0.012);
  });

  it("of nobody counts nobody", () => {
    expect(estimate(emptySketch())).toBe(0);
  });

  it("does not see order or repetition, and merges to the union (seed 7)", () => {
    const ids = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "é", "\ud800"), maxLength: 4 }), {
      maxLength: 60,
    });
    const property = fc.property(ids, ids, (some, more) => {
      const merged = sketchOf(some);
      mergeInto(merged, sketchOf(more));
      expect(Buffer.compare(merged, sketchOf([...more, ...some, ...more].toReversed()))).toBe(0);
    });
    fc.assert(property, { seed: 7, numRuns: 50 });
  });
});

function sketchOf(ids: readonly string[]) {
  const sketch = emptySketch();
  for (const id of ids) addTo(sketch, id);
  return sketch;
}

function errorAt(count: number, prefix: string): number {
  return estimate(sketchOf(Array.from({ length: count }, (_, index) => prefix + index))) / count - 1;
}
