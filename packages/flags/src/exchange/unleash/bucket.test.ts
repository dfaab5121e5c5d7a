import { describe, expect, it } from "vitest";
import { unleashBuckets } from "./bucket.ts";

const placeOf = (algorithm: string, group: string, id: unknown, context = {}) =>
  unleashBuckets.find(({ name }) => name === algorithm)?.bucket(group, 100)(id, context);

describe("Unleash's place of an id", () => {
  // From the tests of its SDKs, whose places begin at 1.
  it.each([
    ["unleash-rollout", "gr1", "123", 73],
    ["unleash-rollout", "groupX", "999", 25],
    ["unleash-variant", "gr1", "123", 96],
    ["unleash-variant", "groupX", "999", 60],
  ])("is by %s in group %s for %s the published %d", (algorithm, group, id, place) => {
    expect(placeOf(algorithm, group, id)).toBe(place - 1);
  });

  it("is by default the session's where there is no user, and for variants the address's after that", () => {
    const session = { sessionId: "123", remoteAddress: "999" };
    expect(placeOf("unleash-rollout-default", "gr1", "", session)).toBe(72);
    expect(placeOf("unleash-variant-default", "gr1", undefined, session)).toBe(95);
    expect(placeOf("unleash-variant-default", "groupX", 7, { remoteAddress: "999" })).toBe(59);
  });

  it.each([undefined, null, ""])("is none for %j", (id) => {
    expect(unleashBuckets.map(({ name }) => placeOf(name, "group", id))).toEqual([NaN, NaN, NaN, NaN]);
  });
});
