import { init, type LDContext } from "@launchdarkly/node-server-sdk";
import { TestData } from "@launchdarkly/node-server-sdk/integrations";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import type { EvaluationContext, Json } from "../model.ts";
import { re2 } from "../pattern.ts";
import { foreign } from "./foreign.ts";
import { contexts, documents } from "./launchdarkly/arbitrary.ts";
import { variantName } from "./launchdarkly/outcome.ts";
import { importLaunchDarkly } from "./launchdarkly.ts";
import { excluded, jsonPath } from "./report.ts";

const EVALUATIONS = process.env["BEQ_DEEP"] === "1" ? 100_000 : 2_000;
const PEOPLE = 8;

describe("an imported LaunchDarkly document", () => {
  const launchdarkly = createLaunchDarkly();
  beforeAll(launchdarkly.ready);
  afterAll(launchdarkly.close);

  it(`answers as LaunchDarkly's own SDK does (seed 1, ${EVALUATIONS} evaluations)`, { timeout: 600_000 }, async () => {
    const seen = { agreed: 0, split: 0, rules: 0, left: 0 };
    await fc.assert(
      fc.asyncProperty(documents, fc.array(contexts, { minLength: PEOPLE, maxLength: PEOPLE }), (document, people) =>
        judge(document, people, launchdarkly, seen),
      ),
      { seed: 1, numRuns: Math.ceil(EVALUATIONS / PEOPLE / 1.5) },
    );
    expect(seen.agreed).toBeGreaterThanOrEqual(EVALUATIONS);
    expect(seen.split).toBeGreaterThan(EVALUATIONS / 20);
    expect(seen.rules).toBeGreaterThan(EVALUATIONS / 20);
  });

  it("counts a seed of 0, as LaunchDarkly specifies and its Node SDK does not", async () => {
    const shares = [0, 1].map((variation) => ({ variation, weight: 50_000 }));
    const flag = { key: "f", version: 1, on: true, salt: "s", variations: [true, false], rules: [] };
    const document = (seed: number) => ({
      flags: { f: { ...flag, fallthrough: { rollout: { variations: shares, seed } } } },
    });
    const { flagSet, report } = importLaunchDarkly(document(0));
    const ours = (key: string) => compile(flagSet, { foreign }).value("f", { targetingKey: key });
    await launchdarkly.use({ ...document(0), segments: {} });
    const theirs = async (key: string) => (await launchdarkly.answer("f", { user: { key } })).value;
    const keys = Array.from({ length: 30 }, (_, index) => `user-${index}`);

    expect(flagSet.flags["f"]?.otherwise).toMatchObject({ split: { salt: "0" } });
    expect(keys.map(ours)).not.toEqual(await Promise.all(keys.map(theirs)));
    expect(report.findings.map(({ level }) => level)).toEqual(["differs"]);
    expect(importLaunchDarkly(document(1)).report.findings).toEqual([]);
  });

  it("says what it could not carry over, and where", () => {
    const clause = { attribute: "name", op: "matches", values: ["(?=a)"] };
    const flag = { key: "f", on: true, variations: [true, false], fallthrough: { variation: 0 }, trackEvents: true };
    const { flagSet, report } = importLaunchDarkly({
      flags: {
        f: { ...flag, prerequisites: [{ key: "gone", variation: 0 }], colour: "red" },
        look: { ...flag, key: "look", rules: [{ clauses: [clause], variation: 1 }] },
        wrong: { ...flag, key: "wrong", offVariation: 9 },
        big: { ...flag, key: "big", rules: [{ clauses: [{ op: "segmentMatch", values: ["many"] }], variation: 1 }] },
      },
      segments: { many: { key: "many", unbounded: true } },
    });

    expect(Object.keys(flagSet.flags)).toEqual(["f"]);
    expect(report.findings.map(({ level, name, path }) => `${level} ${name} ${jsonPath(path)}`)).toEqual([
      "refused many $.segments.many",
      "note f $.flags.f.colour",
      "note f $.flags.f",
      "note f $.flags.f.prerequisites[0]",
      "note look $.flags.look",
      "refused look $.flags.look.rules[0].clauses[0].values[0]",
      "refused wrong $.flags.wrong.offVariation",
      "note big $.flags.big",
      "refused big $.flags.big",
    ]);
  });
});

type Document = typeof documents extends fc.Arbitrary<infer T> ? T : never;
type Person = typeof contexts extends fc.Arbitrary<infer T> ? T : never;
type Oracle = ReturnType<typeof createLaunchDarkly>;
interface Given {
  readonly flags: Record<string, object>;
  readonly segments: Record<string, object>;
}
type Tally = Record<"agreed" | "split" | "rules" | "left", number>;

async function judge(document: Document, people: readonly Person[], launchdarkly: Oracle, seen: Tally) {
  const plain = JSON.parse(JSON.stringify(document)) as Document;
  const { flagSet, report } = importLaunchDarkly(plain);
  const left = excluded(report);
  const ours = compile(flagSet, { patterns: re2, foreign });
  await launchdarkly.use(plain);

  for (const [key, flag] of Object.entries(plain.flags)) {
    if (left.has(key)) {
      seen.left++;
      continue;
    }
    for (const person of people) {
      const theirs = await launchdarkly.answer(key, person);
      const own = ours.resolve(key, ownContext(person));
      const index = theirs.variationIndex;
      const isServed = index !== undefined && index !== null;
      const expected = isServed
        ? { value: theirs.value as Json, variant: variantName(flag.variations as Json[], index) }
        : { value: undefined, variant: undefined };
      expect({ value: own.value, variant: own.variant }, `${key} for ${JSON.stringify(person)}`).toEqual(expected);
      seen.agreed++;
      if (own.reason === "SPLIT") seen.split++;
      if (theirs.reason.kind === "RULE_MATCH") seen.rules++;
    }
  }
}

function ownContext(person: Person): EvaluationContext {
  const { user, ...others } = person as { user?: Record<string, unknown> };
  const { key, ...attributes } = user ?? {};
  return { ...attributes, ...others, ...(key === undefined ? {} : { targetingKey: key as string }) };
}

function theirContext(person: object): LDContext {
  const [[kind, only] = ["user", {}], second] = Object.entries(person);
  return (second ? { kind: "multi", ...person } : { kind, ...only }) as LDContext;
}

/** LaunchDarkly's SDK with documents of our own, without a connection. */
function createLaunchDarkly() {
  const data = new TestData();
  const nothing = () => undefined;
  const logger = { error: nothing, warn: nothing, info: nothing, debug: nothing };
  const sdk = init("sdk-key", {
    updateProcessor: data.getFactory(),
    sendEvents: false,
    diagnosticOptOut: true,
    logger,
  });
  let version = 1;
  return {
    ready: () => sdk.waitForInitialization({ timeout: 10 }),
    close: () => sdk.close(),
    use: async ({ flags, segments }: Given) => {
      version++;
      for (const segment of Object.values(segments)) await data.usePreconfiguredSegment({ ...segment, version });
      for (const flag of Object.values(flags)) await data.usePreconfiguredFlag({ ...flag, version });
    },
    answer: (key: string, person: Record<string, { readonly key: string }>) =>
      sdk.variationDetail(key, theirContext(person), "the default"),
  };
}
