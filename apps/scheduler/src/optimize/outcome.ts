import type { Progress } from "../contract/index.ts";
import { coarse, simulate } from "./confidence/confidence.ts";
import type { Demand } from "./problem/demand.ts";
import { createOverrun } from "./confidence/history.ts";
import { placedItems } from "./problem/placed.ts";
import { prepare } from "./problem/prepare.ts";
import { createPrior } from "./confidence/prior.ts";
import type { Problem } from "./problem/problem.ts";
import { gapOf } from "./progress.ts";
import { type Known, type Pursuit, pursue, recall } from "./pieces/pursue.ts";
import type { Proof } from "./search/search.ts";
import { placedTasks, type State } from "./search/state.ts";
import { stepsOf } from "./confidence/steps.ts";
import { tell, type Told } from "./explain/tell.ts";

/** How to search. The same demand, seed and iterations give the same plan unless `outOfTime` cuts it short. */
export type Search = {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly seed: number;
  readonly iterations: number;
  readonly outOfTime: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Finds the plan in the place of one search from `seed`: knows it already, or takes the best of several searches. */
  readonly find?: (problem: Problem, pursuit: Pursuit) => Known;
};

/** What is known of the best plan there is, on the grid of the problem. */
type Bound = { readonly lowerBound: number | null; readonly proof: Proof; readonly isCut: boolean };

/** A finished plan and what there is to say about it. */
export type Outcome = Told & Bound;

export function solve(demand: Demand, search: Search): Outcome {
  const problem = prepare(demand, null, () => void search.outOfTime());
  const report = reporter(problem, search);
  report("constructing", 0.05);
  const known = findIn(problem, search, report);
  const state = recall(problem, known);
  report("simulating", 0.9, placedTasks(state), known);
  const { lowerBound, proof, cut } = known;
  const warnings = cut ? [cutWarning(cut.done, cut.asked)] : [];
  const told = tell(state.problem, state, search, warnings);
  report("simulating", 1, placedTasks(state), known, told.confidence);
  return { ...told, lowerBound, proof, isCut: cut !== null };
}

type Report = ReturnType<typeof reporter>;

function reporter({ items }: Problem, { onProgress }: Search) {
  const total = items.filter(({ kind }) => kind === "task").length;
  return (
    phase: Progress["phase"],
    fraction: number,
    placed = 0,
    known: Partial<Pick<Known, "cost" | "lowerBound">> = {},
    confidence: number | null = null,
  ) => {
    const { cost = null, lowerBound = null } = known;
    onProgress?.({
      type: "progress",
      phase,
      fraction,
      placed,
      total,
      cost,
      lower_bound: lowerBound,
      optimality_gap: cost === null ? null : gapOf(cost, lowerBound),
      confidence_score: confidence,
    });
  };
}

function findIn(problem: Problem, search: Search, report: Report): Known {
  let placed = 0;
  let lowerBound: number | null = null;
  const { seed, iterations, outOfTime, find = pursue } = search;
  return find(problem, {
    seed,
    iterations,
    outOfTime,
    onPlan: (state: State) => {
      placed = placedTasks(state);
      report(
        "improving",
        0.1,
        placed,
        { cost: state.cost() },
        search.onProgress ? likely(problem, state, search) : null,
      );
    },
    onStep: (fraction: number, cost: number) =>
      report("improving", 0.1 + 0.8 * fraction, placed, { cost, lowerBound: lowerBound && Math.min(cost, lowerBound) }),
    onBound: (bound: number) => (lowerBound = Math.max(0, bound, lowerBound ?? 0)),
  });
}

/** About how likely the plan is to hold; null where it is cut another way than the problem. */
function likely(problem: Problem, { problem: other, choices }: State, { now, seed, outOfTime }: Search): number | null {
  if (other !== problem) return null;
  const placed = placedItems(recall(problem, { choices: choices(), patterns: problem.patterns }));
  const overrun = createOverrun(problem.demand.actuals, createPrior());
  const heed = () => void outOfTime();
  return simulate(stepsOf(problem, placed, now), { seed, overrun, draws: coarse, heed }).score;
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

function cutWarning(done: number, iterations: number): string {
  return `The search was stopped by its time limit after ${done} of ${iterations} steps; planning again may find a better plan.`;
}
