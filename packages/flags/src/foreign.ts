import type { Dialect, EvaluationContext, ForeignAlgorithm, Plain } from "./model.ts";
import type { PatternEngine } from "./operator.ts";

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
  test(comparison: Plain, patterns: PatternEngine): (value: unknown) => boolean;
}

/** The other systems' ways that an engine is given, so that one which needs none does not carry them. */
export interface Foreign {
  readonly buckets: readonly Bucket[];
  readonly dialects: readonly DialectRules[];
}

/** What an engine is given beside what it knows itself: patterns, and other systems' ways. */
export interface Engines {
  readonly patterns: PatternEngine;
  readonly foreign?: Foreign | undefined;
}

/** Prepares the place of ids by a named algorithm; throws an Error where the engine was not given it. */
export function placing(algorithm: ForeignAlgorithm, salt: string, of: number, foreign: Foreign | undefined): Place {
  const found = foreign?.buckets.find(({ name }) => name === algorithm);
  if (!found) throw new Error(`the bucketing '${algorithm}' needs an engine that has it, and none was given`);
  return found.bucket(salt, of);
}

/** Compiles a comparison of another system's; throws an Error where the engine was not given it. */
export function dialectTest(comparison: Plain, dialect: Dialect, engines: Engines): (value: unknown) => boolean {
  const found = engines.foreign?.dialects.find(({ name }) => name === dialect);
  if (!found) throw new Error(`the dialect '${dialect}' needs an engine that has it, and none was given`);
  return found.test(comparison, engines.patterns);
}
