import type { Problem } from "../problem/problem.ts";
import { improve } from "../search/improve.ts";
import { atHome, createState, restore, type State } from "../search/state.ts";
import { settleBack } from "./back.ts";
import { keep } from "./keep.ts";
import { complete } from "./whole.ts";

/** What a plan has to gain for each thing that it moves, beyond what moving it costs. */
const worthMoving = 25;

/** How to repair the plan before where not everything can stay. */
export type Repair = {
  readonly random: () => number;
  readonly iterations: number;
  readonly outOfTime: () => boolean;
};

/**
 * Hysteresis: of a new plan and the one before with only what has to change, the one before, unless the new one is
 * better by enough for each thing that it moves. Where there was no plan before, the new one.
 * @param problem the same, with split tasks cut as the plan before has them
 */
export function steady(found: State<Problem>, problem: Problem, repair: Repair): State<Problem> {
  if (moves(found) === 0) return found;

  const kept = keep(problem, repair.outOfTime);
  if (moves(kept) === 0 && isWhole(kept)) return least([kept, settleBack(found, worth)]);
  return least([kept, repaired(kept, repair), settleBack(found, worth)]);
}

/** The first of those of which none is better. */
function least(plans: readonly State<Problem>[]): State<Problem> {
  return plans.reduce((best, each) => (worth(each) < worth(best) ? each : best));
}

function worth(state: State<Problem>): number {
  return state.cost() + worthMoving * moves(state);
}

/** How many things of the plan before stand elsewhere or nowhere. */
function moves(state: State<Problem>): number {
  return state.problem.items.filter(({ was, locked }, index) => was && !locked && state.choice(index) !== atHome)
    .length;
}

function isWhole(state: State<Problem>): boolean {
  return state.problem.items.every((_, index) => state.isPlaced(index));
}

/** The plan before with what had to change, made cheaper; moving things is part of what that costs. */
function repaired(kept: State<Problem>, repair: Repair): State<Problem> {
  const state = createState(kept.problem);
  restore(state, kept.choices());
  improve(state, repair);
  return settleBack(complete(state), worth);
}
