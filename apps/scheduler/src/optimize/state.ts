import { createOccupancy, type Occupancy } from "./occupancy.ts";
import type { Model } from "./model.ts";
import { at, minuteMs, type Span } from "./spans.ts";

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
  fits(index: number, choice: Choice): boolean;
  /** The same, but what it waits for may still have no place. */
  mayFit(index: number, choice: Choice): boolean;
  put(index: number, choice: Choice): void;
  /** Takes an item and, as they cannot stand without it, nothing else: callers see to what waits for it. */
  take(index: number): void;
  choices(): Int32Array;
};

export function createState<M extends Model>(problem: M): State<M> {
  const { items, balance } = problem;
  const space = createOccupancy(problem);
  const chosen = new Int32Array(items.length).fill(nowhere);
  const load = createLoad(problem);
  let total = items.reduce((sum, { unplaced }) => sum + unplaced, 0);

  const isPlaced = (index: number) => chosen[index] !== nowhere;
  const slotsOf = (index: number, choice: Choice): [number, number] => {
    const { home, starts, slots } = at(items, index);
    if (choice === atHome && home) return [home.from, home.to];
    const start = starts[choice] ?? 0;
    return [start, start + slots];
  };

  /** Items that wait for it and are placed must start after its end; it must start after those it waits for. */
  function bounds(index: number, patient: boolean): [number, number] {
    const { before, after } = at(items, index);
    let first = 0;
    let last = Infinity;
    for (const other of before) {
      if (!isPlaced(other) && patient) continue;
      if (!isPlaced(other)) return [1, 0];
      first = Math.max(first, space.to[other] ?? 0);
    }
    for (const other of after) if (isPlaced(other)) last = Math.min(last, space.from[other] ?? 0);
    return [first, last];
  }

  const fits = (index: number, choice: Choice) => fitsWithin(index, choice, bounds(index, false));
  const mayFit = (index: number, choice: Choice) => fitsWithin(index, choice, bounds(index, true));

  function fitsWithin(index: number, choice: Choice, [first, last]: [number, number]): boolean {
    const [from, to] = slotsOf(index, choice);
    if (from < first || to > last) return false;
    return choice === atHome ? space.isHomeFree(index) : space.isFree(from, to) && space.isRested(index, from, to);
  }

  function costAt(index: number, choice: Choice): number {
    const item = at(items, index);
    if (choice === nowhere) return item.unplaced;
    return choice === atHome ? (item.home?.cost ?? 0) : (item.costs[choice] ?? 0);
  }

  function best(index: number, skip?: () => boolean): Choice {
    const { starts, costs, slots, home } = at(items, index);
    const [first, last] = bounds(index, false);
    if (first > last) return nowhere;

    let found: Choice = home && fits(index, atHome) ? atHome : nowhere;
    let bar = found === atHome ? costAt(index, atHome) + load.added(index, home?.from ?? 0) : Infinity;
    for (let position = 0; position < starts.length; position += 1) {
      const cost = costs[position] ?? 0;
      if (cost >= bar) break;
      const from = starts[position] ?? 0;
      if (from < first || from + slots > last || !space.isFree(from, from + slots)) continue;
      if (!space.isRested(index, from, from + slots) || skip?.()) continue;
      const whole = cost + load.added(index, from);
      if (whole >= bar) continue;
      bar = whole;
      found = position;
      if (balance === 0) break;
    }
    return found;
  }

  function put(index: number, choice: Choice): void {
    const [from, to] = slotsOf(index, choice);
    total += costAt(index, choice) - at(items, index).unplaced + load.add(index, from, 1);
    chosen[index] = choice;
    space.put(index, from, to, choice === atHome);
  }

  function take(index: number): void {
    total -= costAt(index, chosen[index] ?? nowhere) - at(items, index).unplaced;
    total += load.add(index, space.from[index] ?? 0, -1);
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
    fits,
    mayFit,
    put,
    take,
    choices: () => chosen.slice(),
  };
}

/** Work planned per day, for the weight that evens days out: hours squared, so that the fuller day costs more. */
function createLoad({ axis, days, items, balance }: Model) {
  const hours = new Float64Array(Math.max(1, days.length));
  const dayOf = new Int32Array(axis.size + 1);
  let day = 0;
  for (let slot = 0; slot < dayOf.length; slot += 1) {
    const time = axis.origin + slot * axis.grid * minuteMs;
    while (day < days.length - 1 && time >= at(days, day).end) day += 1;
    dayOf[slot] = day;
  }
  const cost = (index: number, from: number, sign: 1 | -1) => {
    const before = hours[dayOf[from] ?? 0] ?? 0;
    const after = before + (sign * at(items, index).work) / 60;
    return {
      after,
      extra: Math.round(balance * after * after) - Math.round(balance * before * before),
    };
  };
  return {
    added: (index: number, from: number) => (balance === 0 ? 0 : cost(index, from, 1).extra),
    add: (index: number, from: number, sign: 1 | -1) => {
      if (balance === 0) return 0;
      const { after, extra } = cost(index, from, sign);
      hours[dayOf[from] ?? 0] = after;
      return extra;
    },
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
