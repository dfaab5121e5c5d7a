import { ejectInto } from "./eject.ts";
import type { Model, Piece } from "./model.ts";
import { timeOf } from "../time/axis.ts";
import { atHome, createState, nowhere, restore, type State } from "./state.ts";
import { at, minuteMs } from "../time/spans.ts";

const stepsPerLook = 4;

/**
 * What nothing may displace comes first: pinned tasks, then events that may stay, events that must move, lunches. An
 * event without any other place stays where it is.
 * @param heed called at each of the last two; what it throws ends the work
 */
export function createFoundation<M extends Model>(problem: M, heed: () => void = () => undefined): State<M> {
  const state = createState(problem);
  const indices = problem.items.map((_, index) => index);
  const kind = (name: Piece["kind"]) => indices.filter((index) => at(problem.items, index).kind === name);

  for (const index of indices) if (at(problem.items, index).locked) state.put(index, atHome);
  for (const index of kind("event")) if (state.fits(index, atHome)) state.put(index, atHome);
  for (const index of [...kind("event"), ...kind("lunch")]) {
    heed();
    settle(state, index);
  }
  return state;
}

/** Gives it its cheapest free place, or one that something else makes way for. */
export function settle(state: State, index: number): void {
  if (state.isPlaced(index)) return;
  const choice = state.best(index);
  if (choice === nowhere) ejectInto(state, index, () => 0);
  else state.put(index, choice);
}

/**
 * Places the tasks in this order, each at its cheapest free start once those that it waits for stand.
 * @param isOver asked every few tasks; ends it with the rest left out
 */
export function serial(state: State, order: readonly number[], skip?: () => boolean, isOver?: () => boolean): void {
  const waiting = new Set(order);
  const pending = order.toReversed();
  let steps = 0;
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    steps += 1;
    if (steps % stepsPerLook === 0 && isOver?.()) return;
    if (!waiting.has(index)) continue;
    const missing = at(state.problem.items, index).before.filter((other) => waiting.has(other));
    if (missing.length > 0) {
      pending.push(index, ...missing);
      continue;
    }
    waiting.delete(index);
    if (state.isPlaced(index)) continue;
    const choice = state.best(index, skip);
    if (choice !== nowhere) state.put(index, choice);
  }
}

/** The best of several priority rules, each made into a plan by {@link serial}. */
export function construct<M extends Model>(problem: M, outOfTime: () => boolean): State<M> {
  const state = createFoundation(problem, () => void outOfTime());
  const foundation = state.choices();
  const tasks = problem.items.flatMap((item, index) => (item.kind === "task" && !item.locked ? [index] : []));
  let best: { cost: number; choices: Int32Array } | undefined;
  for (const rule of rules(problem, tasks)) {
    if (best && outOfTime()) break;
    restore(state, foundation);
    const isFirst = best === undefined;
    // Time does not end the first, as there is no other plan; but it is asked, since who cancels throws.
    serial(state, rule(), undefined, () => outOfTime() && !isFirst);
    if (!best || state.cost() < best.cost) best = { cost: state.cost(), choices: state.choices() };
  }
  if (best) restore(state, best.choices);
  return state;
}

function rules(problem: Model, tasks: readonly number[]): (() => number[])[] {
  const { items } = problem;
  const urgency = inherit(problem, tasks);
  const by = (key: (index: number) => number) => () =>
    tasks
      .map((index) => ({ index, key: key(index) }))
      .sort((a, b) => a.key - b.key || a.index - b.index)
      .map(({ index }) => index);
  const weight = (index: number) => urgency.weight[index] ?? 1;
  const due = (index: number) => urgency.due[index] ?? Infinity;
  const length = (index: number) => at(items, index).minutes;
  const places = (index: number) => at(items, index).starts.length;
  const atHomeFirst = (index: number) => (at(items, index).home ? 0 : 1);

  const listed = [
    by((index) => atHomeFirst(index) * 1e15 - weight(index)),
    by((index) => -weight(index) * 1e15 + Math.min(due(index), 1e15 - 1)),
    by((index) => Math.min(due(index), Number.MAX_SAFE_INTEGER)),
    by((index) => -weight(index) / length(index)),
    by((index) => places(index)),
    by((index) => -length(index) * weight(index)),
    // Regret on the empty calendar: who loses most between its best and its second-best day comes first.
    by((index) => -regret(at(items, index), problem)),
  ];
  return [...listed, ...[0.5, 1, 2, 4].map((k) => () => apparentTardiness(problem, tasks, k, urgency))];
}

type Urgency = { weight: Float64Array; due: Float64Array };

/** A task is as urgent as what waits for it: deadlines move up by the lengths between, weights carry over. */
function inherit({ items }: Model, tasks: readonly number[]): Urgency {
  const weight = Float64Array.from(items, (item) => item.weight);
  const due = Float64Array.from(items, (item) => item.due);
  // Each pass carries one step further; chains are as long as tasks are many at most, and settle early.
  for (let pass = 0, changed = true; changed && pass < tasks.length; pass += 1) {
    changed = false;
    for (const index of tasks)
      for (const other of at(items, index).after) {
        const latest = (due[other] ?? Infinity) - at(items, other).minutes * minuteMs;
        const heavier = weight[other] ?? 0;
        changed ||= latest < (due[index] ?? Infinity) || heavier > (weight[index] ?? 0);
        due[index] = Math.min(latest, due[index] ?? Infinity);
        weight[index] = Math.max(heavier, weight[index] ?? 0);
      }
  }
  return { weight, due };
}

function regret({ starts, costs }: Piece, { axis }: Model): number {
  const perDay = Math.round((24 * 60) / axis.grid);
  const [first = 0] = starts;
  const next = starts.findIndex((slot) => Math.abs(slot - first) >= perDay);
  return next < 0 ? Number.MAX_SAFE_INTEGER : (costs[next] ?? 0) - (costs[0] ?? 0);
}

/**
 * Apparent tardiness cost (Vepsalainen and Morton 1987): weight / length, fading with the slack that is left, over k
 * mean lengths. The clock is working time, so that nights do not count as slack.
 */
function apparentTardiness(
  { items, axis, open }: Model,
  tasks: readonly number[],
  k: number,
  urgency: Urgency,
): number[] {
  const mean = tasks.reduce((sum, index) => sum + at(items, index).minutes, 0) / Math.max(1, tasks.length);
  const end = timeOf(axis, axis.size);
  const remaining = new Set(tasks);
  const order: number[] = [];
  let clock = 0;
  while (remaining.size > 0) {
    let chosen = -1;
    let highest = -Infinity;
    for (const index of remaining) {
      const { minutes } = at(items, index);
      const due = Math.min(urgency.due[index] ?? Infinity, end);
      const slack = Math.max(0, ((due - axis.origin) / minuteMs) * open - minutes - clock);
      const score = Math.log((urgency.weight[index] ?? 1) / minutes) - slack / (k * mean);
      // A weight of 0 scores no better than nothing does, and still has its turn.
      if (chosen < 0 || score > highest) [highest, chosen] = [score, index];
    }
    remaining.delete(chosen);
    order.push(chosen);
    clock += at(items, chosen).minutes;
  }
  return order;
}
