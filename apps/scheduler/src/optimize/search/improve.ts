import { serial } from "./construct.ts";
import { lowest } from "./model.ts";
import { ruin, sample, type Taken } from "./ruin.ts";
import { at } from "../time/spans.ts";
import { nowhere, restore, type State } from "./state.ts";

/** How long to search. `iterations` decides; `outOfTime` is only the safety cut. */
export type Budget = {
  readonly random: () => number;
  readonly iterations: number;
  readonly outOfTime: () => boolean;
  /** Told how far it is, what the best plan so far costs, and which places that has. */
  readonly onStep?: (iteration: number, cost: number, choices: () => Int32Array) => void;
  /** Told what no plan costs less than, as it rises. */
  readonly onBound?: (lowerBound: number) => void;
  /**
   * Given the functions of the search to hold on to until the next one: V8 forgets what it compiled for functions of which
   * none is left at a collection of garbage, and compiles it anew while the next search takes three times as long.
   */
  readonly hold?: (searched: unknown) => void;
};

const stepsPerReport = 32;
const stepsPerLook = 4;
const blinkShare = 0.03;
const coldest = 1;

/**
 * Ruin and recreate (Schrimpf et al. 2000) with blinks (Christiaens and Vanden Berghe 2020): takes a few items out, puts
 * them back another way, and keeps the change by simulated annealing over the iteration count. Leaves the best plan
 * seen in `state`; answers how many iterations were done before time ran out.
 */
export function improve(state: State, budget: Budget): number {
  const { random, iterations } = budget;
  const moveable = state.problem.items.flatMap(({ locked }, index) => (locked ? [] : [index]));
  const floor = lowest(state.problem);
  if (moveable.length === 0) return iterations;

  let best = { cost: state.cost(), choices: state.choices() };
  const hottest = Math.max(20, excess(state) / moveable.length);
  let done = 0;
  for (; done < iterations && best.cost > floor; done += 1) {
    if (done % stepsPerLook === 0 && budget.outOfTime()) break;
    if (done % stepsPerReport === 0) budget.onStep?.(done, best.cost, () => best.choices);
    const heat = hottest * (coldest / hottest) ** (done / iterations);
    attempt(state, moveable, random, heat);
    if (state.cost() < best.cost) best = { cost: state.cost(), choices: state.choices() };
  }
  restore(state, best.choices);
  return best.cost > floor ? done : iterations;
}

/** What placed items cost above their cheapest places: the scale on which worse plans are still worth a look. */
function excess(state: State): number {
  return state.problem.items.reduce((sum, { costs, home }, index) => {
    if (!state.isPlaced(index)) return sum;
    const least = Math.min(costs[0] ?? Infinity, home?.cost ?? Infinity);
    return sum + state.costAt(index, state.choice(index)) - least;
  }, 0);
}

function attempt(state: State, moveable: readonly number[], random: () => number, heat: number): void {
  const before = state.cost();
  const removed = ruin(state, moveable, random);
  const left = moveable.filter((index) => !state.isPlaced(index) && !removed.some(({ item }) => item === index));
  const extra = sample(left, 3, random).map((item) => ({ item, choice: nowhere }));
  const touched: Taken = [...removed, ...extra];

  serial(
    state,
    ordered(
      state,
      touched.map(({ item }) => item),
      random,
    ),
    () => random() < blinkShare,
  );
  const worse = state.cost() - before;
  if (isWhole(state, touched) && (worse <= 0 || random() < Math.exp(-worse / heat))) return;

  for (const { item } of touched) if (state.isPlaced(item)) state.take(item);
  for (const { item, choice } of touched) if (choice !== nowhere) state.put(item, choice);
}

/** Nothing stands that waits for something left out. */
function isWhole(state: State, touched: Taken): boolean {
  return touched.every(
    ({ item }) => state.isPlaced(item) || !at(state.problem.items, item).after.some((other) => state.isPlaced(other)),
  );
}

/** In which order things come back: by what leaving out costs, by deadline, by length, by how few places, by chance. */
function ordered({ problem: { items } }: State, indices: readonly number[], random: () => number): number[] {
  const kind = Math.floor(random() * 5);
  const key = (index: number): number => {
    const item = at(items, index);
    if (kind === 0) return -item.unplaced / item.minutes;
    if (kind === 1) return Math.min(item.due, Number.MAX_SAFE_INTEGER);
    if (kind === 2) return -item.minutes;
    if (kind === 3) return item.starts.length;
    return random();
  };
  return indices
    .map((index) => ({ index, key: key(index) }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .map(({ index }) => index);
}
