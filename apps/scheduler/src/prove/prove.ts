import loadHighs from "highs";
import type { Model } from "../optimize/search/model.ts";
import { createOptions, idsOf, type Options } from "../optimize/search/options.ts";
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
};

export type Prover = (model: Model, choices: Int32Array, limits: Limits) => Proven;

/**
 * Of the time for a proof, the part that goes into a better plan first: the fewer plans cost less than it, the sooner
 * none does. Of many pieces a good plan is worth more than the bound that the time would give.
 */
export const searchShare = (pieces: number): number => (pieces < 50 ? 0.2 : 0.5);

/** Steps of pricing before the program is written: it pays as long as each rules out more than it costs. */
const steps = 600;
/** A program of more entries takes longer to relax than anyone waits, and more memory than a thread has. */
const mostEntries = 1_500_000;

/**
 * Proves by integer programming how good a plan is: prices rule most options out, HiGHS (Huangfu and Hall 2018) looks
 * through the rest. It blocks its thread while it works and holds some 300 MB, so it wants a thread of its own.
 */
export async function createProver(): Promise<Prover> {
  const highs = await loadHighs();
  return (model, choices, { milliseconds, outOfTime, onBound = () => undefined }) => {
    const started = performance.now();
    const state = createState(model);
    restore(state, choices);
    const cost = state.cost();
    const options = createOptions(model, () => void outOfTime());
    if (!options) return { lowerBound: -Infinity, proof: "none", choices: null };

    const { open, lowerBound: priced } = tighten(options, cost, steps, outOfTime);
    if (open.length === 0) return { lowerBound: cost, proof: "optimal", choices: null };
    onBound(Math.ceil(priced - 1e-6));
    const start = idsOf(options, choices);
    const program = programOf(model, options, Int32Array.from(new Set([...open, ...start])).sort());
    const left = milliseconds - (performance.now() - started);
    const answer: Answer =
      program.values.length > mostEntries || left <= 0
        ? { lowerBound: -Infinity, chosen: null }
        : solveProgram(highs, program, { start, milliseconds: left, outOfTime, onBound });
    return told(state, options, answer, priced);
  };
}

/** What was ruled out is in no plan that costs less than the one given: its cost bounds those. */
function told(state: State, options: Options, { lowerBound, chosen }: Answer, priced: number): Proven {
  const cost = state.cost();
  const bound = Math.min(cost, Math.max(lowerBound, Math.ceil(priced - 1e-6) + 0));
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
