import type { Progress } from "../contract/index.ts";

/** A report of work that has no plan yet. */
export function begun(phase: "queued" | "reading", total: number): Progress {
  return {
    type: "progress",
    phase,
    fraction: 0,
    placed: 0,
    total,
    cost: null,
    lower_bound: null,
    optimality_gap: null,
    confidence_score: null,
  };
}

/** (cost - bound) / cost, the way solvers of integer programs state it; null without a bound. */
export function gapOf(cost: number, lowerBound: number | null): number | null {
  if (lowerBound === null) return null;
  return cost <= lowerBound ? 0 : Math.min(1, (cost - lowerBound) / cost);
}
