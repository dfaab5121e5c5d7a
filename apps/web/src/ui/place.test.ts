import * as fc from "fast-check";
import { expect, it } from "vitest";
import { spotFor } from "./place.ts";

const seed = 3;
const page = { width: 1_000, height: 800 };
const card = { width: 300, height: 200 };

it.each([
  ["left of the anchor", { left: 500, right: 600, top: 100, bottom: 150 }, true, { left: 194, top: 100 }],
  [
    "right of it where the left is too narrow",
    { left: 50, right: 150, top: 100, bottom: 150 },
    true,
    { left: 156, top: 100 },
  ],
  [
    "below it where neither side has room",
    { left: 50, right: 950, top: 100, bottom: 150 },
    true,
    { left: 50, top: 156 },
  ],
  [
    "above it at the bottom of the page",
    { left: 500, right: 600, top: 700, bottom: 730 },
    false,
    { left: 500, top: 494 },
  ],
])("opens %s", (_, anchor, beside, spot) => expect(spotFor(card, anchor, page, beside)).toEqual(spot));

it(`never leaves the page when it fits into it (seed ${seed})`, () => {
  const side = fc.integer({ min: 0, max: 900 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 400 }), fc.boolean(), (left, top, size, beside) => {
      const spot = spotFor(card, { left, top, right: left + size, bottom: top + size }, page, beside);
      expect(spot.left).toBeGreaterThanOrEqual(8);
      expect(spot.top).toBeGreaterThanOrEqual(8);
      expect(spot.left + card.width).toBeLessThanOrEqual(page.width - 8);
      expect(spot.top + card.height).toBeLessThanOrEqual(page.height - 8);
    }),
    { seed },
  );
});
