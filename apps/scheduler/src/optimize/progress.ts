import type { Progress } from "../contract/index.ts";
import type { Problem } from "./problem/problem.ts";
import { placedTasks, type State } from "./search/state.ts";

/** What a line of progress tells of the best plan so far. */
export type Standing = Omit<Progress, "type" | "phase" | "fraction">;

/** Told how far the work is. `standing` may take a while: it is asked for only where a line is due. */
export type Listen = (phase: Progress["phase"], fraction: number, standing: () => Standing) => void;

/** A plan as lines tell it. */
type Plan = Pick<Standing, "placed" | "total"> & { readonly cost: number; readonly confidence: number };

/** The best plan so far: from one line to the next it costs no more, and what is proven of it no less. */
export type Incumbent = {
  /** No plan costs less. */
  bound(lowerBound: number | null): void;
  /** @param make makes the plan of that cost, which may itself cost more; asked only where it might be the best */
  meet(cost: number, make: () => State<Problem>): void;
  /** This is the plan that is answered, whatever was met: hysteresis may have chosen a dearer one. */
  settle(state: State<Problem>, confidence: number): void;
  standing(): Standing;
};

/** @param confidenceOf the probability that a plan holds */
export function createIncumbent(problem: Problem, confidenceOf: (state: State<Problem>) => number): Incumbent {
  let best: Plan | null = null;
  let bound: number | null = null;
  return {
    bound: (found) => {
      if (found !== null) bound = Math.max(0, found, bound ?? 0);
    },
    meet: (claimed, make) => {
      if (best && claimed >= best.cost) return;
      const state = make();
      if (best && state.cost() >= best.cost) return;
      best = planOf(state, confidenceOf(state));
    },
    settle: (state, confidence) => void (best = planOf(state, confidence)),
    standing: () => (best ? standingOf(best, bound) : begun(tasksOf(problem))),
  };
}

function planOf(state: State<Problem>, confidence: number): Plan {
  return { cost: state.cost(), placed: placedTasks(state), total: tasksOf(state.problem), confidence };
}

function tasksOf({ items }: Problem): number {
  return items.filter(({ kind }) => kind === "task").length;
}

function standingOf({ cost, confidence, ...counts }: Plan, bound: number | null): Standing {
  const lowerBound = bound === null ? null : Math.min(bound, cost);
  return {
    ...counts,
    cost,
    lower_bound: lowerBound,
    optimality_gap: gapOf(cost, lowerBound),
    confidence_score: confidence,
  };
}

/** There is no plan yet. */
export function begun(total: number): Standing {
  return { placed: 0, total, cost: null, lower_bound: null, optimality_gap: null, confidence_score: null };
}

/** (cost - bound) / cost, the way solvers of integer programs state it; null without a bound. */
export function gapOf(cost: number, lowerBound: number | null): number | null {
  if (lowerBound === null) return null;
  return cost <= lowerBound ? 0 : Math.min(1, (cost - lowerBound) / cost);
}
