import { at } from "../time/spans.ts";
import { atHome, type Choice, nowhere, type State } from "./state.ts";

/**
 * Puts pieces that were taken out back in the cheapest way that costs less than a bar, or not at all and answers false.
 * Exact but for two limits: so many choices of a piece are looked at, so many partial plans in all.
 */
export type Rebuild = (group: readonly number[], bar: number) => boolean;

export const mostInGroup = 8;
const mostChoices = 48;
const mostNodes = 400;

export function createRebuild(state: State): Rebuild {
  const { items } = state.problem;
  const choices = new Int32Array(mostInGroup * mostChoices);
  const costs = new Float64Array(mostInGroup * mostChoices);
  const counts = new Int32Array(mostInGroup);
  /** What the pieces from a depth on cost at least. */
  const least = new Float64Array(mostInGroup + 1);
  const now = new Int32Array(mostInGroup);
  const found = new Int32Array(mostInGroup);
  let order: number[] = [];
  let bound = 0;
  let nodes = 0;

  function cheapest(index: number): number {
    const { starts, costs: all, home, unplaced } = at(items, index);
    const bar = home && state.mayFit(index, atHome) ? Math.min(home.cost, unplaced) : unplaced;
    for (let position = 0; position < starts.length && (all[position] ?? 0) < bar; position += 1)
      if (state.mayFit(index, position)) return all[position] ?? 0;
    return bar;
  }

  /** Where a piece may stand for no more than a limit, cheapest first. */
  function list(depth: number, index: number, limit: number): void {
    const { starts, costs: all, home, unplaced } = at(items, index);
    counts[depth] = 0;
    const atHomeFor = home && home.cost <= limit && state.mayFit(index, atHome) ? home.cost : Infinity;
    let listed = atHomeFor === Infinity;
    for (let position = 0; position < starts.length; position += 1) {
      const cost = all[position] ?? 0;
      if (!listed && cost >= atHomeFor) listed = add(depth, atHome, atHomeFor);
      if (cost > Math.min(limit, unplaced) || (counts[depth] ?? 0) >= mostChoices - 2) break;
      if (state.mayFit(index, position)) add(depth, position, cost);
    }
    if (!listed) add(depth, atHome, atHomeFor);
    if (unplaced <= limit) add(depth, nowhere, unplaced);
  }

  function add(depth: number, choice: Choice, cost: number): boolean {
    const place = depth * mostChoices + (counts[depth] ?? 0);
    choices[place] = choice;
    costs[place] = cost;
    counts[depth] = (counts[depth] ?? 0) + 1;
    return true;
  }

  function visit(depth: number, cost: number): void {
    if (depth === order.length) {
      bound = cost;
      found.set(now);
      return;
    }
    const index = order[depth] ?? 0;
    const first = depth * mostChoices;
    for (let each = first; each < first + (counts[depth] ?? 0); each += 1) {
      const total = cost + (costs[each] ?? 0);
      if (total + (least[depth + 1] ?? 0) >= bound || nodes > mostNodes) return;
      nodes += 1;
      const choice = choices[each] ?? nowhere;
      now[depth] = choice;
      if (choice === nowhere) {
        if (!at(items, index).after.some(state.isPlaced)) visit(depth + 1, total);
      } else if (state.fits(index, choice)) {
        state.put(index, choice);
        visit(depth + 1, total);
        state.take(index);
      }
    }
  }

  return (group, bar) => {
    const lows = new Map(group.map((index) => [index, cheapest(index)]));
    const slack = bar - group.reduce((sum, index) => sum + (lows.get(index) ?? 0), 0);
    if (slack <= 0) return false;

    order = inOrder(state, group);
    order.forEach((index, depth) => list(depth, index, (lows.get(index) ?? 0) + slack));
    least[order.length] = 0;
    for (let depth = order.length - 1; depth >= 0; depth -= 1)
      least[depth] = (least[depth + 1] ?? 0) + (lows.get(order[depth] ?? 0) ?? 0);
    bound = bar;
    nodes = 0;
    visit(0, 0);
    if (bound >= bar) return false;
    order.forEach((index, depth) => found[depth] !== nowhere && state.put(index, found[depth] ?? nowhere));
    return true;
  };
}

/** The pieces as they were given, but each after those of them that it waits for. */
function inOrder({ problem: { items } }: State, group: readonly number[]): number[] {
  const order: number[] = [];
  const visit = (index: number): void => {
    if (order.includes(index)) return;
    for (const other of at(items, index).before) if (group.includes(other)) visit(other);
    order.push(index);
  };
  group.forEach(visit);
  return order;
}
