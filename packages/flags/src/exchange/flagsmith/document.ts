import { z } from "zod";

/** The document that Flagsmith's SDKs evaluate locally (`GET /api/v1/environment-document/`). */
const Option = z.strictObject({
  id: z.number().nullish(),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
});

const Share = z.strictObject({
  id: z.number().nullish(),
  mv_fs_value_uuid: z.string().nullish(),
  percentage_allocation: z.number().min(0),
  multivariate_feature_option: Option,
});
export type Share = z.infer<typeof Share>;

export const State = z.strictObject({
  feature: z.strictObject({ id: z.number(), name: z.string().min(1), type: z.string().nullish() }),
  enabled: z.boolean(),
  django_id: z.number().nullish(),
  featurestate_uuid: z.string().nullish(),
  feature_state_value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  feature_segment: z.strictObject({ priority: z.number().nullish() }).nullish(),
  multivariate_feature_state_values: z.array(Share).nullish(),
});
export type State = z.infer<typeof State>;

const Condition = z.strictObject({
  operator: z.string(),
  property_: z.string().nullish(),
  value: z.union([z.string(), z.array(z.string())]).nullish(),
});
export type Condition = z.infer<typeof Condition>;

export interface Rule {
  readonly type: string;
  readonly conditions?: readonly Condition[] | null | undefined;
  readonly rules?: readonly Rule[] | null | undefined;
}
const Rule: z.ZodType<Rule> = z.strictObject({
  type: z.string(),
  conditions: z.array(Condition).nullish(),
  rules: z.array(z.lazy(() => Rule)).nullish(),
});

export const Segment = z.strictObject({
  id: z.number(),
  name: z.string(),
  rules: z.array(Rule),
  feature_states: z.array(z.unknown()).nullish(),
});
export type Segment = z.infer<typeof Segment>;

export const Identity = z.strictObject({
  identifier: z.string().min(1),
  identity_uuid: z.string().nullish(),
  created_date: z.string().nullish(),
  environment_api_key: z.string().nullish(),
  django_id: z.number().nullish(),
  identity_features: z.array(z.unknown()).nullish(),
  identity_traits: z.array(z.unknown()).nullish(),
});

export const Frame = z.strictObject({
  api_key: z.string(),
  name: z.string().nullish(),
  feature_states: z.array(z.unknown()),
  identity_overrides: z.array(z.unknown()).nullish(),
  project: z.looseObject({ segments: z.array(z.unknown()).nullish() }),
});
export type Frame = z.infer<typeof Frame>;
