import { timeOf } from "../time/axis.ts";
import type { CostName } from "../problem/costs.ts";
import type { Item } from "../problem/item.ts";
import { at, minuteMs } from "../time/spans.ts";
import { atHome, type Choice } from "../search/state.ts";
import type { World } from "./world.ts";

/** What a place costs by each soft rule; those that depend on the rest of the day included. */
export type Bill = ReadonlyMap<CostName | "category_switch" | "balance", number>;

/** The slot in which work starts at a place. */
export function workSlot({ problem: { axis } }: World, { starts, lead, was }: Item, choice: Choice): number {
  if (choice === atHome) return Math.max(0, Math.floor(((was?.start ?? 0) - axis.origin) / (axis.grid * minuteMs)));
  return (starts[choice] ?? 0) + lead;
}

export function billOf(world: World, index: number, choice: Choice): Bill {
  const { problem, state } = world;
  const item = at(problem.items, index);
  const slot = workSlot(world, item, choice);
  const rules = item.rules.filter(({ name }) => name !== "moved" || choice !== atHome);
  const bill = new Map<CostName | "category_switch" | "balance", number>(
    rules.map(({ name, cost }) => [name, cost(slot)]),
  );
  const added = state.added(index, choice);
  const balance = problem.balance === 0 ? 0 : problem.switching === 0 ? added : evened(world, index, slot);
  return bill.set("balance", balance).set("category_switch", added - balance);
}

/** What the hours of the day, squared, grow by. */
function evened({ problem, state }: World, index: number, slot: number): number {
  const time = timeOf(problem.axis, slot);
  const day = problem.days.find(({ start, end }) => start <= time && time < end);
  if (!day) return 0;
  const before = problem.items.reduce((sum, { work }, other) => {
    const span = state.span(other);
    return span && span.start >= day.start && span.start < day.end ? sum + work : sum;
  }, 0);
  const cost = (sum: number) => Math.round(problem.balance * (sum / 60) ** 2);
  return cost(before + at(problem.items, index).work) - cost(before);
}
