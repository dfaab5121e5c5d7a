import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagSets } from "./arbitrary.ts";
import type { Condition, Serve } from "./model.ts";
import { describeCondition, describeRule, describeSegment, describeServe } from "./sentences.ts";

const de: Condition = { attribute: "country", op: "equals", value: "DE" };
const recent: Condition = { attribute: "app_version", op: "semver_at_least", value: "2.3.0" };

describe("in words", () => {
  it("a rule says who gets what", () => {
    const serve: Serve = {
      split: {
        weights: [
          { variant: "on", weight: 1 },
          { variant: "off", weight: 3 },
        ],
      },
    };
    expect(describeRule({ when: { all: [de, recent] }, serve })).toBe(
      "country is “DE” and app_version is at least version 2.3.0 → serve “on” to 25 %, “off” to the rest",
    );
  });

  it.each<[Condition, string]>([
    [{ all: [] }, "everybody"],
    [{ any: [] }, "nobody"],
    [{ all: [{ any: [de] }] }, "country is “DE”"],
    [
      { all: [{ any: [de, recent] }, de] },
      "(country is “DE” or app_version is at least version 2.3.0) and country is “DE”",
    ],
    [{ any: [{ all: [{ any: [de, de] }] }, de] }, "(country is “DE” or country is “DE”) or country is “DE”"],
    [{ not: de }, "not (country is “DE”)"],
    [{ not: { segment: "staff" } }, "is not in segment “staff”"],
    [{ flag: "billing", variants: ["on", "trial"] }, "flag “billing” serves “on” or “trial”"],
  ])("%j is '%s'", (condition, words) => expect(describeCondition(condition)).toBe(words));

  it.each<[Serve, string]>([
    [{ variant: "on" }, "serve “on”"],
    [{ off: true }, "serve what it serves when it is off"],
    [{ split: { by: "org", weights: [{ variant: "on", weight: 1 }] } }, "serve “on” to 100 %, by org"],
    [
      {
        split: {
          weights: [
            { variant: "a", weight: 1 },
            { variant: "b", weight: 0 },
            { variant: "c", weight: 99_999 },
          ],
        },
      },
      "serve “a” to 0.001 %, “c” to the rest",
    ],
  ])("%j is '%s'", (serve, words) => expect(describeServe(serve)).toBe(words));

  it("a segment is its condition, or the length of its list", () => {
    expect(describeSegment({ when: de })).toBe("country is “DE”");
    expect(describeSegment({ ids: ["a", "b"], by: "org" })).toBe("org is one of 2 in a list");
  });

  it("any rule is one line without gaps (seed 86)", () => {
    fc.assert(
      fc.property(flagSets, ({ flags }) => {
        for (const { rules } of Object.values(flags))
          for (const rule of rules) expect(describeRule(rule)).toMatch(/^\S.* → serve \S/su);
        for (const { rules } of Object.values(flags))
          for (const rule of rules) expect(describeRule(rule)).not.toMatch(/undefined|\[object/);
      }),
      { seed: 86, numRuns: 200 },
    );
  });
});
