import { EventEmitter } from "node:events";
import * as fc from "fast-check";
import { Unleash, type Context } from "unleash-client";
import { afterAll, describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import type { EvaluationContext, Resolution } from "../model.ts";
import { re2 } from "../pattern.ts";
import { foreign } from "./foreign.ts";
import { jsonPath, type Finding, type Report } from "./report.ts";
import { contexts, documents } from "./unleash/arbitrary.ts";
import { importUnleash } from "./unleash.ts";
import { NO_CLOCK } from "./unleash/constraint.ts";
import { NOBODY } from "./unleash/strategy.ts";
import { NO_ID, NO_VARIANT } from "./unleash/variants.ts";

const EVALUATIONS = process.env["BEQ_DEEP"] === "1" ? 100_000 : 2_000;
const PEOPLE = 8;

describe("an imported Unleash document", () => {
  const unleash = createUnleash();
  afterAll(unleash.destroy);

  it(`answers as Unleash's own SDK does (seed 1, ${EVALUATIONS} evaluations)`, { timeout: 600_000 }, () => {
    const seen = { agreed: 0, on: 0, variants: 0, left: 0 };
    fc.assert(
      fc.property(documents, fc.array(contexts, { minLength: PEOPLE, maxLength: PEOPLE }), (document, people) => {
        judge(document, people, unleash, seen);
      }),
      { seed: 1, numRuns: Math.ceil(EVALUATIONS / PEOPLE / 1.5) },
    );
    expect(seen.agreed).toBeGreaterThanOrEqual(EVALUATIONS);
    expect(seen.on).toBeGreaterThan(EVALUATIONS / 5);
    expect(seen.variants).toBeGreaterThan(EVALUATIONS / 20);
  });

  it("places ids by their UTF-8 bytes, where the Node SDK takes the low byte of each UTF-16 unit", () => {
    const strategies = [{ name: "flexibleRollout", parameters: { rollout: "50", stickiness: "userId", groupId: "g" } }];
    const document = { features: [{ name: "f", enabled: true, strategies }] };
    const ours = compile(importUnleash(document).flagSet, { foreign });
    const ids = Array.from({ length: 200 }, (_, index) => `ü${index}`);
    const isOn = (targetingKey: string) => ours.value("f", { targetingKey }) === true;
    unleash.use(document);

    expect(ids.filter(isOn)).toEqual(ids.filter((userId) => unleash.sdk.isEnabled("f", { userId: encoded(userId) })));
    expect(ids.filter(isOn)).not.toEqual(ids.filter((userId) => unleash.sdk.isEnabled("f", { userId })));
  });

  it("says what it could not carry over, and where", () => {
    const strategies = [
      { name: "default", constraints: [{ contextName: "plan", operator: "NUM_GT", value: "many" }], sortOrder: 1 },
      { name: "applicationHostname", parameters: { hostNames: "a" } },
      { name: "flexibleRollout", parameters: { rollout: "10", stickiness: "random" }, segments: [7] },
    ];
    const document = {
      features: [
        { name: "f", enabled: true, strategies },
        { name: "broken", enabled: "yes" },
      ],
      links: [],
    };
    const { flagSet, report } = importUnleash(document);

    expect(Object.keys(flagSet.flags)).toEqual(["f"]);
    expect(report.findings.map(({ level, name, path }) => `${level} ${name} ${jsonPath(path)}`)).toEqual([
      "note  $.links",
      "note f $.features[0].strategies[0].sortOrder",
      "refused broken $.features[1].enabled",
      "note f $.features[0].strategies[0].constraints[0]",
      "differs f $.features[0].strategies[1]",
      "note f $.features[0].strategies[2].segments[0]",
      "differs f $.features[0].strategies[2]",
    ]);
  });

  it("requires of another feature what Unleash does, also that it is off", () => {
    const { flagSet } = importUnleash({
      features: [
        { name: "beside", enabled: true, strategies: [], dependencies: [{ feature: "parent", enabled: false }] },
        { name: "below", enabled: true, strategies: [], dependencies: [{ feature: "parent" }] },
        { name: "parent", enabled: false, strategies: [] },
      ],
    });
    const switched = { ...flagSet, flags: { ...flagSet.flags, parent: { ...flagSet.flags["parent"], enabled: true } } };
    const answers = (set: unknown) => {
      const ours = compile(set as typeof flagSet);
      return [ours.value("beside", {}), ours.value("below", {})];
    };
    expect(answers(flagSet)).toEqual([true, false]);
    expect(answers(switched)).toEqual([false, true]);
  });
});

type Document = typeof documents extends fc.Arbitrary<infer T> ? T : never;
type Person = typeof contexts extends fc.Arbitrary<infer T> ? T : never;
interface Given {
  readonly features: readonly { readonly name: string }[];
  readonly segments?: readonly { readonly id: number }[];
}
type Oracle = ReturnType<typeof createUnleash>;

function judge(
  document: Document,
  people: readonly Person[],
  unleash: Oracle,
  seen: Record<"agreed" | "on" | "variants" | "left", number>,
) {
  const { flagSet, report } = importUnleash(document);
  const ours = compile(flagSet, { patterns: re2, foreign });
  unleash.use(document);

  for (const { name, dependencies } of document.features) {
    for (const person of people) {
      const needed = ((dependencies ?? []) as readonly { feature: string }[]).map(({ feature }) => feature);
      const isDrawn = needed.some((parent) => isLot(ours.resolve(parent, ownContext(person))));
      if (isDrawn || [name, ...needed].some((one) => isExcluded(one, person, report))) {
        seen.left++;
        continue;
      }
      const theirs = unleash.answer(name, person);
      const own = ours.resolve(name, ownContext(person));
      expect(!isLot(own) || mayDraw(name, person, report), `${name} for ${JSON.stringify(person)}`).toBe(true);
      expect(answerOf(own, theirs), `${name} for ${JSON.stringify(person)}`).toEqual(theirs);
      seen.agreed++;
      if (theirs.enabled) seen.on++;
      if (theirs.variant.name !== "disabled") seen.variants++;
    }
  }
}

/** Ours in Unleash's words. On without a variant, where Unleash draws lots, its variant is taken as given. */
function answerOf(own: Resolution, theirs: Answer): Answer {
  if (own.reason === "ERROR") throw new Error(own.reason);
  const { value } = own;
  if (typeof value === "boolean") return { enabled: value, variant: none(value) };
  const variant = encoded(value) as unknown as Variant;
  return { enabled: variant.feature_enabled, variant: isLot(own) ? theirs.variant : variant };
}

const isLot = (own: Resolution) => own.reason !== "ERROR" && own.rule?.endsWith("no variant") === true;

/** Whether the report says that variants are drawn for whoever lacks what this person lacks. */
function mayDraw(name: string, { properties, ...person }: Person, { findings }: Report): boolean {
  const held: Record<string, unknown> = { ...properties, ...person };
  const isText = (field: string) => typeof held[field] === "string" && held[field] !== "";
  return findings.some(({ name: flag, message }) => {
    if (flag !== name) return false;
    if (message === NO_ID) return !["userId", "sessionId", "remoteAddress"].some(isText);
    const [, field] = /^without '(.*)', /.exec(message) ?? [];
    return field !== undefined && String(held[field] ?? "") === "";
  });
}

const none = (isOn: boolean): Variant => ({ name: "disabled", enabled: false, feature_enabled: isOn });

interface Variant {
  readonly name: string;
  readonly enabled: boolean;
  readonly feature_enabled: boolean;
  readonly payload?: unknown;
}
interface Answer {
  readonly enabled: boolean;
  readonly variant: Variant;
}

/** Flags that the report does not promise, and those that it promises only to whoever has an id. */
function isExcluded(name: string, { userId, sessionId }: Person, { findings }: Report): boolean {
  const isAnonymous = !userId && !sessionId;
  const isPromised = ({ level, message }: Finding) =>
    level === "note" ||
    message === NO_CLOCK ||
    message.startsWith("rests on") ||
    message.endsWith(NO_VARIANT) ||
    (!isAnonymous && message === NOBODY);
  return findings.some((finding) => (finding.name === name || isSegment(finding)) && !isPromised(finding));
}

const isSegment = ({ path }: Finding) => path[0] === "segments";

function ownContext({ userId, properties, ...rest }: Person): EvaluationContext {
  return { ...properties, ...rest, ...(userId === undefined ? {} : { targetingKey: userId }) };
}

/**
 * Unleash's SDK over UTF-8: it hashes the low byte of each UTF-16 unit where Unleash's other SDKs hash UTF-8 bytes, so it
 * is given texts whose every unit is a byte. Nothing else that it does with these texts depends on the encoding.
 */
function createUnleash() {
  const features = new Map<string, unknown>();
  const segments = new Map<number, unknown>();
  const repository = Object.assign(new EventEmitter(), {
    getToggle: (name: string) => features.get(name) as never,
    getToggles: () => [],
    getTogglesWithSegmentData: () => [],
    getSegment: (id: number) => segments.get(id) as never,
    start: async () => {},
    stop: () => {},
  });
  const sdk = new Unleash({
    appName: "test",
    url: "http://localhost/",
    repository,
    disableMetrics: true,
    disableAutoStart: true,
  });
  repository.emit("ready");
  return {
    sdk,
    destroy: () => sdk.destroy(),
    use: (document: Given) => {
      features.clear();
      segments.clear();
      for (const feature of encoded(document.features)) features.set(feature.name, feature);
      for (const segment of encoded(document.segments ?? [])) segments.set(segment.id, segment);
    },
    answer: (name: string, person: Person): Answer => {
      const context = encoded(person) as Context;
      const variant = { ...sdk.getVariant(encoded(name), context), featureEnabled: undefined };
      return { enabled: sdk.isEnabled(encoded(name), context), variant: plain(variant) as Variant };
    },
  };
}

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A value with every text as its UTF-8 bytes, a character each. */
function encoded<T>(value: T): T {
  if (typeof value === "string") return Buffer.from(value, "utf8").toString("latin1") as T;
  if (Array.isArray(value)) return value.map(encoded) as T;
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [encoded(name), encoded(part)])) as T;
}
