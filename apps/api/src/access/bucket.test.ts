import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createThrottle, fullBucket, take } from "./bucket.ts";

it("never lets more through than the burst and what came back since (seed 7)", () => {
  const rates = fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(rates, fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 300 }), (rate, pauses) => {
      const bucket = fullBucket(rate, 0);
      let at = 0;
      let taken = 0;
      for (const pause of pauses) {
        at += pause;
        if (take(bucket, rate, at) === 0) taken += 1;
        expect(taken).toBeLessThanOrEqual(rate.burst + (at / 1000) * rate.perSecond + 1e-6);
      }
    }),
    { seed: 7 },
  );
});

it("lets through who waits as long as it says (seed 8)", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), (perSecond, burst) => {
      const bucket = fullBucket({ perSecond, burst }, 0);
      let wait = 0;
      while (wait === 0) wait = take(bucket, { perSecond, burst }, 0);
      expect(take(bucket, { perSecond, burst }, wait * 1000 + 0.001)).toBe(0);
    }),
    { seed: 8 },
  );
});

it("counts each name by itself, and gives attempts back", () => {
  const throttle = createThrottle({ perSecond: 1, burst: 2 }, () => 0);
  expect([throttle.take("a"), throttle.take("a"), throttle.take("a"), throttle.take("b")]).toEqual([0, 0, 1, 0]);
  throttle.giveBack("a");
  throttle.giveBack("b");
  throttle.giveBack("b");
  expect([throttle.take("a"), throttle.take("a")]).toEqual([0, 1]);
});

it("forgets the oldest name when there are ten thousand others", () => {
  const throttle = createThrottle({ perSecond: 1, burst: 1 }, () => 0);
  expect([throttle.take("a"), throttle.take("a")]).toEqual([0, 1]);
  for (let name = 0; name < 10_000; name += 1) throttle.take(String(name));
  expect(throttle.take("a")).toBe(0);
});
