import { createFoundation, serial } from "../search/construct.ts";
import { isCuttable } from "../problem/cut.ts";
import { floorOf } from "./floor.ts";
import { improve } from "../search/improve.ts";
import type { Pattern } from "../problem/pattern.ts";
import { recut } from "../problem/prepare.ts";
import type { Problem } from "../problem/problem.ts";
import { propose } from "./propose.ts";
import type { Known, Pursuit } from "./pursue.ts";
import { createRandom, seedOf } from "../search/random.ts";
import { atHome, type Choice, createState, nowhere, restore, type State } from "../search/state.ts";
import { at } from "../time/spans.ts";
import { complete } from "./whole.ts";

/** Finds a plan for a problem as it is cut. */
type Once = (problem: Problem, pursuit: Pursuit) => Known;

/** Of the iterations those for the first way to cut, for all other ways, and for the bound. */
const shares = { first: 0.6, others: 0.25, bound: 0.15 };
const mostTries = 24;
/** Of larger problems fewer ways are tried: each is made anew. */
const itemsPerTry = 150;

export function hasPieces({ demand }: Problem): boolean {
  return demand.wants.some(isCuttable);
}

/**
 * A plan that also chooses how to cut split tasks: into as few pieces as may be first; then, for the task that costs
 * most, other ways, each beginning from the best plan so far and kept where it makes that cheaper.
 */
export function pursuePieces(problem: Problem, pursuit: Pursuit, once: Once): Known {
  const { iterations, seed, outOfTime, onStep, onBound } = pursuit;
  const part = (share: number): number => Math.floor(iterations * share);
  const lowerBound = floorOf(problem, {
    random: createRandom(seedOf("floor", seed)),
    outOfTime,
    units: part(shares.bound),
  });
  onBound?.(lowerBound);
  const first = once(problem, {
    ...pursuit,
    iterations: part(shares.first),
    ...(onStep && { onStep: (fraction, ...plan) => onStep(fraction * shares.first, ...plan) }),
  });
  let best = complete(recalled(problem, first.choices));
  const tried = new Set<string>();
  const random = createRandom(seedOf("pieces", seed));
  const most = Math.max(1, Math.min(mostTries, Math.floor((mostTries * itemsPerTry) / problem.items.length)));
  let done = part(shares.first);
  for (let each = 0; each < most && !outOfTime(); each += 1) {
    const next = propose(best, tried);
    if (!next) break;
    const budget = { random, outOfTime, iterations: Math.floor(part(shares.others) / most) };
    const other = cutAnew(best, next.id, next.pattern);
    improve(other, budget);
    if (complete(other).cost() < best.cost()) best = other;
    done += budget.iterations;
    const plan = best;
    onStep?.(done / iterations, plan.cost(), () => plan);
  }
  const isCut = first.cut !== null || outOfTime();
  return {
    choices: best.choices(),
    cost: best.cost(),
    patterns: best.problem.patterns,
    lowerBound,
    proof: lowerBound >= best.cost() ? "optimal" : "bounded",
    cut: isCut ? { done: Math.min(done, first.cut?.done ?? done), asked: iterations } : null,
  };
}

function recalled(problem: Problem, choices: Int32Array): State<Problem> {
  const state = createState(problem);
  restore(state, choices);
  return state;
}

/** The plan with one task cut another way: the others stand where they stood, its pieces where there is room. */
function cutAnew(best: State<Problem>, id: string, pattern: Pattern): State<Problem> {
  const state = taken(best, id, pattern);
  const tasks = state.problem.items.flatMap(({ kind }, index) => (kind === "task" ? [index] : []));
  serial(
    state,
    tasks.filter((index) => !state.isPlaced(index)),
  );
  return state;
}

/** The same without a place for its pieces. */
export function taken(best: State<Problem>, id: string, pattern: Pattern): State<Problem> {
  const problem = recut(best.problem, new Map([...best.problem.patterns, [id, pattern]]));
  const state = createFoundation(problem);
  const old = new Map(best.problem.items.map((item, index) => [`${item.kind} ${item.id}`, index]));
  const standing = problem.items
    .flatMap((item, index) => {
      const was = old.get(`${item.kind} ${item.id}`);
      if (was === undefined || !best.isPlaced(was) || item.want?.taskId === id) return [];
      return [{ index, was, from: best.space.from[was] ?? 0 }];
    })
    .sort((a, b) => a.from - b.from);
  for (const { index, was, from } of standing) {
    const choice = sameChoice(state, index, best.choice(was) === atHome, from);
    if (choice === nowhere || state.choice(index) === choice) continue;
    if (state.isPlaced(index)) state.take(index);
    if (state.fits(index, choice)) state.put(index, choice);
  }
  return state;
}

function sameChoice({ problem }: State, index: number, isHome: boolean, from: number): Choice {
  const { home, starts, locked } = at(problem.items, index);
  if (locked) return nowhere;
  if (isHome) return home ? atHome : nowhere;
  const position = starts.indexOf(from);
  return position < 0 ? nowhere : position;
}
