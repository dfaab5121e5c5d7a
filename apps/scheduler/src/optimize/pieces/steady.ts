import { createFoundation, serial, settle } from "../search/construct.ts";
import type { Problem } from "../problem/problem.ts";
import { at } from "../time/spans.ts";
import { atHome, type State } from "../search/state.ts";
import { complete } from "./whole.ts";

/** What a plan has to gain for each task that it moves, beyond what moving it costs. */
const worthMoving = 25;

/**
 * Hysteresis: of a new plan and the one before with only what has to change, the one before, unless the new one is
 * better by enough for each task that it moves. Where there was no plan before, the new one.
 */
export function steady(state: State<Problem>): State<Problem> {
  if (moves(state) === 0) return state;

  const kept = keep(state.problem);
  const worth = (each: State<Problem>) => each.cost() + worthMoving * moves(each);
  return worth(kept) <= worth(state) ? kept : state;
}

/** How many tasks of the plan before stand elsewhere or nowhere. */
function moves({ problem: { items }, choice }: State<Problem>): number {
  return items.filter(({ kind, was, locked }, index) => kind === "task" && !locked && was && choice(index) !== atHome)
    .length;
}

/** Everything that can stay stays; then the others, dearest first. Lunches make way for what stands, where they can. */
function keep(problem: Problem): State<Problem> {
  const lunches = problem.items.flatMap(({ kind }, index) => (kind === "lunch" ? [index] : []));
  const state = stand(problem, lunches);
  return complete(lunches.every((index) => state.isPlaced(index)) ? state : stand(problem, []));
}

/** @param after what is placed only once all that can stay stands */
function stand(problem: Problem, after: readonly number[]): State<Problem> {
  const { items } = problem;
  const state = createFoundation(problem);
  for (const index of after) state.take(index);
  const tasks = items.flatMap(({ kind, locked }, index) => (kind === "task" && !locked ? [index] : []));
  const standing = tasks.filter((index) => at(items, index).home);
  const start = (index: number) => at(items, index).home?.start ?? 0;
  for (const index of standing.sort((a, b) => start(a) - start(b) || a - b))
    if (state.fits(index, atHome)) state.put(index, atHome);
  for (const index of after) settle(state, index);
  const left = tasks.filter((index) => !state.isPlaced(index));
  serial(
    state,
    left.sort((a, b) => at(items, b).unplaced - at(items, a).unplaced || a - b),
  );
  return state;
}
