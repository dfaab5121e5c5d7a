import { createLikely } from "./confidence/likely.ts";
import type { Demand } from "./problem/demand.ts";
import { prepare } from "./problem/prepare.ts";
import type { Problem } from "./problem/problem.ts";
import { createIncumbent, gapOf, type Incumbent, type Listen } from "./progress.ts";
import { type Known, type Pursuit, pursue, recall } from "./pieces/pursue.ts";
import type { Proof } from "./search/search.ts";
import { tell, type Told } from "./explain/tell.ts";

/** How to search. The same demand, seed and iterations give the same plan unless `outOfTime` cuts it short. */
export type Search = {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly seed: number;
  readonly iterations: number;
  readonly outOfTime: () => boolean;
  readonly onProgress?: Listen;
  /** Finds the plan in the place of one search from `seed`: knows it already, or takes the best of several searches. */
  readonly find?: (problem: Problem, pursuit: Pursuit) => Known;
  /** Told of a plan that costs less than the one that was found, and is answered in its place. */
  readonly onCheaper?: (plan: Pick<Known, "choices" | "patterns" | "cost">) => void;
};

/** What is known of the best plan there is, on the grid of the problem. */
type Bound = {
  readonly lowerBound: number | null;
  readonly proof: Proof;
  /** Time ended the work; `undone` says in words what was left of it, where that is worth words. */
  readonly isCut: boolean;
  readonly undone: readonly string[];
};

/** A finished plan and what there is to say about it. */
export type Outcome = Told & Bound;

export function solve(demand: Demand, search: Search): Outcome {
  const { outOfTime, onProgress } = search;
  const heed = () => void outOfTime();
  const problem = prepare(demand, null, heed);
  const incumbent = createIncumbent(problem, createLikely(problem, { ...search, heed }));
  onProgress?.("constructing", 0.05, incumbent.standing);
  const known = findIn(problem, search, incumbent);
  const state = recall(problem, known);
  const { lowerBound, proof, cut } = known;
  incumbent.bound(lowerBound);
  onProgress?.("simulating", 0.9, () => {
    incumbent.meet(known.cost, () => state);
    return incumbent.standing();
  });
  const told = tell(state.problem, state, search);
  incumbent.settle(state, told.confidence);
  onProgress?.("simulating", 1, incumbent.standing);
  return { ...told, lowerBound, proof, isCut: cut !== null, undone: cut ? undoneOf(cut) : [] };
}

function findIn(
  problem: Problem,
  { seed, iterations, outOfTime, find = pursue, onProgress }: Search,
  incumbent: Incumbent,
): Known {
  return find(problem, {
    seed,
    iterations,
    outOfTime,
    ...(onProgress && {
      onStep: (fraction, cost, plan) =>
        onProgress("improving", 0.1 + 0.8 * fraction, () => {
          incumbent.meet(cost, plan);
          return incumbent.standing();
        }),
      onBound: incumbent.bound,
    }),
  });
}

/** What an answer says of how good its plan is. */
export function qualityOf({ state, lowerBound, proof, isCut, problem, days }: Outcome) {
  const cost = state.cost();
  return {
    grid_minutes: problem.axis.grid,
    cost,
    lower_bound: lowerBound,
    optimality_gap: gapOf(cost, lowerBound),
    proof,
    time_limited: isCut,
    weights: problem.weights,
    days,
  };
}

/** What comes after the steps is no more than the last touches. */
function undoneOf({ done, asked }: NonNullable<Known["cut"]>): string[] {
  if (done >= asked) return [];
  return [
    `The search was stopped by its time limit after ${done} of ${asked} steps; planning again may find a better plan.`,
  ];
}

/** All that is to be looked at, what time left undone at last. */
export function warningsOf({ warnings, undone }: Outcome): string[] {
  return [...new Set([...warnings, ...undone])];
}
