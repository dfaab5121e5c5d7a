import { better, hasPieces, type Known, type Problem, pursue, recall } from "./optimize/index.ts";
import type { Prove } from "./proof.ts";
import { type Prover, searchShare } from "./prove/prove.ts";

/** Steps of the first search for a better plan; each one after it, from another seed, has twice as many. */
const firstSteps = 16_000;

/** Searches on for a while, then proves what is left to prove. A proof about tasks as one plan cuts them says nothing of other cuts: there it searches all the time. */
export function createProve(prover: Prover, clock: () => number): Prove {
  return async (problem, known, { seed, milliseconds, outOfTime, onBound, onPlan }) => {
    const started = clock();
    const share = hasPieces(problem) ? 1 : searchShare(problem.items.length);
    const until = started + milliseconds * share;
    let best = known;
    for (let round = 0; best.proof !== "optimal" && clock() < until && !outOfTime(); round += 1) {
      const found = pursue(problem, {
        seed: seed + 1_000 + round,
        iterations: firstSteps * 2 ** round,
        outOfTime: () => outOfTime() || clock() > until,
        onStep: (_fraction, cost) => onBound(Math.min(cost, best.cost), best.lowerBound),
      });
      best = { ...better(best, found), cut: known.cut };
    }
    if (best.proof === "optimal" || hasPieces(problem)) return best;

    let bound = best.lowerBound ?? -Infinity;
    onBound(best.cost, best.lowerBound);
    let { cost } = best;
    const proven = await prover(problem, best.choices, {
      milliseconds: Math.max(0, milliseconds - (clock() - started)),
      outOfTime,
      onBound: (found) => {
        bound = Math.max(bound, Math.min(found, cost));
        if (Number.isFinite(bound)) onBound(cost, bound);
      },
      onCost: (found) => {
        cost = Math.min(cost, found);
        onBound(cost, Number.isFinite(bound) ? bound : null);
      },
      onPlan: (choices) => {
        const plan = better(best, knownOf(problem, best, choices));
        if (plan.cost < known.cost) onPlan(plan);
      },
    });
    const bounded = better(best, {
      ...best,
      lowerBound: Number.isFinite(proven.lowerBound) ? proven.lowerBound : null,
    });
    return proven.choices ? better(bounded, knownOf(problem, best, proven.choices)) : bounded;
  };
}

/** A plan that the prover met, as what is known; it counts by what it really costs. */
function knownOf(problem: Problem, { patterns }: Known, choices: Int32Array): Known {
  const cost = recall(problem, { choices, patterns }).cost();
  return { choices, patterns, cost, lowerBound: null, proof: "none", cut: null };
}
