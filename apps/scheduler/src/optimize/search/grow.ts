import { restore, type State } from "./state.ts";
import { split } from "./branch.ts";
import { createField, type Field, gather, openIds } from "./field.ts";
import { createFilter } from "./filter.ts";
import { createGreedy } from "./greedy.ts";
import type { Options } from "./options.ts";
import { createMend } from "./mend.ts";
import { createPack, type Pack } from "./pack.ts";
import { createPricing, type Prices } from "./prices.ts";

/** How long to search: so many thousands of options priced, unless time runs out first. */
export type TreeBudget = {
  readonly units: number;
  readonly random: () => number;
  readonly outOfTime: () => boolean;
  readonly onStep?: (units: number, cost: number) => void;
};

/** The best plan seen, what no plan can cost less than, and the units spent. */
export type Grown = { choices: Int32Array; cost: number; lowerBound: number; units: number };

type Node = { readonly ids: Int32Array; readonly prices: Prices; bound: number; readonly depth: number };

const rootSteps = 200;
const nodeSteps = 40;
const optionsPerUnit = 1_000;
const tolerance = 1e-6;
// A try takes about as long as pricing so many options for each piece.
const optionsPerTry = 200;
const promising = 1.1;
const triesOfPromising = 40;
const triesOfBest = 200;
/** So often the best plan is mended once more, after so many plans. */
const plansBeforeReturn = 60;
const plansPerReturn = 8;
const triesOfReturn = 200;
/** Packing goes further but takes longer to pay: it comes when the tree has had its first plans. */
const plansBeforePacks = 400;
const packsOfReturn = 100;
/** Of the best cost, divided by the pieces. */
const heatOfPacks = 0.3;
/** So many pieces have more plans than the tree will ever meet: there packing comes first, with this share of all units. */
const manyPieces = 50;
const packsOfMany = 40_000;
const packShare = 0.4;
const packsPerLook = 8;
const optionsPerPack = 500;
const plansAtRoot = 10;
const optionsPerLook = 20_000;

/**
 * Branch and bound over the options by Lagrangian prices. It looks for plans within a small distance of the bound first
 * and doubles that distance each time there is none: a near bar prunes most of the tree, and each bar that holds no
 * plan is a proven bound. Every price vector makes a plan too. Ends with a proof, or when units or time are spent.
 * @param state holds the best plan so far; what it holds afterwards is any plan
 */
export function grow(options: Options, state: State, { units: most, random, outOfTime, onStep }: TreeBudget): Grown {
  const lengths = Int32Array.from(state.problem.items, ({ slots }) => slots);
  const field = createField(options);
  const pricing = createPricing(options);
  const filter = createFilter(options);
  const greedy = createGreedy(options, state);
  const mend = createMend(state, random, outOfTime);
  const best = { choices: state.choices(), cost: state.cost() };
  const fixed = options.edges.length * options.size * 2 + options.size * 3;
  const prices = new Float64Array(pricing.length);
  let pack: Pack | undefined;
  const top = new Float64Array(pricing.length);
  let bar = best.cost;
  let spent = 0;
  let cut = false;
  let last = Infinity;
  let plans = 0;

  /** A plan of the present prices, mended the more the better it is. */
  function plan(): void {
    plans += 1;
    if (plans > plansBeforeReturn && plans % plansPerReturn === 0) {
      restore(state, best.choices);
      tidy(triesOfReturn);
      if (state.cost() < best.cost) keep();
      if (plans > plansBeforePacks) repack(packsOfReturn);
    }
    const raw = greedy(field);
    if (raw === last) return;
    last = raw;
    tidy(raw < best.cost * promising ? triesOfPromising : 0);
    while (state.cost() < best.cost) {
      keep();
      tidy(triesOfBest);
    }
  }

  /** Packs the best plan anew, the further from it the earlier. */
  function repack(tries: number): void {
    pack ??= createPack(state, random, prices);
    restore(state, best.choices);
    const hottest = Math.max(2, (heatOfPacks * best.cost) / options.count);
    for (let each = 0; each < tries; each += 1) {
      pack(random() < 0.5 ? hottest * (1 / hottest) ** (each / tries) : 0);
      spent += optionsPerPack * options.count;
      if (state.cost() < best.cost) keep();
      if (each % packsPerLook === packsPerLook - 1 && isSpent()) return;
    }
  }

  function tidy(tries: number): void {
    spent += mend(tries) * optionsPerTry * options.count;
  }

  function keep(): void {
    best.cost = state.cost();
    best.choices = state.choices();
    bar = Math.min(bar, best.cost);
  }

  function isSpent(): boolean {
    onStep?.(spent / optionsPerUnit, best.cost);
    cut ||= spent >= most * optionsPerUnit || outOfTime();
    return cut;
  }

  /** Improves the node's prices; null once no plan below the bar can be in it, else its prices and open options. */
  function price(node: Node, steps: number, plansEvery: number): Node | null {
    prices.set(node.prices);
    top.set(node.prices);
    let { bound } = node;
    let local = -Infinity;
    let scale = node.depth === 0 ? 1 : 0.6;
    let idle = 0;
    gather(field, options, node.ids);
    pricing.reset();
    const stepsPerLook = Math.max(1, Math.min(10, Math.floor(optionsPerLook / node.ids.length)));
    for (let step = 0; step < steps && scale > 1e-3; step += 1) {
      const value = pricing.bound(field, prices);
      spent += (field.first[options.count] ?? 0) + fixed;
      if (value > bar - 1 + tolerance) return null;
      const better = value > local + 1e-3;
      if (better) {
        local = value;
        top.set(prices);
        bound = Math.max(bound, value);
        if (!filter(field, bar - 1 + tolerance - value)) return null;
      }
      idle = better ? 0 : idle + 1;
      if (idle >= (node.depth === 0 ? 20 : 8)) [scale, idle] = [scale * 0.6, 0];
      if (step % plansEvery === plansEvery - 1) plan();
      if (step * 3 >= steps) count(field);
      // No rule that has a price is broken: this is the best plan in the node, if no other rule forbids it.
      if (!pricing.step(field, prices, scale * (bar - value))) {
        plan();
        if (best.cost <= value + tolerance) return null;
      }
      if (step % stepsPerLook === stepsPerLook - 1 && isSpent()) break;
    }
    pricing.bound(field, top);
    plan();
    if (bound > bar - 1 + tolerance) return null;
    return { ids: openIds(field), prices: top.slice(), bound, depth: node.depth };
  }

  /** Looks at every plan in the root below the bar; answers the least bound that is left open. */
  function explore(root: Node): number {
    const open: Node[] = [root];
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.bound > bar - 1 + tolerance) continue;
      if (isSpent()) return [...open, node].reduce((least, { bound }) => Math.min(least, bound), bar);
      const priced = price(node, nodeSteps, nodeSteps);
      const parts = priced && split(field, options, lengths);
      if (!priced || !parts) continue;
      for (const ids of parts) open.push({ ...priced, ids, depth: node.depth + 1 });
    }
    return bar;
  }

  const all = Int32Array.from(options.choice, (_, id) => id);
  const start: Node = { ids: all, prices: new Float64Array(pricing.length), bound: -Infinity, depth: 0 };
  const done = (lowerBound: number): Grown => ({ ...best, lowerBound, units: Math.ceil(spent / optionsPerUnit) });
  if (isSpent()) return done(-Infinity);
  const root = price(start, rootSteps, plansAtRoot);
  if (!root) return done(best.cost);

  if (options.count >= manyPieces) {
    prices.set(root.prices);
    repack(Math.min(packsOfMany, Math.floor((packShare * most * optionsPerUnit) / (optionsPerPack * options.count))));
  }
  let lower = root.bound;
  for (let reach = firstReach(options, root.bound); ; reach *= 2) {
    bar = Math.min(best.cost, Math.ceil(root.bound + reach));
    lower = Math.max(lower, explore({ ...root, depth: 1 }));
    if (cut || lower >= best.cost) return done(Math.min(best.cost, lower));
  }
}

/** One part in a hundred of what plans cost beyond what nothing can help. */
function firstReach({ first, cost, count, from, size }: Options, bound: number): number {
  let hopeless = 0;
  for (let piece = 0; piece < count; piece += 1) {
    const [start, end] = [first[piece] ?? 0, first[piece + 1] ?? 0];
    if (end - start === 1 && (from[start] ?? 0) > size) hopeless += cost[start] ?? 0;
  }
  return Math.max(1, 0.01 * (bound - hopeless));
}

function count({ chosen, share }: Field): void {
  for (let piece = 0; piece < chosen.length; piece += 1) {
    const at = chosen[piece] ?? 0;
    share[at] = (share[at] ?? 0) + 1;
  }
}
