import { z } from "zod";

/** The document of Unleash's client API (`GET /api/client/features`), as far as its SDKs evaluate it. */
export const Frame = z.strictObject({
  version: z.number().optional(),
  features: z.array(z.unknown()),
  segments: z.array(z.unknown()).nullish(),
});

const Constraint = z.strictObject({
  contextName: z.string(),
  operator: z.string(),
  inverted: z.boolean().nullish(),
  caseInsensitive: z.boolean().nullish(),
  values: z.array(z.string()).nullish(),
  value: z.union([z.string(), z.number()]).nullish(),
});
export type Constraint = z.infer<typeof Constraint>;

export const Segment = z.strictObject({
  id: z.number(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  constraints: z.array(Constraint).nullish(),
});
export type Segment = z.infer<typeof Segment>;

const Variant = z.strictObject({
  name: z.string(),
  weight: z.int().min(0),
  weightType: z.string().nullish(),
  stickiness: z.string().nullish(),
  payload: z.strictObject({ type: z.string(), value: z.string() }).nullish(),
  overrides: z.array(z.strictObject({ contextName: z.string(), values: z.array(z.string()) })).nullish(),
});
export type Variant = z.infer<typeof Variant>;

const Parameter = z.union([z.string(), z.number(), z.boolean()]).nullish();

const Strategy = z.strictObject({
  id: z.string().nullish(),
  name: z.string(),
  title: z.string().nullish(),
  parameters: z.record(z.string(), Parameter).nullish(),
  constraints: z.array(Constraint).nullish(),
  segments: z.array(z.number()).nullish(),
  variants: z.array(Variant).nullish(),
});
export type Strategy = z.infer<typeof Strategy>;

const Dependency = z.strictObject({
  feature: z.string(),
  enabled: z.boolean().nullish(),
  variants: z.array(z.string()).nullish(),
});
export type Dependency = z.infer<typeof Dependency>;

export const Feature = z.strictObject({
  name: z.string().min(1),
  type: z.string().nullish(),
  project: z.string().nullish(),
  description: z.string().nullish(),
  enabled: z.boolean(),
  stale: z.boolean().nullish(),
  impressionData: z.boolean().nullish(),
  strategies: z.array(Strategy).nullish(),
  variants: z.array(Variant).nullish(),
  dependencies: z.array(Dependency).nullish(),
});
export type Feature = z.infer<typeof Feature>;
