import * as fc from "fast-check";
import { expect, it } from "vitest";
import { merge, subtract } from "./spans.ts";

const spans = fc
  .array(fc.record({ start: fc.nat(60), length: fc.nat(12) }), { maxLength: 12 })
  .map((list) => list.map(({ start, length }) => ({ start, end: start + length })));

it("subtracts moment by moment (seed 11)", () => {
  fc.assert(
    fc.property(spans, spans, (from, taken) => {
      const left = subtract(from, taken);
      for (let moment = 0; moment < 80; moment += 1)
        expect(holds(left, moment)).toBe(holds(from, moment) && !holds(taken, moment));
    }),
    { seed: 11 },
  );
});

it("merges into sorted stretches that do not touch (seed 12)", () => {
  fc.assert(
    fc.property(spans, (list) => {
      const merged = merge(list);
      merged.slice(1).forEach((span, index) => expect(span.start).toBeGreaterThan(merged[index]?.end ?? 0));
      for (let moment = 0; moment < 80; moment += 1) expect(holds(merged, moment)).toBe(holds(list, moment));
    }),
    { seed: 12 },
  );
});

function holds(list: readonly { start: number; end: number }[], moment: number): boolean {
  return list.some(({ start, end }) => start <= moment && moment < end);
}
