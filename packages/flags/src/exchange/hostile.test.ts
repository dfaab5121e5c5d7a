import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFlagSet } from "../parse.ts";
import { re2 } from "../pattern.ts";
import { documents as flagsmith } from "./flagsmith/arbitrary.ts";
import { importFlagsmith } from "./flagsmith.ts";
import { documents as launchdarkly } from "./launchdarkly/arbitrary.ts";
import { importLaunchDarkly } from "./launchdarkly.ts";
import { isUnreadable } from "./report.ts";
import { documents as unleash } from "./unleash/arbitrary.ts";
import { importUnleash } from "./unleash.ts";

const FORMATS = [
  { name: "Unleash", documents: unleash, read: importUnleash },
  { name: "LaunchDarkly", documents: launchdarkly, read: importLaunchDarkly },
  { name: "Flagsmith", documents: flagsmith, read: importFlagsmith },
] as const;

describe.each(FORMATS)("a document that is not what $name writes", ({ documents, read }) => {
  it("is read without a throw to a set that parses, whatever it is (seed 5)", () => {
    const damaged = fc
      .tuple(documents, fc.infiniteStream(fc.nat()), fc.jsonValue())
      .map(([document, turns, value]) => damage(JSON.parse(JSON.stringify(document)), turns, value));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), { weight: 4, arbitrary: damaged as fc.Arbitrary<unknown> }), (document) => {
        const { flagSet, report } = read(document);
        expect(parseFlagSet(JSON.parse(JSON.stringify(flagSet)), re2)).toMatchObject({ ok: true });
        expect(report.flags).toBe(Object.keys(flagSet.flags).length);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it.each([[null], [[]], ["text"], [{}], [7]])("is refused as a whole when it is %j", (document) => {
    const { flagSet, report } = read(document);
    expect(flagSet.flags).toEqual({});
    expect(isUnreadable(report)).toBe(true);
  });
});

/** A JSON value with one part, found by turning at random, replaced. */
function damage(document: unknown, turns: fc.Stream<number>, value: unknown): unknown {
  const [turn = 0] = [...turns.take(1)];
  if (typeof document !== "object" || document === null || turn % 7 === 0) return value;

  const names = Object.keys(document);
  const name = names[turn % Math.max(1, names.length)];
  if (name === undefined) return value;
  const part = damage((document as Record<string, unknown>)[name], turns, value);
  if (Array.isArray(document)) return document.map((one: unknown, index) => (String(index) === name ? part : one));
  return { ...document, [name]: part };
}
