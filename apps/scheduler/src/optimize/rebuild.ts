import { at } from "./spans.ts";
import { atHome, type Choice, nowhere, type State } from "./state.ts";

const most = 8;
const mostChoices = 48;
const mostNodes = 400;

/** Puts a few pieces that were taken out back in the best way there is. */
export type Rebuild = (group: readonly number[], bar: number, noise: () => number) => boolean;

export function createRebuild(state: State): Rebuild {
  const { items } = state.problem;
  const choices = new Int32Array(most * mostChoices);
  const costs = new Float64Array(most * mostChoices);
  const counts = new Int32Array(most);
  const least = new Float64Array(most + 1);
  const order = new Int32Array(most);
  const now = new Int32Array(most);
  const found = new Int32Array(most);
  let size = 0;
  let bound = 0;
  let nodes = 0;

  function add(depth: number, choice: Choice, cost: number): void {
    // Insertion keeps each list sorted; noise changes the order only a little.
    const base = depth * mostChoices;
    let place = counts[depth] ?? 0;
    if (place === mostChoices) {
      if (cost >= (costs[base + place - 1] ?? 0)) return;
      place -= 1;
    } else counts[depth] = place + 1;
    for (; place > 0 && (costs[base + place - 1] ?? 0) > cost; place -= 1) {
      costs[base + place] = costs[base + place - 1] ?? 0;
      choices[base + place] = choices[base + place - 1] ?? 0;
    }
    costs[base + place] = cost;
    choices[base + place] = choice;
  }

  function cheapest(index: number): number {
    const item = at(items, index);
    const home = item.home && state.mayFit(index, atHome) ? item.home.cost : Infinity;
    let low = Math.min(home, item.unplaced);
    for (let position = 0; position < item.starts.length; position += 1) {
      const cost = item.costs[position] ?? 0;
      if (cost >= low) break;
      if (state.mayFit(index, position)) { low = cost; break; }
    }
    return low;
  }

  function list(depth: number, index: number, limit: number, noise: () => number): void {
    const item = at(items, index);
    counts[depth] = 0;
    if (item.home && item.home.cost <= limit && state.mayFit(index, atHome)) add(depth, atHome, item.home.cost + noise());
    for (let position = 0; position < item.starts.length; position += 1) {
      const cost = item.costs[position] ?? 0;
      if (cost > limit) break;
      if ((counts[depth] ?? 0) === mostChoices) break;
      if (state.mayFit(index, position)) add(depth, position, cost + noise());
    }
    if (item.unplaced <= limit) add(depth, nowhere, item.unplaced);
  }

  function visit(depth: number, cost: number): void {
    if (depth === size) {
      bound = cost;
      for (let each = 0; each < size; each += 1) found[each] = now[each] ?? 0;
      return;
    }
    const index = order[depth] ?? 0;
    const base = depth * mostChoices;
    const rest = least[depth + 1] ?? 0;
    const count = counts[depth] ?? 0;
    for (let each = 0; each < count; each += 1) {
      const total = cost + (costs[base + each] ?? 0);
      if (total + rest >= bound || nodes > mostNodes) return;
      const choice = choices[base + each] ?? 0;
      nodes += 1;
      if (choice === nowhere) {
        if (at(items, index).after.some((other) => state.isPlaced(other))) continue;
        now[depth] = nowhere;
        visit(depth + 1, total);
        continue;
      }
      if (!state.fits(index, choice)) continue;
      now[depth] = choice;
      state.put(index, choice);
      visit(depth + 1, total);
      state.take(index);
    }
  }

  return (group, bar, noise) => {
    size = Math.min(most, group.length);
    let sum = 0;
    const lows = group.map((index) => cheapest(index));
    for (const low of lows) sum += low;
    const slack = bar - sum;
    if (slack <= 0) return false;
    const ranked = group.map((index, each) => ({ index, low: lows[each] ?? 0 }));
    const done = new Set<number>();
    // Before what waits for it; else the one that loses most first.
    for (let depth = 0; depth < size; depth += 1) {
      const ready = ranked.filter(({ index }) => !done.has(index) && at(items, index).before.every((other) => done.has(other) || !group.includes(other)));
      const next = ready[0];
      if (!next) return false;
      done.add(next.index);
      order[depth] = next.index;
      list(depth, next.index, next.low + slack, noise);
    }
    least[size] = 0;
    for (let depth = size - 1; depth >= 0; depth -= 1) least[depth] = (least[depth + 1] ?? 0) + (counts[depth] === 0 ? Infinity : costs[depth * mostChoices] ?? 0);
    bound = bar;
    nodes = 0;
    const before = bound;
    visit(0, 0);
    if (bound >= before) return false;
    for (let depth = 0; depth < size; depth += 1) if (found[depth] !== nowhere) state.put(order[depth] ?? 0, found[depth] ?? 0);
    return true;
  };
}
