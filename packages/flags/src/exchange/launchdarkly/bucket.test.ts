import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { launchdarkly } from "./bucket.ts";

describe("LaunchDarkly's place of an id", () => {
  // From the bucketing tests that its SDKs share.
  it.each([
    ["hashKey.saltyA", "userKeyA", 0.42157587],
    ["hashKey.saltyA", "userKeyB", 0.6708485],
    ["hashKey.saltyA", "userKeyC", 0.10343106],
    ["61", "userKeyA", 0.09801207],
    ["61", "userKeyB", 0.14483777],
    ["61", "userKeyC", 0.9242641],
  ])("is, salted with %s, for %s the published %d", (salt, id, place) => {
    expect(launchdarkly.bucket(salt, 1)(id, {})).toBeCloseTo(place, 7);
  });

  it("is 15 hexadecimal digits of SHA-1, to the last bit (seed 41)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (salt, id) => {
        const digits = createHash("sha1").update(`${salt}.${id}`).digest("hex").slice(0, 15);
        expect(launchdarkly.bucket(salt, 1)(id, {})).toBe(Number.parseInt(digits, 16) / 2 ** 60);
      }),
      { seed: 41, numRuns: 500 },
    );
  });

  it.each([undefined, null, true, 1.5, {}, ["a"]])("is the first, at 0, for %j, which is no id", (id) => {
    expect(launchdarkly.bucket("salt", 100)(id, {})).toBe(0);
  });
});
