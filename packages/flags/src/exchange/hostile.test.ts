import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFlagSet } from "../parse.ts";
import { re2 } from "../pattern.ts";
import { documents as flagd } from "./flagd/arbitrary.ts";
import { importFlagd } from "./flagd.ts";
import { documents as flagsmith } from "./flagsmith/arbitrary.ts";
import { importFlagsmith } from "./flagsmith.ts";
import { documents as growthbook } from "./growthbook/arbitrary.ts";
import { importGrowthbook } from "./growthbook.ts";
import { documents as launchdarkly } from "./launchdarkly/arbitrary.ts";
import { importLaunchDarkly } from "./launchdarkly.ts";
import { isUnreadable, type Path } from "./report.ts";
import { documents as unleash } from "./unleash/arbitrary.ts";
import { importUnleash } from "./unleash.ts";

const FORMATS = [
  { name: "flagd", documents: flagd, read: importFlagd },
  { name: "GrowthBook", documents: growthbook, read: importGrowthbook },
  { name: "Unleash", documents: unleash, read: importUnleash },
  { name: "LaunchDarkly", documents: launchdarkly, read: importLaunchDarkly },
  { name: "Flagsmith", documents: flagsmith, read: importFlagsmith },
] as const;

describe.each(FORMATS)("a document that is not what $name writes", ({ documents, read }) => {
  it("is read without a throw to a set that parses, every finding at its place (seed 5)", () => {
    const damaged = fc
      .tuple(documents, fc.infiniteStream(fc.nat()), fc.jsonValue())
      .map(([document, turns, value]) => damage(JSON.parse(JSON.stringify(document)), turns, value));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), { weight: 4, arbitrary: damaged as fc.Arbitrary<unknown> }), (document) => {
        const { flagSet, report } = read(document);
        expect(parseFlagSet(JSON.parse(JSON.stringify(flagSet)), re2)).toMatchObject({ ok: true });
        expect(report.flags).toBe(Object.keys(flagSet.flags).length);
        expect(report.findings.filter(({ path }) => !isWithin(document, path.slice(0, -1)))).toEqual([]);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it.each([[null], [[]], ["text"], [{}], [7]])("is refused as a whole when it is %j", (document) => {
    const { flagSet, report } = read(document);
    expect(flagSet.flags).toEqual({});
    expect(isUnreadable(report)).toBe(true);
  });

  it("is refused where it is nested deeper than anybody writes", () => {
    const deep = JSON.parse(`${'{"flags":'.repeat(20_000)}1${"}".repeat(20_000)}`);
    const { report } = read(Object.fromEntries(["version", "features", "segments"].map((name) => [name, deep])));
    expect(report.findings).toContainEqual(expect.objectContaining({ message: "nested deeper than 100 levels" }));
  });
});

describe("a document that would grow without end", () => {
  const deeper = (levels: number, wrap: (inner: unknown) => unknown, inner: unknown) =>
    Array.from({ length: levels }).reduce<unknown>((made) => wrap(made), inner);
  const question = { "==": [{ var: "a" }, "x"] };
  const flagdWith = (targeting: unknown) => ({
    flags: { a: { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "off", targeting } },
  });
  const nestedIf = deeper(20, (when) => ({ if: [when, question, question] }), question);
  const group = (id: number) => ({ $or: [{ $savedGroup: { id: `g${id}` } }, { $savedGroup: { id: `g${id}` } }] });
  const groups = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, id) => [`g${id}`, { type: "condition", condition: group(id + 1) }]),
    );
  const growthbookWith = (count: number) => ({
    features: { a: { defaultValue: false, rules: [{ condition: group(0), force: true }] } },
    savedGroups: groups(count),
  });
  const branches = (count: number) => [...Array.from({ length: count }, () => [question, question]).flat(), false];

  it.each([
    ["nested conditions", () => importFlagd(flagdWith({ if: [nestedIf, "on", "off"] })), "an 'if' that is too large"],
    ["long ones", () => importFlagd(flagdWith({ if: [{ if: branches(9_000) }, "on"] })), "an 'if' that is too large"],
    [
      "cases",
      () =>
        importFlagd(
          flagdWith({
            if: branches(2_000).flatMap(() => [question, "on"]),
          }),
        ),
      "more than 1000 cases",
    ],
    ["groups in groups", () => importGrowthbook(growthbookWith(30)), "segments lead to more than 10000 others"],
    ["deep groups", () => importGrowthbook(growthbookWith(5_000)), "saved groups are more than 32 deep"],
  ])("is refused at once: %s", (_, read, message) => {
    const { flagSet, report } = read();
    expect(flagSet.flags).toEqual({});
    expect(report.findings).toContainEqual(
      expect.objectContaining({ level: "refused", message: expect.stringContaining(message) }),
    );
  });

  it("is read in no time when it has 20,000 members that nobody knows", () => {
    const odd = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`x${index}`, 1]));
    const feature = { name: "a", type: "release", enabled: true, strategies: [], ...odd };
    expect(importUnleash({ version: 2, features: [feature] }).report.findings).toHaveLength(20_000);
  });
});

/** Whether a document has something at a path. */
function isWithin(document: unknown, path: Path): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (typeof document !== "object" || document === null || !Object.hasOwn(document, step)) return false;
  return isWithin((document as Record<string, unknown>)[step], rest);
}

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
