import { makeRoom } from "./eject.ts";
import { at } from "../time/spans.ts";
import { nowhere, type State } from "./state.ts";

/** Items that were taken out or moved, with where they stood. */
export type Taken = { item: number; choice: number }[];

const firstReach = 16;
const longestChain = 24;

/** Takes a few items out: neighbours in time, any, or what stands in the way of a better place for one of them. */
export function ruin(state: State, moveable: readonly number[], random: () => number): Taken {
  const kind = random();
  if (kind < 0.2) return force(state, moveable, random);

  const placed = moveable.filter((index) => state.isPlaced(index));
  const many = 1 + Math.floor(random() * Math.min(10, Math.max(2, placed.length / 3)));
  const chosen = kind < 0.8 ? neighbours(state, placed, many, random) : sample(placed, many, random);
  return takeAll(state, random() < 0.5 ? withWaiting(state, chosen) : chosen);
}

/** The items that stand nearest in time to one of them, by an ever wider window around it. */
function neighbours(state: State, placed: readonly number[], many: number, random: () => number): number[] {
  const [centre] = sample(placed, 1, random);
  if (centre === undefined) return [];
  const { space, problem } = state;
  const middle = space.from[centre] ?? 0;
  const wanted = Math.min(many, placed.length);
  let found: number[] = [];
  for (let reach = firstReach; found.length < wanted && reach < 2 * problem.axis.size; reach *= 2)
    found = space.within(middle - reach, middle + reach).filter((index) => !at(problem.items, index).locked);

  const away = (index: number) => Math.abs((space.from[index] ?? 0) - middle);
  return found.sort((a, b) => away(a) - away(b) || a - b).slice(0, wanted);
}

/** With what waits for them, directly or not, so that a whole chain may shift; long chains are cut. */
function withWaiting({ problem }: State, chosen: readonly number[]): number[] {
  const all = new Set(chosen);
  for (const index of all) {
    if (all.size >= longestChain) break;
    for (const other of at(problem.items, index).after) if (!at(problem.items, other).locked) all.add(other);
  }
  return [...all];
}

/** Takes one item, puts it to a cheaper start at random, and takes whatever stood there. */
function force(state: State, moveable: readonly number[], random: () => number): Taken {
  const dear = random() < 0.5 ? moveable.filter((index) => isMostOfTheCost(state, index)) : [];
  const [index] = sample(dear.length > 0 ? dear : moveable, 1, random);
  if (index === undefined) return [];
  const { costs } = at(state.problem.items, index);
  const choice = state.choice(index);
  const now = state.costAt(index, choice);
  const cheaper = below(costs, now);
  if (cheaper === 0) return takeAll(state, [index]);

  if (choice !== nowhere) state.take(index);
  const position = Math.floor(random() * random() * cheaper);
  const moved = makeRoom(state, index, position);
  if (moved) state.put(index, position);
  return [{ item: index, choice }, ...(moved ?? [])];
}

/** Whether leaving it out is most of what the plan costs: a place for it is worth more than all else. */
function isMostOfTheCost(state: State, index: number): boolean {
  return !state.isPlaced(index) && 2 * at(state.problem.items, index).unplaced > state.cost();
}

/** How many of the sorted costs are below a bound. */
function below(costs: Int32Array, bound: number): number {
  let low = 0;
  let high = costs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((costs[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function takeAll(state: State, indices: readonly number[]): Taken {
  const placed = indices.filter((index) => state.isPlaced(index));
  const taken = placed.map((item) => ({ item, choice: state.choice(item) }));
  for (const { item } of taken) state.take(item);
  return taken;
}

/** Up to `many` different elements, by chance. */
export function sample<T>(list: readonly T[], many: number, random: () => number): T[] {
  const rest = [...list];
  const chosen: T[] = [];
  while (chosen.length < many && rest.length > 0) {
    const index = Math.floor(random() * rest.length);
    chosen.push(at(rest, index));
    rest[index] = at(rest, rest.length - 1);
    rest.pop();
  }
  return chosen;
}
