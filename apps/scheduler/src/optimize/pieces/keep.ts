import { createFoundation, serial, settle } from "../search/construct.ts";
import type { Problem } from "../problem/problem.ts";
import { at } from "../time/spans.ts";
import { atHome, type Choice, createState, type State } from "../search/state.ts";
import { complete } from "./whole.ts";

type Put = { readonly index: number; readonly choice: Choice };

/** So many tasks that found no place are forced into the plan, each at so many starts; of larger plans fewer. */
const mostForced = 6;
const mostStarts = 60;
const mostPlaced = 20_000;

/**
 * The plan before as far as it can stay; then the others, dearest first. What finds no place beside all that stays gets
 * the one at which it, and what makes way for it, costs least.
 * @param isOver asked before each try; ends them
 */
export function keep(problem: Problem, isOver: () => boolean): State<Problem> {
  const kept = around(problem, []);
  const isFirm = problem.items.every(({ kind }, index) => kind === "task" || kept.isPlaced(index));
  if (isFirm) return forced(kept, [], isOver);

  // What has to have a place comes first where it finds none beside all that stays.
  const firm = needful(createFoundation(problem));
  return forced(around(problem, firm), firm, isOver);
}

function forced(kept: State<Problem>, firm: readonly Put[], isOver: () => boolean): State<Problem> {
  const { items } = kept.problem;
  const most = Math.min(mostStarts, Math.floor(mostPlaced / items.length / mostForced));
  let best = kept;
  let put = firm;
  for (const index of leftOut(kept).slice(0, mostForced)) {
    if (best.isPlaced(index)) continue;
    const tries = some(at(items, index).starts.length, most).map((choice) => [...put, { index, choice }]);
    for (const each of tries) {
      if (isOver()) return best;
      const other = around(kept.problem, each);
      if (other.cost() < best.cost() && isOrdered(other)) [best, put] = [other, each];
    }
  }
  return best;
}

/** Whether all that something waits for has a place too: what is forced in comes before it. */
function isOrdered({ problem: { items }, isPlaced }: State<Problem>): boolean {
  return items.every(({ before }, index) => !isPlaced(index) || before.every((other) => isPlaced(other)));
}

/** As much of the plan before as fits around these, and the rest where there is room. */
function around(problem: Problem, firm: readonly Put[]): State<Problem> {
  const state = createState(problem);
  problem.items.forEach(({ locked }, index) => locked && state.put(index, atHome));
  for (const { index, choice } of firm) if (state.mayFit(index, choice)) state.put(index, choice);
  stay(state);
  problem.items.forEach(({ kind }, index) => kind !== "task" && settle(state, index));
  serial(state, leftOut(state));
  return complete(state);
}

/** Puts what can stay where it stood: events, then tasks and lunches in order of time, those that take longer last. */
function stay(state: State<Problem>): void {
  const { items } = state.problem;
  const free = items.flatMap(({ home, locked }, index) => (home && !locked && !state.isPlaced(index) ? [index] : []));
  const start = (index: number) => at(items, index).was?.start ?? 0;
  const rank = (index: number) => {
    const { kind, home, after } = at(items, index);
    return kind === "event" ? 0 : home?.resized && after.length === 0 ? 2 : 1;
  };
  for (const index of free.sort((a, b) => rank(a) - rank(b) || start(a) - start(b) || a - b)) {
    if (state.fits(index, atHome)) state.put(index, atHome);
  }
}

/** Tasks without a place, those first that are dearest to leave out. */
function leftOut({ problem: { items }, isPlaced }: State<Problem>): number[] {
  const left = items.flatMap(({ kind }, index) => (kind === "task" && !isPlaced(index) ? [index] : []));
  return left.sort((a, b) => at(items, b).unplaced - at(items, a).unplaced || a - b);
}

/** Meetings and lunches, where they stand. */
function needful({ problem: { items }, isPlaced, choice }: State<Problem>): Put[] {
  return items.flatMap(({ kind }, index) =>
    kind !== "task" && isPlaced(index) ? [{ index, choice: choice(index) }] : [],
  );
}

/** So many of the first `count` numbers at most, evenly. */
function some(count: number, most: number): number[] {
  const length = Math.min(count, most);
  return Array.from({ length }, (_, each) => Math.floor((each * count) / length));
}
