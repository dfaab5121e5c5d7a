import type { Explanation } from "../../contract/index.ts";
import { betterStarts } from "./better.ts";
import { type Bill, billOf, priceOf, workSlot } from "./bill.ts";
import { timesOf } from "./events.ts";
import type { Placed } from "../problem/placed.ts";
import { bestIfFree } from "./free.ts";
import { type Item, spanFrom } from "../problem/item.ts";
import { at, overlaps, type Span } from "../time/spans.ts";
import { atHome, type Choice, nowhere } from "../search/state.ts";
import type { World } from "./world.ts";
import { worse } from "./worse.ts";

/** So many tasks are told what kept them from better places; beyond, only what theirs costs. */
const mostTold = 100;
/** So many that were put by hand, and are still ahead, are told where they would stand best: each is a problem anew. */
const mostFreed = 10;

/** For each placed task, by index, what its place costs, what is in the way of better ones, and the next best one. */
export function explainPlaced(world: World, placed: readonly Placed[], heed: () => void): Map<number, Explanation> {
  const tasks = placed.filter(({ item }) => item.kind === "task");
  const { origin } = world.problem.axis;
  const isAhead = ({ item, start }: Placed) => item.locked && start >= origin;
  const told = new Set([
    ...tasks.slice(0, mostTold).filter(({ item }) => !item.locked),
    ...tasks.filter(isAhead).slice(0, mostFreed),
  ]);
  return new Map(
    tasks.map((each) => {
      heed();
      return [each.index, explain(world, each, told.has(each))];
    }),
  );
}

function explain(world: World, placed: Placed, isTold: boolean): Explanation {
  const { item, index } = placed;
  const { state } = world;
  const choice = state.choice(index);
  // Out of the plan while its other places are looked at: it is not in its own way.
  state.take(index);
  const bill = billOf(world, index, choice);
  const costs = Object.fromEntries([...bill].filter(([, cost]) => cost !== 0));
  const better = isTold && !item.locked ? betterStarts(world, index, choice) : [];
  const next = () => (item.locked ? bestIfFree(state, placed, total(bill)) : nextBest(world, index, choice));
  const explanation = { costs, better, next_best: isTold ? next() : null };
  state.put(index, choice);
  return explanation;
}

function total(bill: Bill): number {
  return [...bill.values()].reduce((sum, cost) => sum + cost, 0);
}

/** The cheapest place that is free while all else stays, clear of the one that it has. */
function nextBest(world: World, index: number, now: Choice): Explanation["next_best"] {
  const { state, problem } = world;
  const item = at(problem.items, index);
  const choice = cheapestElsewhere(world, index, now);
  if (choice === nowhere) return null;

  const here = { ...spanAt(world, item, now), bill: billOf(world, index, now) };
  const there = { ...spanAt(world, item, choice), bill: billOf(world, index, choice) };
  return {
    ...timesOf(problem.calendar.zone, there),
    extra_cost: priceOf(state, index, choice) - priceOf(state, index, now),
    reason: worse(world, item, here, there),
  };
}

function cheapestElsewhere(world: World, index: number, now: Choice): Choice {
  const { state, problem } = world;
  const item = at(problem.items, index);
  const here = spanAt(world, item, now);
  let best: { choice: Choice; cost: number } = { choice: nowhere, cost: Infinity };
  const consider = (choice: Choice): void => {
    if (overlaps(spanAt(world, item, choice), here) || !state.fits(index, choice)) return;
    const cost = priceOf(state, index, choice);
    if (cost < best.cost) best = { choice, cost };
  };
  if (item.home && now !== atHome) consider(atHome);
  for (let choice = 0; choice < item.starts.length && (item.costs[choice] ?? 0) < best.cost; choice += 1)
    consider(choice);
  return best.choice;
}

function spanAt(world: World, item: Item, choice: Choice): Span {
  if (choice === atHome && item.was) return item.was;
  return spanFrom(item, world.problem.axis, workSlot(world, item, choice));
}
