import { murmur3, salted } from "../../bucket.ts";
import type { Bucket } from "../../foreign.ts";
import type { EvaluationContext, ForeignAlgorithm } from "../../model.ts";

type IdOf = (id: unknown, context: EvaluationContext) => string;
type UnleashAlgorithm = Extract<ForeignAlgorithm, `unleash-${string}`>;

/**
 * Unleash: murmur3_x86_32(utf8(`group:id`), seed) mod `of`; the salt is the group. Rollouts have seed 0 and `of` 100,
 * variants seed 86028157 and the sum of their weights (https://docs.getunleash.io/reference/stickiness).
 *
 * Unleash's Node SDK hashes the low byte of each UTF-16 unit instead of UTF-8, unlike Unleash's other SDKs: for ids that
 * are not ASCII it disagrees with them, and with this.
 */
function unleash(name: UnleashAlgorithm, seed: number, idOf: IdOf): Bucket {
  return {
    name,
    bucket: (group, of) => {
      const salt = salted(`${group}:`, seed);
      return (id, context) => {
        const text = idOf(id, context);
        return text === "" ? NaN : (murmur3(salt, text) >>> 0) % of;
      };
    },
  };
}

const VARIANT_SEED = 86028157;

/** The attribute's value as text; an absent one is no id. */
function own(id: unknown): string {
  return id === undefined || id === null ? "" : String(id);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Stickiness `default` of a rollout: the user's id, or else the session's. */
const userOrSession: IdOf = (id, context) => own(id || context["sessionId"]);

/** Stickiness `default` of variants: the first of the three that is a text. */
const userSessionOrAddress: IdOf = (id, context) =>
  textOf(id) || textOf(context["sessionId"]) || textOf(context["remoteAddress"]);

export const unleashBuckets: readonly Bucket[] = [
  unleash("unleash-rollout", 0, own),
  unleash("unleash-rollout-default", 0, userOrSession),
  unleash("unleash-variant", VARIANT_SEED, own),
  unleash("unleash-variant-default", VARIANT_SEED, userSessionOrAddress),
];
