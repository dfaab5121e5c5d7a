import { slotOf, timeOf } from "../time/axis.ts";
import type { CostName, CostRule } from "../problem/costs.ts";
import type { Item } from "../problem/item.ts";
import type { Problem } from "../problem/problem.ts";
import { at, type Span } from "../time/spans.ts";
import { atHome, type Choice, type State } from "../search/state.ts";
import { slotOfHome } from "../search/tally.ts";
import type { World } from "./world.ts";

/** What a place costs by each soft rule; those that depend on the rest of the day included. */
export type Bill = ReadonlyMap<Line, number>;
type Line = CostName | "category_switch" | "balance";

/** What each soft rule about it alone would cost it there; `time` is when its work starts. */
export function costsAt(item: Item, { axis }: Pick<Problem, "axis">, time: number): Map<CostName, number> {
  const slot = slotOf(axis, time);
  return new Map(item.rules.map(({ name, cost }) => [name, cost(slot)]));
}

/** The rules that speak about it there: who stays where he stood does not move, though the slot may begin later. */
export function rulesAt({ rules }: Item, choice: Choice): readonly CostRule[] {
  return choice === atHome ? rules.filter(({ name }) => name !== "moved") : rules;
}

/** The slot in which work starts at a place. */
export function workSlot({ problem: { axis } }: World, { starts, lead, was }: Item, choice: Choice): number {
  if (choice === atHome) return slotOf(axis, was?.start ?? axis.origin);
  return (starts[choice] ?? 0) + lead;
}

/** The sum of {@link billOf}: what the place costs, and what it adds to the cost of its day. */
export function priceOf(state: State<Problem>, index: number, choice: Choice): number {
  return state.costAt(index, choice) + state.added(index, choice);
}

/** @param index of an item that is not placed */
export function billOf(world: World, index: number, choice: Choice): Bill {
  const { problem, state } = world;
  const item = at(problem.items, index);
  const slot = workSlot(world, item, choice);
  const bill = new Map<Line, number>(rulesAt(item, choice).map(({ name, cost }) => [name, cost(slot)]));
  const added = state.added(index, choice);
  const balance = problem.balance === 0 ? 0 : problem.switching === 0 ? added : evened(world, index, choice);
  return bill.set("balance", balance).set("category_switch", added - balance);
}

/** What the hours of the day, squared, grow by. */
function evened(world: World, index: number, choice: Choice): number {
  const { problem, state } = world;
  const day = dayOf(world, index, choice);
  if (!day) return 0;
  const before = problem.items.reduce((sum, { work }, other) => {
    const span = state.span(other);
    return span && span.start >= day.start && span.start < day.end ? sum + work : sum;
  }, 0);
  const cost = (sum: number) => Math.round(problem.balance * (sum / 60) ** 2);
  return cost(before + at(problem.items, index).work) - cost(before);
}

/** The day that a place counts for; none where it is outside of the days planned. */
function dayOf(world: World, index: number, choice: Choice): Span | undefined {
  const { axis, days, items } = world.problem;
  const item = at(items, index);
  const isHome = choice === atHome && item.was !== null;
  const slot = isHome ? slotOfHome({ axis, days }, item.was.start) : workSlot(world, item, choice);
  const time = timeOf(axis, slot);
  return slot < 0 ? undefined : days.find(({ start, end }) => start <= time && time < end);
}
