import { GrowthBook } from "@growthbook/growthbook";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import type { EvaluationContext } from "../model.ts";
import { re2 } from "../pattern.ts";
import { foreign } from "./foreign.ts";
import { contexts, documents } from "./growthbook/arbitrary.ts";
import { importGrowthbook } from "./growthbook.ts";
import { excluded } from "./report.ts";

const EVALUATIONS = process.env["BEQ_DEEP"] === "1" ? 100_000 : 2_000;
const CONTEXTS = 20;

describe("an imported GrowthBook payload", () => {
  it(`answers as GrowthBook's own SDK does (seed 1, ${EVALUATIONS} evaluations)`, { timeout: 600_000 }, () => {
    const seen = { agreed: 0, excluded: 0 };
    const people = fc.array(contexts, { minLength: 1, maxLength: CONTEXTS });
    fc.assert(
      fc.property(documents, people, (document, some) => judge(document, some, seen)),
      { seed: 1, numRuns: Math.ceil(EVALUATIONS / 12) },
    );
    expect(seen.agreed).toBeGreaterThanOrEqual(EVALUATIONS);
    // What the arbitrary has of operators without a counterpart.
    expect(seen.excluded).toBeLessThan(seen.agreed / 10);
  });

  it("keeps those who are outside a rollout for the next rule", () => {
    const rules = [
      { force: "blue", coverage: 0.3, hashVersion: 2 },
      { force: "green", coverage: 0.3, seed: "other" },
    ];
    const { flagSet, report } = importGrowthbook({ features: { colour: { defaultValue: "red", rules } } });
    const ours = compile(flagSet, { foreign });
    const counts: Record<string, number> = {};
    for (let id = 0; id < 1000; id++) {
      const value = String(ours.value("colour", { targetingKey: `user-${id}` }));
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(report.findings).toEqual([]);
    expect(counts["blue"]).toBeGreaterThan(250);
    expect(counts["green"]).toBeGreaterThan(160);
    expect(counts["red"]).toBeGreaterThan(420);
  });

  it("is in error, and says why, where the engine was not given GrowthBook's ways", () => {
    const { flagSet } = importGrowthbook({ features: { half: { rules: [{ force: true, coverage: 0.5 }] } } });
    expect(compile(flagSet).resolve("half", { targetingKey: "user-1" })).toMatchObject({
      errorCode: "PARSE_ERROR",
      errorMessage: "the bucketing 'growthbook-v1' needs an engine that has it, and none was given",
    });
  });

  it("reports, by name and path, what it left out and what stayed behind", () => {
    const { report } = importGrowthbook({
      features: {
        sized: { rules: [{ force: 1, condition: { roles: { $size: 2 } } }] },
        child: { rules: [{ force: 1, parentConditions: [{ id: "sized", condition: { value: 1 } }] }] },
        sticky: { defaultValue: 1, rules: [{ variations: [1, 2], bucketVersion: 3, extra: true }] },
      },
      experiments: [],
    });
    expect(report.findings.map(({ level, name, path }) => `${level} ${name} ${path.join(".")}`)).toEqual([
      "note  experiments",
      "note sticky features.sticky.rules.0.extra",
      "refused sized features.sized.rules.0.condition.roles.$size",
      "note sticky features.sticky.rules.0.bucketVersion",
      "refused child features.child",
    ]);
  });
});

function judge(
  document: Record<string, unknown>,
  people: readonly EvaluationContext[],
  seen: { agreed: number; excluded: number },
) {
  const { flagSet, report } = importGrowthbook(document);
  const left = excluded(report);
  const ours = compile(flagSet, { patterns: re2, foreign });

  for (const key of Object.keys(document["features"] as object)) {
    if (left.has(key)) {
      seen.excluded++;
      continue;
    }
    for (const context of people) {
      const theirs = new GrowthBook({ ...(document as object), attributes: context });
      const answer = theirs.evalFeature(key).value;
      const { id, ...attributes } = context;
      const own = ours.value(key, "id" in context ? { ...attributes, targetingKey: id as string } : attributes) ?? null;
      expect(own, `${key} for ${JSON.stringify(context)}`).toEqual(answer);
      seen.agreed++;
    }
  }
}
