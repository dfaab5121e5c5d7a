import { FlagdCore } from "@openfeature/flagd-core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import type { EvaluationContext } from "../model.ts";
import { re2 } from "../pattern.ts";
import { contexts, documents } from "./flagd/arbitrary.ts";
import { importFlagd } from "./flagd.ts";
import { foreign } from "./foreign.ts";
import { excluded } from "./report.ts";

const EVALUATIONS = process.env["BEQ_DEEP"] === "1" ? 100_000 : 2_000;
const CONTEXTS = 10;

describe("an imported flagd document", () => {
  it(`answers as flagd's own library does (seed 1, ${EVALUATIONS} evaluations)`, () => {
    const seen = { agreed: 0, faults: 0, excluded: 0 };
    const people = fc.array(contexts, { minLength: 1, maxLength: CONTEXTS });
    fc.assert(
      fc.property(documents, people, (document, some) => judge(document, some, seen)),
      { seed: 1, numRuns: EVALUATIONS / 10 },
    );
    expect(seen.agreed).toBeGreaterThanOrEqual(EVALUATIONS);
    console.log(seen);
  });
});

type Tally = { agreed: number; faults: number; excluded: number };

function judge(document: Record<string, unknown>, people: readonly EvaluationContext[], seen: Tally) {
  const { flagSet, report } = importFlagd(document);
  const left = excluded(report);
  const ours = compile(flagSet, { patterns: re2, foreign });
  const theirs = [false, true].map((disableDynamicCodeGeneration) => libraryFor(document, disableDynamicCodeGeneration));

  for (const key of Object.keys(document["flags"] as object)) {
    if (left.has(key)) {
      seen.excluded++;
      continue;
    }
    for (const context of people) {
      const answers = theirs.map((library) => library(key, context));
      if (answers.some((answer) => answer.errorCode === "GENERAL")) {
        seen.faults++;
        continue;
      }
      const { value, variant } = ours.resolve(key, context);
      const own = { value: encoded(value), variant: encoded(variant) };
      expect(
        answers.map(({ value, variant }) => ({ value, variant })),
        `${key} for ${JSON.stringify(context)}`,
      ).toContainEqual(own);
      seen.agreed++;
    }
  }
}

/**
 * flagd's library over UTF-8: it hashes UTF-16 units where flagd's specification and daemon hash bytes, so it is given
 * texts whose every unit is a byte. Nothing else that it does with texts depends on the encoding.
 */
function libraryFor(document: Record<string, unknown>, disableDynamicCodeGeneration: boolean) {
  const core = new FlagdCore(undefined, silent, { disableDynamicCodeGeneration });
  core.setConfigurations(JSON.stringify(encoded(document)));
  return (key: string, context: EvaluationContext) => {
    const flag = core.getFlag(encoded(key));
    const [first] = flag ? [...flag.variants.values()] : [];
    const type = typeof first as "string";
    const answer = core.resolve(type, encoded(key), NOTHING, encoded(context) as never);
    return { ...answer, value: answer.value === NOTHING ? undefined : answer.value };
  };
}

const NOTHING = "no value";
const nothing = () => undefined;
const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing };

/** A JSON value with every text as its UTF-8 bytes, a character each. */
function encoded<T>(value: T): T {
  if (typeof value === "string") return Buffer.from(value, "utf8").toString("latin1") as T;
  if (Array.isArray(value)) return value.map(encoded) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [encoded(name), encoded(part)])) as T;
}
