import { FlagdCore } from "@openfeature/flagd-core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagSets } from "../arbitrary.ts";
import { compile } from "../compile.ts";
import type { EvaluationContext, FlagSet } from "../model.ts";
import { re2 } from "../pattern.ts";
import { exportFlagd } from "./export.ts";
import { contexts, documents } from "./flagd/arbitrary.ts";
import { encoded, libraryFor, silent } from "./flagd/library.ts";
import { importFlagd } from "./flagd.ts";
import { foreign } from "./foreign.ts";
import { excluded, isUnreadable, type Report } from "./report.ts";

const EVALUATIONS = process.env["BEQ_DEEP"] === "1" ? 100_000 : 2_000;
const people = fc.array(contexts, { minLength: 1, maxLength: 10 });

describe("an imported flagd document", () => {
  it(`answers as flagd's own library does (seed 1, ${EVALUATIONS} evaluations)`, { timeout: 600_000 }, () => {
    const seen = { agreed: 0, faults: 0 };
    fc.assert(
      fc.property(documents, people, (document, some) => {
        const { flagSet, report } = importFlagd(document);
        judge(flagSet, document, report, some, seen);
      }),
      { seed: 1, numRuns: EVALUATIONS / 10 },
    );
    expect(seen.agreed).toBeGreaterThanOrEqual(EVALUATIONS);
    // Mostly comparisons of a text with a number, on which the library gives up.
    expect(seen.faults).toBeLessThan(seen.agreed / 5);
  });

  it("keeps the variant of ids that are not ASCII as flagd's daemon has it, not as the library", () => {
    const document = on({
      fractional: [
        ["on", 1],
        ["off", 1],
      ],
    });
    const { flagSet } = importFlagd(document);
    const ours = compile(flagSet);
    const ids = Array.from({ length: 50 }, (_, index) => `Zoë-${index}`);
    const daemon = libraryFor(document, false);
    const library = new FlagdCore(undefined, silent);
    library.setConfigurations(JSON.stringify(document));

    expect(ids.map((id) => ours.resolve("flag", { targetingKey: id }).variant)).toEqual(
      ids.map((id) => daemon("flag", { targetingKey: id }).variant),
    );
    expect(ids.map((id) => library.resolve("string", "flag", "", { targetingKey: id }).variant)).not.toEqual(
      ids.map((id) => daemon("flag", { targetingKey: id }).variant),
    );
  });

  // Where the library leaves JsonLogic, the import does not follow it.
  it.each<[string, unknown, EvaluationContext, string]>([
    ["a missing attribute does not equal 0", { "==": [{ var: "n" }, 0] }, {}, "off"],
    ["0 does not equal null", { "==": [{ var: "n" }, null] }, { n: 0 }, "off"],
    ["a list within `!!` and `if` is true when it has one", { "!!": [{ if: [{ var: "n" }] }] }, { n: [0] }, "on"],
    ["0 has no members", { in: [{ var: "n.member" }, [0]] }, { n: 0 }, "off"],
    ["a text that is no number does not equal one", { "==": [{ var: "n" }, 5] }, { n: "five" }, "off"],
  ])("follows JsonLogic where the library does not: %s", (_, test, context, variant) => {
    const document = on({ if: [test, "on", "off"] });
    expect(compile(importFlagd(document).flagSet, { foreign }).resolve("flag", context).variant).toBe(variant);
    const theirs = [false, true].map((isInterpreted) => libraryFor(document, isInterpreted)("flag", context).variant);
    expect(new Set([...theirs, variant]).size).toBeGreaterThan(1);
  });

  it("reports, by name and path, what a flag cannot say", () => {
    const report = (targeting: unknown) => importFlagd(on(targeting)).report.findings;
    expect(report({ if: [{ "==": [{ var: "a" }, { var: "b" }] }, "on"] })).toEqual([
      {
        level: "refused",
        name: "flag",
        path: ["flags", "flag", "targeting", "if", 0],
        message: "two attributes are compared with each other",
      },
    ]);
    expect(report({ if: [{ ">": [{ var: "$flagd.timestamp" }, 1] }, "on"] })).toMatchObject([{ level: "differs" }]);
    expect(report({ if: [{ $ref: "nowhere" }, "on"] })).toMatchObject([{ level: "refused", name: "flag" }]);
    expect(report({ fractional: [["on", { "-": [1, 2] }]] })).toMatchObject([
      { path: ["flags", "flag", "targeting", "fractional", 0, 1] },
    ]);
  });

  it("keeps what can be read of a document that is partly broken, and says what cannot", () => {
    const { flagSet, report } = importFlagd({
      flags: { good: on({}).flags.flag, bad: { state: "ON", variants: {} } },
      extra: true,
    });
    expect(Object.keys(flagSet.flags)).toEqual(["good"]);
    expect(report.findings.map(({ level, path }) => [level, path.join(".")])).toEqual([
      ["note", "extra"],
      ["refused", "flags.bad.state"],
      ["refused", "flags.bad.variants"],
    ]);
    expect(isUnreadable(importFlagd([]).report)).toBe(true);
  });

  it("reads the list form of the daemon", () => {
    const { flagSet } = importFlagd({ flags: [{ key: "listed", ...on({}).flags.flag }] });
    expect(Object.keys(flagSet.flags)).toEqual(["listed"]);
  });
});

describe("an exported flagd document", () => {
  it(
    `answers as the set it was made of, imported from flagd or not (seed 2, ${EVALUATIONS} evaluations)`,
    { timeout: 600_000 },
    () => {
      const seen = { agreed: 0, faults: 0 };
      const imported = documents.map((document) => importFlagd(document).flagSet);
      // Of our own sets, any attribute may be an id; the report says that lists and objects are none.
      const plain = people.map((some) => some.map(withoutNesting));
      fc.assert(
        fc.property(fc.oneof(fc.tuple(imported, people), fc.tuple(flagSets, plain)), ([flagSet, some]) => {
          const { document, report } = exportFlagd(flagSet);
          judge(flagSet, document, report, some, seen);
        }),
        { seed: 2, numRuns: EVALUATIONS / 5 },
      );
      expect(seen.agreed).toBeGreaterThanOrEqual(EVALUATIONS);
    },
  );
});

/** Asks the set and both modes of flagd's library, which contradict each other here and there. */
function judge(
  flagSet: FlagSet,
  document: { readonly [name: string]: unknown },
  report: Report,
  people: readonly EvaluationContext[],
  seen: { agreed: number; faults: number },
) {
  const left = excluded(report);
  const ours = compile(flagSet, { patterns: re2, foreign });
  const theirs = [false, true].map((isInterpreted) => libraryFor(document, isInterpreted));

  for (const key of ours.keys.filter((one) => !left.has(one))) {
    for (const context of people) {
      const answers = theirs.map((library) => library(key, context));
      if (answers.some(({ errorCode }) => errorCode === "GENERAL")) {
        seen.faults++;
        continue;
      }
      const { value, variant } = ours.resolve(key, context);
      expect(
        answers.map((answer) => [answer.value, answer.variant]),
        `${key} for ${JSON.stringify(context)}`,
      ).toContainEqual([encoded(value), encoded(variant)]);
      seen.agreed++;
    }
  }
}

function withoutNesting(context: EvaluationContext): EvaluationContext {
  return Object.fromEntries(Object.entries(context).filter(([, value]) => typeof value !== "object"));
}

function on(targeting: unknown) {
  return {
    flags: { flag: { state: "ENABLED", variants: { on: "ON", off: "OFF" }, defaultVariant: "off", targeting } },
  };
}
