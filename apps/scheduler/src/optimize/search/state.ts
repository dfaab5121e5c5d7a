import { createOccupancy, type Occupancy } from "./occupancy.ts";
import type { Model } from "./model.ts";
import { at, type Span } from "../time/spans.ts";
import { createTally, slotOfHome } from "./tally.ts";

/** A place of an item: a position in its `starts`, or one of these. */
export type Choice = number;
export const nowhere: Choice = -2;
export const atHome: Choice = -1;

/** A plan in the making. It never breaks a hard rule: places that would are not offered. */
export type State<M extends Model = Model> = {
  readonly problem: M;
  readonly space: Occupancy;
  /** Sum of what every placed and every left-out item costs. */
  cost(): number;
  choice(index: number): Choice;
  isPlaced(index: number): boolean;
  span(index: number): Span | null;
  /** The cheapest place that is free now; with `skip` some are passed over by chance. */
  best(index: number, skip?: () => boolean): Choice;
  /** What the item costs where it is put or would be put. */
  costAt(index: number, choice: Choice): number;
  /** What putting it there, where it is not put yet, costs beyond that by the other items of the day; never negative. */
  added(index: number, choice: Choice): number;
  fits(index: number, choice: Choice): boolean;
  /** The same, but what it waits for may still have no place. */
  mayFit(index: number, choice: Choice): boolean;
  put(index: number, choice: Choice): void;
  /** Takes an item and, as they cannot stand without it, nothing else: callers see to what waits for it. */
  take(index: number): void;
  choices(): Int32Array;
};

export function createState<M extends Model>(problem: M): State<M> {
  const { items } = problem;
  const space = createOccupancy(problem);
  const chosen = new Int32Array(items.length).fill(nowhere);
  const tally = createTally(problem);
  const homeSlots = Int32Array.from(items, ({ was }) => (was ? slotOfHome(problem, was.start) : 0));
  let total = items.reduce((sum, { unplaced }) => sum + unplaced, 0);

  const isPlaced = (index: number) => chosen[index] !== nowhere;
  const slotsOf = (index: number, choice: Choice): [number, number] => {
    const { home, starts, slots } = at(items, index);
    if (choice === atHome && home) return [home.from, home.to];
    const start = starts[choice] ?? 0;
    return [start, start + slots];
  };

  /** The slot in which the work starts, as the day's costs and caps count it. */
  const workSlot = (index: number, choice: Choice): number => {
    const { starts, lead } = at(items, index);
    if (choice === atHome) return homeSlots[index] ?? 0;
    return (starts[choice] ?? 0) + lead;
  };

  /** Items that wait for it and are placed must start after its end; it must start after those it waits for. */
  function bounds(index: number, patient: boolean): [number, number] {
    const { before, after, lags } = at(items, index);
    let first = 0;
    let last = Infinity;
    for (let each = 0; each < before.length; each += 1) {
      const other = before[each] ?? 0;
      if (!isPlaced(other) && patient) continue;
      if (!isPlaced(other)) return [1, 0];
      first = Math.max(first, (space.to[other] ?? 0) + (lags[each] ?? 0));
    }
    for (const other of after)
      if (isPlaced(other)) last = Math.min(last, (space.from[other] ?? 0) - lagOf(other, index));
    return [first, last];
  }

  function lagOf(index: number, waitsFor: number): number {
    const { before, lags } = at(items, index);
    return lags[before.indexOf(waitsFor)] ?? 0;
  }

  const fits = (index: number, choice: Choice) => fitsWithin(index, choice, bounds(index, false));
  const mayFit = (index: number, choice: Choice) => fitsWithin(index, choice, bounds(index, true));

  function fitsWithin(index: number, choice: Choice, [first, last]: [number, number]): boolean {
    const [from, to] = slotsOf(index, choice);
    if (from < first || to > last || !tally.hasRoom(index, workSlot(index, choice))) return false;
    if (choice !== atHome) return space.isFree(from, to) && space.isRested(index, from, to);
    return space.isHomeFree(index) && (!at(items, index).home?.resized || space.isRested(index, from, to));
  }

  function costAt(index: number, choice: Choice): number {
    const item = at(items, index);
    if (choice === nowhere) return item.unplaced;
    return choice === atHome ? (item.home?.cost ?? 0) : (item.costs[choice] ?? 0);
  }

  function added(index: number, choice: Choice): number {
    return choice === nowhere ? 0 : tally.added(index, workSlot(index, choice));
  }

  function best(index: number, skip?: () => boolean): Choice {
    const { starts, costs, slots, home, lead } = at(items, index);
    const [first, last] = bounds(index, false);
    if (first > last) return nowhere;

    const isPriced = tally.isPriced(index);
    let found: Choice = home && fits(index, atHome) ? atHome : nowhere;
    let bar = found === atHome ? costAt(index, atHome) + added(index, atHome) : Infinity;
    for (let position = 0; position < starts.length; position += 1) {
      const cost = costs[position] ?? 0;
      if (cost >= bar) break;
      const from = starts[position] ?? 0;
      if (from < first || from + slots > last || !space.isFree(from, from + slots)) continue;
      if (!tally.hasRoom(index, from + lead) || !space.isRested(index, from, from + slots) || skip?.()) continue;
      const whole = isPriced ? cost + tally.added(index, from + lead) : cost;
      if (whole >= bar) continue;
      bar = whole;
      found = position;
      if (!isPriced) break;
    }
    return found;
  }

  function put(index: number, choice: Choice): void {
    const [from, to] = slotsOf(index, choice);
    total += costAt(index, choice) - at(items, index).unplaced + added(index, choice);
    chosen[index] = choice;
    tally.put(index, workSlot(index, choice));
    space.put(index, from, to, choice === atHome);
  }

  function take(index: number): void {
    const choice = chosen[index] ?? nowhere;
    tally.take(index);
    total -= costAt(index, choice) - at(items, index).unplaced + added(index, choice);
    chosen[index] = nowhere;
    space.take(index);
  }

  return {
    problem,
    space,
    cost: () => total,
    choice: (index) => chosen[index] ?? nowhere,
    isPlaced,
    span: (index) => (isPlaced(index) ? space.span(index) : null),
    best,
    costAt,
    added,
    fits,
    mayFit,
    put,
    take,
    choices: () => chosen.slice(),
  };
}

/** Puts everything where `choices` says; items are taken first where they stand elsewhere. */
export function restore(state: State, choices: Int32Array): void {
  choices.forEach((choice, index) => {
    if (state.isPlaced(index) && state.choice(index) !== choice) state.take(index);
  });
  choices.forEach((choice, index) => {
    if (choice !== nowhere && !state.isPlaced(index)) state.put(index, choice);
  });
}

/** Cost that the plan has for its own sake, in minutes of lateness; see weights.ts. */
export function placedTasks(state: State): number {
  return state.problem.items.filter(({ kind }, index) => kind === "task" && state.isPlaced(index)).length;
}
