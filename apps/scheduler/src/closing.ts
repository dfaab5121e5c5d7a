import { better, hasPieces, type Known, type Problem, pursue, recall } from "./optimize/index.ts";
import type { Prove } from "./proof.ts";
import { type Prover, searchShare } from "./prove/prove.ts";

/** Steps of the first search for a better plan; each one after it, from another seed, has twice as many. */
const firstSteps = 16_000;

/** Searches on for a while, then proves what is left to prove. A proof about tasks as one plan cuts them says nothing of other cuts: there it searches all the time. */
export function createProve(prover: Prover, clock: () => number): Prove {
  return async (problem, known, { seed, milliseconds, outOfTime, onStep, onBound, onPlan }) => {
    const started = clock();
    const share = hasPieces(problem) ? 1 : searchShare(problem.items.length);
    const until = started + milliseconds * share;
    let best = known;
    const raise = (lowerBound: number): void => {
      best = better(best, { ...best, lowerBound });
      onBound(lowerBound);
    };
    for (let round = 0; best.proof !== "optimal" && clock() < until && !outOfTime(); round += 1) {
      const found = pursue(problem, {
        seed: seed + 1_000 + round,
        iterations: firstSteps * 2 ** round,
        outOfTime: () => outOfTime() || clock() > until,
        onStep: (_fraction, cost, plan) => onStep(cost, plan),
        onBound: raise,
      });
      best = { ...better(best, found), cut: known.cut };
    }
    if (best.proof === "optimal" || hasPieces(problem)) return best;

    let met = best.cost;
    onStep(met, () => recall(problem, best));
    const proven = await prover(problem, best.choices, {
      milliseconds: Math.max(0, milliseconds - (clock() - started)),
      outOfTime,
      // What is found of the plans that cost less than the best bounds all up to that.
      onBound: (found) => {
        if (Number.isFinite(found)) raise(Math.min(found, met));
      },
      onCost: (found, choices) => {
        met = Math.min(met, found);
        onStep(found, () => recall(problem, { ...best, choices: choices() }));
      },
      onPlan: (choices) => {
        const plan = better(best, knownOf(problem, best, choices));
        if (isBetter(plan, known)) onPlan(plan);
      },
    });
    if (Number.isFinite(proven.lowerBound)) best = better(best, { ...best, lowerBound: proven.lowerBound });
    return proven.choices ? better(best, knownOf(problem, best, proven.choices)) : best;
  };
}

function isBetter(one: Known, other: Known): boolean {
  return one.cost < other.cost || (one.lowerBound ?? -Infinity) > (other.lowerBound ?? -Infinity);
}

/** A plan that the prover met, as what is known; it counts by what it really costs. */
function knownOf(problem: Problem, { patterns }: Known, choices: Int32Array): Known {
  const cost = recall(problem, { choices, patterns }).cost();
  return { choices, patterns, cost, lowerBound: null, proof: "none", cut: null };
}
