import { z } from "zod";

const Range = z.tuple([z.number(), z.number()]);
const Meta = z.strictObject({
  key: z.string().optional(),
  name: z.string().optional(),
  passthrough: z.boolean().optional(),
});
const Filter = z.strictObject({
  seed: z.string(),
  ranges: z.array(Range),
  hashVersion: z.number().optional(),
  attribute: z.string().optional(),
});

const Rule = z.strictObject({
  id: z.string().optional(),
  condition: z.json().optional(),
  parentConditions: z
    .array(z.strictObject({ id: z.string(), condition: z.json(), gate: z.boolean().optional() }))
    .optional(),
  force: z.json().optional(),
  variations: z.array(z.json()).optional(),
  weights: z.array(z.number()).optional(),
  key: z.string().optional(),
  hashAttribute: z.string().optional(),
  hashVersion: z.number().optional(),
  range: Range.optional(),
  coverage: z.number().optional(),
  namespace: z.tuple([z.string(), z.number(), z.number()]).optional(),
  ranges: z.array(Range).optional(),
  meta: z.array(Meta).optional(),
  filters: z.array(Filter).optional(),
  seed: z.string().optional(),
  name: z.string().optional(),
  contextualBanditRef: z.string().optional(),
  contextualVariations: z.array(z.json()).optional(),
  // Known and without effect on what is answered here; each is reported.
  phase: z.unknown().optional(),
  tracks: z.unknown().optional(),
  fallbackAttribute: z.unknown().optional(),
  disableStickyBucketing: z.unknown().optional(),
  bucketVersion: z.unknown().optional(),
  minBucketVersion: z.unknown().optional(),
});
export type Rule = z.infer<typeof Rule>;
export type Range = z.infer<typeof Range>;

/** One feature of the payload that GrowthBook's SDKs load. */
export const Feature = z.strictObject({ defaultValue: z.json().optional(), rules: z.array(Rule).optional() });
export type Feature = z.infer<typeof Feature>;

/** The payload; its features are read one by one. */
export const Document = z.strictObject({
  features: z.record(z.string(), z.unknown()),
  savedGroups: z.record(z.string(), z.json()).default({}),
});
