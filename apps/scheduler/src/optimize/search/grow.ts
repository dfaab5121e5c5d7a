import { branchAndPrice } from "../columns/branch.ts";
import { createField, gatherAll, openIds } from "./field.ts";
import { createFilter } from "./filter.ts";
import { createGreedy, putAll } from "./greedy.ts";
import { createMend } from "./mend.ts";
import { idsOf, type Options } from "./options.ts";
import { createPack } from "./pack.ts";
import { createPricing } from "./prices.ts";
import { restore, type State } from "./state.ts";

/** How long to search: so many thousands of options priced, unless time runs out first. */
export type TreeBudget = {
  readonly units: number;
  readonly random: () => number;
  readonly outOfTime: () => boolean;
  readonly onStep?: (units: number, cost: number, choices: () => Int32Array) => void;
  readonly onBound?: (lowerBound: number) => void;
  /** Only prices, slots and then paths, for a first bound and a plan or two. */
  readonly isShallow?: boolean;
  readonly hold?: (searched: unknown) => void;
};

/** The best plan seen, what no plan can cost less than, the best plan that was made here, and the units spent. */
export type Grown = { choices: Int32Array; cost: number; lowerBound: number; made: Int32Array | null; units: number };

/** So many pieces have more plans than a tree will ever meet: then they are packed anew, again and again. */
export const manyPieces = 60;

const rootSteps = 120;
const optionsPerUnit = 1_000;
const tolerance = 1e-6;
// A try takes about as long as pricing so many options for each piece.
const optionsPerTry = 200;
const promising = 1.1;
const triesOfPlan = 20;
const triesOfPromising = 8;
const triesOfBest = 40;
/** Of the best cost, divided by the pieces. */
const heatOfPacks = 0.3;
const packsOfRound = 40_000;
const packsPerLook = 8;
const optionsPerPack = 500;
const plansAtRoot = 10;
const optionsPerLook = 20_000;

/**
 * Prices of slots first, which make plans and rule most options out; then branch and price over what is left, where the
 * program's shares of options make a plan at each node. Ends with a proof, or when units or time are spent.
 * @param state holds the best plan so far; what it holds afterwards is any plan
 */
export function grow(options: Options, state: State, budget: TreeBudget): Grown {
  const { units: most, random, outOfTime, onStep, onBound, isShallow = false, hold } = budget;
  const field = createField(options);
  const pricing = createPricing(options);
  const filter = createFilter(options);
  const greedy = createGreedy(options, state);
  const mend = createMend(state, random, outOfTime);
  const best = { choices: state.choices(), cost: state.cost() };
  const made = { choices: best.choices, cost: Infinity };
  const fixed = options.edges.length * options.size * 2 + options.size * 3;
  const prices = new Float64Array(pricing.length);
  const top = new Float64Array(pricing.length);
  let spent = 0;
  let last = Infinity;
  let cut = false;

  /** Mends the plan in `state`, and goes on as long as it is the best. */
  function settle(tries: number): void {
    tidy(tries);
    while (state.cost() < best.cost) {
      keep();
      tidy(triesOfBest);
    }
    if (state.cost() < made.cost) Object.assign(made, { cost: state.cost(), choices: state.choices() });
  }

  function tidy(tries: number): void {
    spent += mend(tries) * optionsPerTry * options.count;
  }

  function keep(): void {
    best.cost = state.cost();
    best.choices = state.choices();
  }

  function isSpent(): boolean {
    onStep?.(spent / optionsPerUnit, best.cost, () => best.choices);
    cut ||= spent >= most * optionsPerUnit || outOfTime();
    return cut;
  }

  /** A plan of the present prices. */
  function plan(): void {
    const raw = greedy(field);
    if (raw === last) return;
    last = raw;
    settle(raw < best.cost * promising ? triesOfPromising : 0);
  }

  /** Raises the bound step by step: to the best cost once no plan below it can be there. */
  function price(): number {
    let bound = -Infinity;
    let scale = 1;
    let idle = 0;
    gatherAll(field, options);
    const stepsPerLook = Math.max(1, Math.min(10, Math.floor(optionsPerLook / options.choice.length)));
    for (let step = 0; step < rootSteps && scale > 1e-3; step += 1) {
      const value = pricing.bound(field, prices);
      spent += (field.first[options.count] ?? 0) + fixed;
      if (value > best.cost - 1 + tolerance) return best.cost;
      idle = value > bound + 1e-3 ? 0 : idle + 1;
      if (idle === 0) {
        bound = value;
        top.set(prices);
        if (!filter(field, best.cost - 1 + tolerance - value)) return best.cost;
      }
      if (idle >= 20) [scale, idle] = [scale * 0.6, 0];
      if (!isShallow && step % plansAtRoot === plansAtRoot - 1) plan();
      // No rule that has a price is broken: this is the best plan there is, if no other rule forbids it.
      if (!pricing.step(field, prices, scale * (best.cost - value))) {
        plan();
        if (best.cost <= value + tolerance) return best.cost;
      }
      if (step % stepsPerLook === stepsPerLook - 1 && isSpent()) break;
    }
    pricing.bound(field, top);
    plan();
    return bound > best.cost - 1 + tolerance ? best.cost : bound;
  }

  /** Packs the best plan anew, the further from it the earlier. */
  function repack(tries: number): void {
    const pack = createPack(state, random, top);
    restore(state, best.choices);
    const hottest = Math.max(2, (heatOfPacks * best.cost) / options.count);
    for (let each = 0; each < tries; each += 1) {
      pack(random() < 0.5 ? hottest * (1 / hottest) ** (each / tries) : 0);
      spent += optionsPerPack * options.count;
      if (state.cost() < best.cost) keep();
      if (each % packsPerLook === packsPerLook - 1 && isSpent()) return;
    }
  }

  function repackAll(): void {
    const packs = Math.floor((most * optionsPerUnit - spent) / (optionsPerPack * options.count));
    for (let left = packs; left > 0 && !cut; left -= packsOfRound) repack(Math.min(packsOfRound, left));
  }

  function branch(bound: number): number {
    const incumbent = () => ({ cost: best.cost, ids: idsOf(options, best.choices) });
    let known = bound;
    let done = 0;
    return branchAndPrice(state.problem, options, openIds(field), top, incumbent(), {
      isShallow,
      hold: (part) => void parts.push(part),
      onShares: (likely) => {
        putAll(options, state, likely);
        settle(triesOfPlan);
        return incumbent();
      },
      isSpent: (work, lowerBound) => {
        spent += work - done;
        done = work;
        if (lowerBound > known) onBound?.((known = lowerBound));
        return isSpent();
      },
    });
  }

  const done = (lowerBound: number): Grown => ({
    ...best,
    lowerBound: Math.min(best.cost, lowerBound),
    made: made.cost < Infinity ? made.choices : null,
    units: Math.ceil(spent / optionsPerUnit),
  });
  const parts: unknown[] = [price];
  hold?.(parts);
  if (isSpent()) return done(-Infinity);
  const bound = price();
  onBound?.(bound);
  if (bound >= best.cost || cut) return done(bound);

  if (options.count < manyPieces) return done(Math.max(bound, branch(bound)));
  if (!isShallow) repackAll();
  return done(bound);
}
