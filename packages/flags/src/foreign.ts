import type { Comparison, EvaluationContext } from "./model.ts";

/**
 * How other systems place ids, as `algorithm` of a split or an `in_share` comparison. The core knows `flagd-v2` only;
 * these come as `CompileOptions.foreign`. Formulas: `exchange/buckets.ts`.
 */
export type ForeignAlgorithm =
  | "growthbook-v1"
  | "growthbook-v2"
  | "unleash-rollout"
  | "unleash-variant"
  | "launchdarkly"
  | "flagsmith";

/** Whose rules a comparison follows where they are not ours, such as what a text compared with a number means. */
export type Dialect = "json-logic" | "growthbook" | "unleash" | "launchdarkly" | "flagsmith";

/**
 * Where an id falls: 0 ≤ place < `of`, compared with cumulative weights (a split) or with ranges (a share).
 * NaN: it has no place, so that a split answers `off` and no range holds it. `id` is the attribute's value as it stands
 * in the context; `context` is for algorithms that look elsewhere when it is missing.
 */
export type Place = (id: unknown, context: EvaluationContext) => number;

/** A named way to place ids; what does not depend on the id is prepared once. */
export interface Bucket {
  readonly name: ForeignAlgorithm;
  /** `of`: the sum of a split's weights, or a share's `of`. */
  bucket(salt: string, of: number): Place;
}

/** Compiles a comparison that names the dialect to a test of the attribute's value (undefined: missing). */
export interface DialectRules {
  readonly name: Dialect;
  test(comparison: Comparison): (value: unknown) => boolean;
}

/** The other systems' ways that an engine is given, so that one which needs none does not carry them. */
export interface Foreign {
  readonly buckets: readonly Bucket[];
  readonly dialects: readonly DialectRules[];
}
