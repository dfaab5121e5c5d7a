import { construct } from "../search/construct.ts";
import { isCuttable } from "../problem/cut.ts";
import { grow, type TreeBudget } from "../search/grow.ts";
import { lowest } from "../search/model.ts";
import { createOptions } from "../search/options.ts";
import { createProblem, type Problem } from "../problem/problem.ts";

/** However split tasks are cut, no plan costs less than the best one without them; this bounds that from below. */
export function floorOf({ demand, axis }: Problem, budget: TreeBudget): number {
  const wants = demand.wants.filter((want) => !isCuttable(want));
  // Nothing is frozen, or less might be possible than beside a split task.
  const rest = createProblem({ ...demand, wants, grid: axis.grid === 5 ? 5 : 15, frozenUntil: -Infinity });
  const least = Math.max(0, Math.ceil(lowest(rest)));
  const options = createOptions(rest);
  if (!options) return least;

  const { lowerBound } = grow(options, construct(rest, budget.outOfTime), budget);
  // Costs are whole.
  return Math.max(least, Math.ceil(lowerBound - 1e-6));
}
