import type { Condition, Weight } from "../../model.ts";
import { NEVER } from "../logic.ts";
import type { Range } from "./document.ts";

type Version = "growthbook-v1" | "growthbook-v2";

/** The parts into which a hash version divides everybody; GrowthBook's own number for a part is `part / parts`. */
const PARTS: Readonly<Record<Version, number>> = { "growthbook-v1": 1000, "growthbook-v2": 10_000 };

/** How a rule hashes; undefined for a version that does not exist, whose rules GrowthBook skips. */
export function algorithmOf(version: number): Version | undefined {
  return version === 2 ? "growthbook-v2" : version === 1 ? "growthbook-v1" : undefined;
}

export interface Hashing {
  readonly algorithm: Version;
  readonly attribute: string;
  readonly salt: string;
}

/** Those whose number the test accepts. It is asked about every number there is, so that no rounding is repeated here. */
export function share(hashing: Hashing, accepts: (n: number) => boolean): Condition {
  const of = PARTS[hashing.algorithm];
  const ranges = runs(of, (n) => (accepts(n) ? "in" : undefined)).map(({ from, to }) => [from, to] as const);
  return ranges.length === 0 ? NEVER : { ...hashing, op: "in_share", of, ranges };
}

/** The weights of a choice among variants; a part that is chosen by nobody goes to its neighbour. */
export function weightsOf(algorithm: Version, choose: (n: number) => string | undefined): Weight[] {
  const of = PARTS[algorithm];
  const chosen = runs(of, choose);
  return chosen.map(({ variant, from }, index) => {
    const start = index === 0 ? 0 : from;
    return { variant, weight: (chosen[index + 1]?.from ?? of) - start };
  });
}

interface Run {
  readonly variant: string;
  readonly from: number;
  to: number;
}

/** Neighbouring parts of the same choice as one. */
function runs(of: number, choose: (n: number) => string | undefined): Run[] {
  const found: Run[] = [];
  for (let part = 0; part < of; part++) {
    const variant = choose(part / of);
    const last = found.at(-1);
    if (variant === undefined) continue;
    if (last && last.variant === variant && last.to === part) last.to = part + 1;
    else found.push({ variant, from: part, to: part + 1 });
  }
  return found;
}

export const isInRange = (n: number, [from, to]: Range) => n >= from && n < to;

/** Where each variation begins and ends. Source: `getBucketRanges` of GrowthBook's SDK. */
export function bucketRanges(count: number, coverage = 1, weights?: readonly number[]): Range[] {
  const covered = Math.min(1, Math.max(0, coverage));
  let sum = 0;
  return sound(count, weights).map((weight) => {
    const from = sum;
    sum += weight;
    return [from, from + covered * weight];
  });
}

/** Weights that do not fit the variations, or do not add up, are equal ones. */
function sound(count: number, weights: readonly number[] | undefined): readonly number[] {
  const equal = Array.from({ length: count }, () => 1 / count);
  if (weights?.length !== count) return equal;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total < 0.99 || total > 1.01 ? equal : weights;
}
