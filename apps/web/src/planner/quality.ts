import type { GenerateAnswer } from "@beq/scheduler/contract";

type Known = Pick<GenerateAnswer, "proof" | "optimality_gap">;

/**
 * How far the plan can be from the best one: `Proven best`, `At most 2.3 % from the best`, or null where nothing is
 * known. The share is rounded up, and is never 0 without a proof.
 */
export function gapWords({ proof, optimality_gap: gap }: Known): string | null {
  if (proof === "optimal") return "Proven best";
  // A bound that says next to nothing is not worth a number.
  if (gap === null || gap > 0.9) return null;
  return gap <= 0 ? "Proven best" : `At most ${share(gap)} from the best`;
}

/** A part of a whole, rounded up to a tenth of a percent: `2.3 %`, `12 %`, `under 0.1 %` */
export function share(part: number): string {
  const tenths = Math.ceil(part * 1_000 - 1e-9);
  if (tenths < 1) return "under 0.1 %";
  return tenths < 100 ? `${tenths / 10} %` : `${Math.ceil(tenths / 10)} %`;
}

const numbers = new Intl.NumberFormat("en-GB");

/** Points of the plan's cost: `12,340` */
export function points(cost: number): string {
  return numbers.format(Math.round(cost));
}

export type Risk = "good" | "tight" | "bad";

/** From here on a deadline counts as safe, and from there as more likely kept than not. */
const safe = 0.8;
const even = 0.5;

export function riskOf(probability: number): Risk {
  if (probability >= safe) return "good";
  return probability >= even ? "tight" : "bad";
}

/** Words for a probability, so that no number and no colour has to be understood. */
export const riskWords: Record<Risk, string> = {
  good: "likely in time",
  tight: "tight",
  bad: "probably late",
};
