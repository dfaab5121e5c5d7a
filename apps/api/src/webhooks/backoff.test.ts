import { expect, it } from "vitest";
import { waitAfter } from "./backoff.ts";

it("tries ten times within about a day, each time later", () => {
  const waits = Array.from({ length: 9 }, (_, index) => waitAfter(index + 1, 0.5) ?? 0);
  expect(waits).toEqual(waits.toSorted((one, other) => one - other));
  expect(waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000).toBeCloseTo(23.71, 2);
  expect(waitAfter(10, 0.5)).toBeUndefined();
});

it("strays a fifth to either side", () => {
  expect([waitAfter(1, 0), waitAfter(1, 1)]).toEqual([4_000, 6_000]);
});
