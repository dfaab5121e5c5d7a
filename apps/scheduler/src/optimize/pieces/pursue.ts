import type { Patterns } from "../problem/cut.ts";
import { hasPieces, pursuePieces } from "./pieces.ts";
import { recut } from "../problem/prepare.ts";
import type { Problem } from "../problem/problem.ts";
import { createRandom, seedOf } from "../search/random.ts";
import { rescue } from "./rescue.ts";
import { type Proof, search } from "../search/search.ts";
import { createState, restore, type State } from "../search/state.ts";
import { polish } from "../search/polish.ts";
import { steady } from "./steady.ts";
import { complete } from "./whole.ts";

/** A plan as the places of all pieces, and what is known of the best there is. Crosses between threads. */
export type Known = {
  readonly choices: Int32Array;
  /** How split tasks are cut in it. */
  readonly patterns: Patterns;
  readonly cost: number;
  /** No plan costs less, on the grid of the problem. */
  readonly lowerBound: number | null;
  readonly proof: Proof;
  /** Where time ended the work: the iterations done and asked for, all of them where it ended what comes after. */
  readonly cut: { readonly done: number; readonly asked: number } | null;
};

/** How to search once. The same problem, seed and iterations find the same plan unless `outOfTime` cuts it short. */
export type Pursuit = {
  readonly seed: number;
  readonly iterations: number;
  readonly outOfTime: () => boolean;
  /**
   * Told how far it is (0 to 1), what the best plan so far costs, and what that plan is; pieces of a task of which not
   * all have a place are no part of it, so that it may cost more.
   */
  readonly onStep?: (fraction: number, cost: number, plan: () => State<Problem>) => void;
  /** Told what no plan costs less than, as it rises. */
  readonly onBound?: (lowerBound: number) => void;
  /** Given what is worth holding on to until the next search; see `Budget`. */
  readonly hold?: (searched: unknown) => void;
};

/** To repair a plan of before takes so much more of the iterations. */
const repairShare = 0.25;

/** Finds a plan, and how to cut tasks that may be split; one that moves things only where that is worth it. */
export function pursue(problem: Problem, { outOfTime, ...rest }: Pursuit): Known {
  let isOver = false;
  const pursuit = { ...rest, outOfTime: () => (isOver ||= outOfTime()) };
  const known = hasPieces(problem) ? pursuePieces(problem, pursuit, once) : once(problem, pursuit);
  const found = recall(problem, known);
  polish(found, pursuit.outOfTime);
  const rescued = rescue(found, () => void outOfTime());
  const asked = pursuit.iterations;
  const random = createRandom(seedOf("steady", pursuit.seed));
  const iterations = Math.floor(asked * repairShare);
  const state = steady(rescued, problem, { random, iterations, outOfTime: pursuit.outOfTime });
  const cost = state.cost();
  const { patterns } = state.problem;
  const cut = known.cut ?? (isOver ? { done: asked, asked } : null);
  return { ...known, choices: state.choices(), patterns, cost, proof: proofOf(cost, known.lowerBound), cut };
}

function proofOf(cost: number, lowerBound: number | null): Proof {
  if (lowerBound === null) return "none";
  return lowerBound >= cost ? "optimal" : "bounded";
}

function once(problem: Problem, { seed, iterations, outOfTime, onStep, onBound, hold }: Pursuit): Known {
  const tell = (step: number, cost: number, choices: () => Int32Array): void => {
    const plan = () => complete(recall(problem, { choices: choices(), patterns: problem.patterns }));
    onStep?.(Math.min(1, step / iterations), cost, plan);
  };
  const found = search(problem, {
    random: createRandom(seed),
    iterations,
    outOfTime,
    ...(hold && { hold }),
    onStart: (state) => {
      hold?.(state);
      const choices = state.choices();
      tell(0, state.cost(), () => choices);
    },
    // A bound for one way to cut tasks is none for the others.
    ...(onBound && !hasPieces(problem) && { onBound: (bound: number) => onBound(Math.ceil(bound - 1e-6)) }),
    ...(onStep && { onStep: tell }),
  });
  const { state, lowerBound, proof, iterations: done } = found;
  const cut = done < iterations ? { done, asked: iterations } : null;
  return { choices: state.choices(), patterns: problem.patterns, cost: state.cost(), lowerBound, proof, cut };
}

/** The plan that is known, as a state of its problem: the one given, cut as that plan has it. */
export function recall(problem: Problem, { choices, patterns }: Pick<Known, "choices" | "patterns">): State<Problem> {
  const isSame = [...patterns].every(([id, pattern]) => pattern.join() === problem.patterns.get(id)?.join());
  const state = createState(isSame ? problem : recut(problem, patterns));
  restore(state, choices);
  return state;
}

/** The better of two plans for one problem, the first where they cost the same, with all that is known of both. */
export function better(one: Known, other: Known): Known {
  const best = other.cost < one.cost ? other : one;
  const bounds = [one.lowerBound, other.lowerBound].filter((bound) => bound !== null);
  const lowerBound = bounds.length > 0 ? Math.max(...bounds) : null;
  return { ...best, lowerBound, proof: proofOf(best.cost, lowerBound), cut: one.cut ?? other.cut };
}
