import { type FeatureKey, features } from "@beq/flags";
import { z } from "zod";

/** In the order of every answer. */
export const featureKeys = Object.keys(features) as FeatureKey[];

const Shown = z.object({
  enabled: z.boolean(),
  user_specific: z.boolean().meta({ description: "On, and the answer depends on who asks" }),
  description: z.string(),
});

/** All features as they are for one user, or for nobody in particular. */
export const FeatureStatuses = z.object({
  features: z.record(z.enum(featureKeys), Shown),
  user_id: z.string().nullable(),
});
export type FeatureStatuses = z.infer<typeof FeatureStatuses>;

/** What a stream tells of all features; with `ack`, its reader is asked to say when it came (`flags.acknowledge`). */
export type FeatureNews = FeatureStatuses & { ack?: string };

export const FeatureStatus = z.object({
  feature: z.string(),
  enabled: z.boolean(),
  user_specific: z.boolean(),
  rollout_percentage: z.number().nullable().meta({ description: "The first split's share of true, 0..100" }),
});

export function isFeature(name: string): name is FeatureKey {
  return Object.hasOwn(features, name);
}
