import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { Flagsmith, LocalFileHandler } from "flagsmith-nodejs";
import { afterAll, describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import type { EvaluationContext } from "../model.ts";
import { re2 } from "../pattern.ts";
import { contexts, documents } from "./flagsmith/arbitrary.ts";
import { importFlagsmith } from "./flagsmith.ts";
import { foreign } from "./foreign.ts";
import { excluded, jsonPath } from "./report.ts";

const EVALUATIONS = process.env["BEQ_DEEP"] === "1" ? 100_000 : 2_000;
const PEOPLE = 8;

describe("an imported Flagsmith environment", () => {
  const flagsmith = createFlagsmith();
  afterAll(flagsmith.close);

  it(`answers as Flagsmith's own SDK does (seed 1, ${EVALUATIONS} evaluations)`, { timeout: 600_000 }, async () => {
    const seen = { agreed: 0, split: 0, rules: 0, left: 0 };
    await fc.assert(
      fc.asyncProperty(documents, fc.array(contexts, { minLength: PEOPLE, maxLength: PEOPLE }), (document, people) =>
        judge(document, people, flagsmith, seen),
      ),
      { seed: 1, numRuns: Math.ceil(EVALUATIONS / PEOPLE / 1.5) },
    );
    expect(seen.agreed).toBeGreaterThanOrEqual(EVALUATIONS);
    expect(seen.split).toBeGreaterThan(EVALUATIONS / 10);
    expect(seen.rules).toBeGreaterThan(EVALUATIONS / 10);
  });

  it("finds an identity whose identifier holds a comma, which the Node SDK cuts there", () => {
    const state = (enabled: boolean) => ({ feature: { id: 1, name: "f" }, enabled, django_id: 1 });
    const { flagSet } = importFlagsmith({
      api_key: "key",
      feature_states: [state(false)],
      identity_overrides: [{ identifier: "a,b", identity_features: [state(true)] }],
      project: { segments: [] },
    });
    const ours = compile(flagSet);
    expect(["a,b", "a", "b"].map((targetingKey) => ours.value("f", { targetingKey }))).toEqual([true, false, false]);
  });

  it("says what it could not carry over, and where", () => {
    const state = (name: string) => ({ feature: { id: 1, name }, enabled: true, django_id: 1 });
    const modulo = { type: "ALL", conditions: [{ operator: "MODULO", property_: "age", value: "2|0" }], rules: [] };
    const { flagSet, report } = importFlagsmith({
      api_key: "key",
      updated_at: "2026-03-01",
      feature_states: [state("f"), state("odd"), { feature: { name: "broken" } }],
      identity_overrides: [{ identifier: "a", identity_features: [], identity_traits: [{ trait_key: "age" }] }],
      project: { segments: [{ id: 1, name: "even", rules: [modulo], feature_states: [state("odd")] }] },
    });

    expect(Object.keys(flagSet.flags)).toEqual(["f"]);
    expect(report.findings.map(({ level, name, path }) => `${level} ${name} ${jsonPath(path)}`)).toEqual([
      "note  $.updated_at",
      "refused even $.project.segments[0].rules[0].conditions[0]",
      "differs  $.identity_overrides[0].identity_traits",
      "refused broken $.feature_states[2].feature.id",
      "refused broken $.feature_states[2].enabled",
      "refused odd $.feature_states[1]",
    ]);
  });
});

type Document = typeof documents extends fc.Arbitrary<infer T> ? T : never;
type Person = typeof contexts extends fc.Arbitrary<infer T> ? T : never;
type Oracle = ReturnType<typeof createFlagsmith>;
type Tally = Record<"agreed" | "split" | "rules" | "left", number>;

async function judge(document: Document, people: readonly Person[], flagsmith: Oracle, seen: Tally) {
  const plain = JSON.parse(JSON.stringify(document)) as Document;
  const { flagSet, report } = importFlagsmith(plain);
  const left = excluded(report);
  const ours = compile(flagSet, { patterns: re2, foreign });
  const named = new Set(plain.identity_overrides.map(({ identifier }) => identifier));
  const nobody = await flagsmith.use(plain).getEnvironmentFlags();

  for (const { feature } of plain.feature_states) {
    const { name } = feature;
    if (left.has(name)) {
      seen.left++;
      continue;
    }
    expect(answerOf(ours.resolve(name, {})), `${name} for nobody`).toMatchObject(
      expected(ours.resolve(name, {}), nobody.getFlag(name)),
    );
    for (const person of people) {
      const traits = named.has(person.identifier) ? truthy(person.traits) : person.traits;
      const theirs = await flagsmith.answers({ ...person, traits });
      if (!theirs) throw new Error("no document");
      const own = ours.resolve(name, ownContext({ ...person, traits }));
      expect(answerOf(own), `${name} for ${JSON.stringify(person)}`).toEqual(expected(own, theirs.getFlag(name)));
      seen.agreed++;
      if (own.reason === "SPLIT") seen.split++;
      if (own.reason === "TARGETING_MATCH") seen.rules++;
    }
  }
}

/** For those whom the document names, the Node SDK drops traits that are 0, false or empty. */
function truthy(traits: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(traits).filter(([, value]) => Boolean(value)));
}

function ownContext({ identifier, traits }: Person): EvaluationContext {
  return { ...traits, targetingKey: identifier };
}

interface Answer {
  readonly enabled: unknown;
  readonly value?: unknown;
}

function answerOf({ value }: { readonly value?: unknown }): Answer {
  return typeof value === "boolean" ? { enabled: value } : (value as Answer);
}

function expected({ value: own }: { readonly value?: unknown }, { enabled, value }: Answer): Answer {
  if (typeof own !== "boolean") return { enabled, value };
  expect(value).toBe(null);
  return { enabled };
}

/** Flagsmith's SDK, which evaluates a document that lies in a file. */
function createFlagsmith() {
  const folder = mkdtempSync(join(tmpdir(), "flagsmith-"));
  const file = join(folder, "environment.json");
  const open = () => new Flagsmith({ offlineMode: true, offlineHandler: new LocalFileHandler(file) });
  let named: readonly string[] = [];
  let shared: Flagsmith | undefined;
  return {
    use: (document: Document) => {
      writeFileSync(file, JSON.stringify(document));
      named = document.identity_overrides.map(({ identifier }) => identifier);
      shared = open();
      return shared;
    },
    answers: async ({ identifier, traits }: Person) => {
      // It keeps the traits of those whom the document names, so that they are asked with one of their own.
      const sdk = named.includes(identifier) ? open() : shared;
      return sdk?.getIdentityFlags(identifier, traits as Record<string, string>);
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
