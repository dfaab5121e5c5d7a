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
      { seed: 1, numRuns: EVALUATIONS / 12 },
    );
    expect(seen.agreed).toBeGreaterThanOrEqual(EVALUATIONS);
    // What the arbitrary has of operators without a counterpart.
    expect(seen.excluded).toBeLessThan(seen.agreed / 10);
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
