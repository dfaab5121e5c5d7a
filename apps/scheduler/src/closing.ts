import { better, pursue } from "./optimize/index.ts";
import type { Prove } from "./proof.ts";

// Time ends the search, not its steps.
const endless = 1e9;

/** Proves by searching on: branch and bound raises the bound, and finds what the plan so far missed. */
export const searchOn: Prove = async (problem, known, { seed, outOfTime, onBound }) => {
  const found = pursue(problem, {
    seed,
    iterations: endless,
    outOfTime,
    onStep: (_fraction, cost) => onBound(Math.min(cost, known.cost), known.lowerBound),
  });
  return { ...better(known, found), cut: known.cut };
};
