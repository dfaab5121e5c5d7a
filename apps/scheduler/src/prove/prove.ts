import loadHighs from "highs";
import type { Model } from "../optimize/search/model.ts";
import { grow, manyPieces } from "../optimize/search/grow.ts";
import { createOptions, idsOf, type Options } from "../optimize/search/options.ts";
import { createRandom } from "../optimize/search/random.ts";
import type { Proof } from "../optimize/search/search.ts";
import { createState, nowhere, restore, type State } from "../optimize/search/state.ts";
import { type Answer, solveProgram } from "./highs.ts";
import { programOf } from "./program.ts";
import { tighten } from "./tighten.ts";

export type Proven = {
  /** No plan costs less; -Infinity where nothing is known. */
  readonly lowerBound: number;
  readonly proof: Proof;
  /** A plan that costs strictly less than the one given; null where none was met. */
  readonly choices: Int32Array | null;
};

export type Limits = {
  readonly milliseconds: number;
  readonly outOfTime: () => boolean;
  readonly onBound?: (lowerBound: number) => void;
  /** Told of each plan that is better than those before. */
  readonly onCost?: (cost: number, choices: () => Int32Array) => void;
  /** Told of the best plan before HiGHS works on it, which may outgrow its thread or never stop. */
  readonly onPlan?: (choices: Int32Array) => void;
};

export type Prover = (model: Model, choices: Int32Array, limits: Limits) => Promise<Proven>;

/**
 * Of the time for a proof, the part that goes into a better plan first. Branch and price finds better plans by itself;
 * of many pieces a good plan is worth more than the bound that the time would give.
 */
export const searchShare = (pieces: number): number => (pieces < manyPieces ? 0.02 : 0.5);

/** Steps of pricing before the program is written: it pays as long as each rules out more than it costs. */
const steps = 600;
/** A program of more entries takes longer to relax than anyone waits, and more memory than a thread has. */
const mostEntries = 1_500_000;

/**
 * Proves how good a plan is: by branch and price where the pieces are few, else by integer programming, for which HiGHS
 * (Huangfu and Hall 2018) is loaded once it is needed. Both block their thread while they work, so it wants one of its own.
 */
export function createProver(): Prover {
  return async (model, choices, limits) => {
    const state = createState(model);
    restore(state, choices);
    const options = createOptions(model, () => void limits.outOfTime());
    if (!options) return { lowerBound: -Infinity, proof: "none", choices: null };
    if (model.items.length >= manyPieces) return byProgram(state, options, limits);

    const started = performance.now();
    const branched = byBranching(state, options, limits);
    if (branched.proof === "optimal" || model.caps.length === 0 || limits.outOfTime()) return branched;

    // Caps are no part of the paths that branch and price is about, but of the program.
    restore(state, branched.choices ?? choices);
    const milliseconds = limits.milliseconds - (performance.now() - started);
    return both(branched, state.cost(), await byProgram(state, options, { ...limits, milliseconds }));
  };
}

/** The better of both bounds, and the plan of the later one, which began with that of the first at this cost. */
function both(first: Proven, cost: number, later: Proven): Proven {
  if (later.proof === "optimal") return { ...later, choices: later.choices ?? first.choices };
  const lowerBound = Math.max(first.lowerBound, later.lowerBound);
  const isBest = later.choices === null && lowerBound >= cost;
  return { lowerBound, proof: isBest ? "optimal" : "bounded", choices: later.choices ?? first.choices };
}

/** The same plan gives the same tree, so that a proof differs from another only in how far it came. */
const seed = 1;

function byBranching(state: State, options: Options, { outOfTime, onBound, onCost }: Limits): Proven {
  const cost = state.cost();
  let known = cost;
  const grown = grow(options, state, {
    units: Infinity,
    random: createRandom(seed),
    outOfTime,
    onBound: (bound) => onBound?.(whole(bound)),
    onStep: (_units, best, places) => {
      if (best < known) onCost?.((known = best), places);
    },
  });
  const lowerBound = whole(grown.lowerBound);
  const choices = grown.cost < cost ? grown.choices : null;
  return { lowerBound, proof: lowerBound >= grown.cost ? "optimal" : "bounded", choices };
}

/** Costs are whole, so a bound may be; the sum keeps -0 out of answers. */
function whole(bound: number): number {
  return Math.ceil(bound - 1e-6) + 0;
}

async function byProgram(state: State, options: Options, limits: Limits): Promise<Proven> {
  const { milliseconds, outOfTime, onPlan, onBound = () => undefined } = limits;
  const started = performance.now();
  const choices = state.choices();
  const cost = state.cost();
  const { open, lowerBound: priced } = tighten(options, cost, steps, outOfTime);
  if (open.length === 0) return { lowerBound: cost, proof: "optimal", choices: null };
  onBound(whole(priced));
  onPlan?.(choices);
  const highs = await loadHighs();
  const start = idsOf(options, choices);
  const program = programOf(state.problem, options, Int32Array.from(new Set([...open, ...start])).sort());
  const left = milliseconds - (performance.now() - started);
  const answer: Answer =
    program.values.length > mostEntries || left <= 0
      ? { lowerBound: -Infinity, chosen: null }
      : solveProgram(highs, program, { start, milliseconds: left, outOfTime, onBound });
  return told(state, options, answer, priced);
}

/** What was ruled out is in no plan that costs less than the one given: its cost bounds those. */
function told(state: State, options: Options, { lowerBound, chosen }: Answer, priced: number): Proven {
  const cost = state.cost();
  const bound = Math.min(cost, Math.max(lowerBound, whole(priced)));
  const choices = chosen && rebuilt(state, options, chosen);
  const best = choices ? state.cost() : cost;
  return { lowerBound: bound, proof: bound >= best ? "optimal" : "bounded", choices };
}

/** The plan of a solution, if it keeps also the rules that the program does not know, and costs less. */
function rebuilt(state: State, { choice, from, first }: Options, chosen: Int32Array): Int32Array | null {
  const before = { cost: state.cost(), choices: state.choices() };
  const { items } = state.problem;
  const wanted = items.map((_, piece) => {
    const id = chosen.find((each) => each >= (first[piece] ?? 0) && each < (first[piece + 1] ?? 0)) ?? 0;
    return { piece, choice: choice[id] ?? nowhere, from: from[id] ?? 0 };
  });
  items.forEach(({ locked }, piece) => !locked && state.isPlaced(piece) && state.take(piece));
  for (const { piece, choice: place } of wanted.sort((a, b) => a.from - b.from)) {
    if (place === nowhere || state.isPlaced(piece)) continue;
    if (state.fits(piece, place)) state.put(piece, place);
  }
  if (state.cost() < before.cost) return state.choices();

  restore(state, before.choices);
  return null;
}
