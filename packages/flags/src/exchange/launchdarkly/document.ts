import { z } from "zod";

/** The document that LaunchDarkly's server SDKs are given (`GET /sdk/latest-all`), as far as they evaluate it. */
export const Frame = z.strictObject({
  flags: z.record(z.string(), z.unknown()),
  segments: z.record(z.string(), z.unknown()).nullish(),
});

const Clause = z.strictObject({
  attribute: z.string().nullish(),
  op: z.string(),
  values: z.array(z.json()),
  negate: z.boolean().nullish(),
  contextKind: z.string().nullish(),
});
export type Clause = z.infer<typeof Clause>;

const Index = z.int();
const Share = z.strictObject({ variation: Index, weight: z.int().min(0), untracked: z.boolean().nullish() });

const Rollout = z.strictObject({
  kind: z.string().nullish(),
  contextKind: z.string().nullish(),
  bucketBy: z.string().nullish(),
  seed: z.int().nullish(),
  variations: z.array(Share).nullish(),
});
export type Rollout = z.infer<typeof Rollout>;

const Outcome = { variation: Index.nullish(), rollout: Rollout.nullish() };
export type Outcome = { readonly variation?: number | null | undefined; readonly rollout?: Rollout | null | undefined };

const Rule = z.strictObject({
  id: z.string().nullish(),
  ref: z.string().nullish(),
  clauses: z.array(Clause).nullish(),
  trackEvents: z.boolean().nullish(),
  ...Outcome,
});
export type Rule = z.infer<typeof Rule>;

const Target = z.strictObject({ contextKind: z.string().nullish(), values: z.array(z.string()), variation: Index });
export type Target = z.infer<typeof Target>;

/** Members about events and clients, which no answer depends on. */
const aside = {
  clientSide: z.boolean().nullish(),
  clientSideAvailability: z.unknown().optional(),
  debugEventsUntilDate: z.number().nullish(),
  excludeFromSummaries: z.boolean().nullish(),
  migration: z.unknown().optional(),
  samplingRatio: z.number().nullish(),
  trackEvents: z.boolean().nullish(),
  trackEventsFallthrough: z.boolean().nullish(),
};
export const ASIDE = Object.keys(aside) as readonly (keyof typeof aside)[];

export const Feature = z.strictObject({
  key: z.string().min(1),
  version: z.int().min(0).nullish(),
  deleted: z.boolean().nullish(),
  on: z.boolean().nullish(),
  salt: z.string().nullish(),
  sel: z.string().nullish(),
  variations: z.array(z.json()),
  offVariation: Index.nullish(),
  prerequisites: z.array(z.strictObject({ key: z.string(), variation: Index })).nullish(),
  targets: z.array(Target).nullish(),
  contextTargets: z.array(Target).nullish(),
  rules: z.array(Rule).nullish(),
  fallthrough: z.strictObject(Outcome).nullish(),
  ...aside,
});
export type Feature = z.infer<typeof Feature>;

const SegmentTarget = z.strictObject({ contextKind: z.string().nullish(), values: z.array(z.string()) });
export type SegmentTarget = z.infer<typeof SegmentTarget>;

const SegmentRule = z.strictObject({
  id: z.string().nullish(),
  clauses: z.array(Clause).nullish(),
  weight: z.int().min(0).nullish(),
  bucketBy: z.string().nullish(),
  rolloutContextKind: z.string().nullish(),
});
export type SegmentRule = z.infer<typeof SegmentRule>;

export const Segment = z.strictObject({
  key: z.string().min(1),
  version: z.number().nullish(),
  deleted: z.boolean().nullish(),
  salt: z.string().nullish(),
  included: z.array(z.string()).nullish(),
  excluded: z.array(z.string()).nullish(),
  includedContexts: z.array(SegmentTarget).nullish(),
  excludedContexts: z.array(SegmentTarget).nullish(),
  rules: z.array(SegmentRule).nullish(),
  unbounded: z.boolean().nullish(),
  unboundedContextKind: z.string().nullish(),
  generation: z.number().nullish(),
});
export type Segment = z.infer<typeof Segment>;
