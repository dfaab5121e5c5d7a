import { construct } from "./construct.ts";
import { type Budget, improve } from "./improve.ts";
import { lowest, type Model } from "./model.ts";
import { arrange } from "./arrange.ts";
import type { Line } from "./line.ts";
import { recognizeLine } from "./recognize.ts";
import { createState, restore, type State } from "./state.ts";
import { grow, type TreeBudget } from "./grow.ts";
import { createOptions, type Options } from "./options.ts";

/** How much is known of the best possible plan: that this is it, a bound on what it costs, or neither. */
export type Proof = "optimal" | "bounded" | "none";

export type Found<M extends Model> = {
  /** Holds the best plan found. */
  readonly state: State<M>;
  /** How many of the iterations asked for were done before time ran out; all of them where a proof ended the search. */
  readonly iterations: number;
  /** No plan costs less, on the grid of the model. */
  readonly lowerBound: number | null;
  readonly proof: Proof;
};

/** `prove` goes for the bound too where the search for a plan alone does without: jobs in a line, and rest between work. */
export type SearchBudget = Budget & { readonly prove?: boolean; readonly onStart?: (state: State) => void };

/**
 * Iterations of ruin and recreate before the tree by the square of the pieces, as a part of all at most, and the part that
 * the tree gets of the rest.
 */
const opening = 4;
const openingShare = 0.3;
const treeShare = 0.9;
/** Where rest between work counts a tree of more pieces takes longer than who wants a plan waits. */
const fewPieces = 15;
/** There prices of slots, for a bound, and each of two openings are a part of all iterations. */
const restedTreeShare = 0.25;
const restedOpeningShare = 0.3;
/** Descents of the order of jobs before its proof is tried. */
const beforeProof = 3_000;

/**
 * The engine, a portfolio: an order of jobs where the model is nothing else; otherwise priority rules, a little ruin and
 * recreate, then branch and price, and what is left over for ruin and recreate again. The same model, random numbers and
 * iterations give the same plan unless `outOfTime` cuts it short.
 */
export function search<M extends Model>(model: M, budget: SearchBudget): Found<M> {
  const line = recognizeLine(model);
  if (line) return inLine(model, line, budget);

  const state = construct(model, budget.outOfTime);
  const options = state.cost() > lowest(model) ? createOptions(model, () => void budget.outOfTime()) : null;
  if (options) budget.onBound?.(lowest(model));
  budget.onStart?.(state);
  if (needsRest(model) && !budget.prove && model.items.length > fewPieces) return rested(model, state, options, budget);
  if (!options) return told(state, improve(state, budget), lowest(model), false);

  const first = improve(state, {
    ...budget,
    iterations: Math.min(opening * model.items.length ** 2, Math.ceil(openingShare * budget.iterations)),
  });
  return grownOut(model, state, options, budget, first, treeShare);
}

/** The tree, and ruin and recreate with what it leaves of the iterations. */
function grownOut<M extends Model>(
  model: M,
  state: State<M>,
  options: Options,
  budget: Budget,
  first: number,
  share: number,
): Found<M> {
  const most = Math.floor((budget.iterations - first) * share);
  const { units, lowerBound } = growIn(state, options, budget, first, { units: most });
  if (lowerBound >= state.cost()) return told(state, budget.iterations, lowerBound, true);

  const done = first + units;
  const rest = improve(state, { ...later(budget, done), iterations: Math.max(0, budget.iterations - done) });
  return told(state, done + rest, Math.max(lowerBound, lowest(model)), true);
}

/**
 * Where rest between work counts and a proof can wait: ruin and recreate, which may end in a poor corner, runs from the
 * first plan and from one that prices made, and goes on from the better of both.
 */
function rested<M extends Model>(model: M, state: State<M>, options: Options | null, budget: Budget): Found<M> {
  const iterations = Math.floor(budget.iterations * restedOpeningShare);
  let done = improve(state, { ...budget, iterations });
  const units = Math.floor(budget.iterations * restedTreeShare);
  const priced = options && growIn(state, options, budget, done, { units, isShallow: true });
  const bound = Math.max(lowest(model), priced?.lowerBound ?? -Infinity);
  if (bound >= state.cost()) return told(state, budget.iterations, bound, true);

  done += priced?.units ?? 0;
  const kept = { cost: state.cost(), choices: state.choices() };
  restore(state, priced?.made ?? kept.choices);
  done += improve(state, { ...later(budget, done), iterations });
  if (state.cost() > kept.cost) restore(state, kept.choices);
  done += improve(state, { ...later(budget, done), iterations: Math.max(0, budget.iterations - done) });
  return told(state, done, bound, priced !== null);
}

function needsRest({ rest, items }: Model): boolean {
  return rest.limit !== Infinity && items.some(({ work }) => work > 0);
}

type Tree = Pick<TreeBudget, "isShallow" | "units">;

function growIn(state: State, options: Options, budget: Budget, done: number, tree: Tree) {
  const grown = grow(options, state, { ...later(budget, done), ...tree });
  restore(state, grown.choices);
  return grown;
}

/** The same budget for a part that starts after so many iterations. */
function later(budget: Budget, done: number): Budget {
  return { ...budget, onStep: (step, cost, choices) => budget.onStep?.(done + step, cost, choices) };
}

function inLine<M extends Model>(model: M, line: Line, budget: SearchBudget): Found<M> {
  const iterations = budget.prove ? Math.min(beforeProof, budget.iterations) : budget.iterations;
  const arranged = arrange(line, { ...budget, iterations });
  const state = inOrder(model, line, arranged.jobs);
  const options =
    budget.prove && state.cost() > lowest(model) ? createOptions(model, () => void budget.outOfTime()) : null;
  if (!options) return told(state, arranged.iterations, lowest(model), false);

  const { lowerBound, units } = growIn(state, options, budget, arranged.iterations, {
    units: budget.iterations - arranged.iterations,
  });
  return told(state, arranged.iterations + units, Math.max(lowerBound, lowest(model)), true);
}

function inOrder<M extends Model>(model: M, { releases, durations }: Line, jobs: Int32Array): State<M> {
  const state = createState(model);
  let time = 0;
  for (const job of jobs) {
    const release = releases[job] ?? 0;
    const start = Math.max(time, release);
    state.put(job, start - release);
    time = start + (durations[job] ?? 0);
  }
  return state;
}

function told<M extends Model>(state: State<M>, iterations: number, bound: number, proven: boolean): Found<M> {
  // Costs are whole; the sum keeps a bound of -0 out of answers.
  const lowerBound = Math.ceil(bound - 1e-6) + 0;
  const isOptimal = state.cost() <= lowerBound;
  const proof = isOptimal ? "optimal" : proven ? "bounded" : "none";
  return { state, iterations, lowerBound: proof === "none" ? null : lowerBound, proof };
}
