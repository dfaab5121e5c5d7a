import * as fc from "fast-check";
import { type Model, type Piece, ranked } from "./model.ts";

type Given = { slots: number; costs: readonly (number | null)[]; unplaced: number; before?: readonly number[] };

/** A model in slots of a minute without rules of rest; `costs[start]` is null where a piece may not start. */
export function modelOf(size: number, given: readonly Given[]): Model {
  const items = given.map(({ slots, costs, unplaced, before = [] }, index): Piece => {
    const starts = costs.flatMap((cost, slot) => (cost === null ? [] : [slot]));
    const after = given.flatMap((other, at) => (other.before?.includes(index) ? [at] : []));
    const plain = { kind: "task", minutes: slots, slots, work: 0, was: null, home: null, locked: false } as const;
    return {
      ...plain,
      ...ranked(starts, (slot) => costs[slot] ?? 0),
      unplaced,
      weight: 1,
      due: Infinity,
      before,
      after,
      lags: before.map(() => 0),
      lead: 0,
      group: -1,
    };
  });
  const rest = { minutes: 1, limit: Infinity };
  return {
    axis: { origin: 0, grid: 1, size },
    items,
    taken: new Uint8Array(size),
    rest,
    open: 1,
    balance: 0,
    switching: 0,
    days: [],
    caps: [],
  };
}

/** Jobs on one machine as a model: weighted tardiness as a cost of every start from the release on. */
export function lineOf(jobs: readonly { duration: number; release: number; weight: number; due: number }[]): Model {
  const size = Math.max(...jobs.map(({ release }) => release)) + jobs.reduce((sum, { duration }) => sum + duration, 0);
  return modelOf(
    size,
    jobs.map(({ duration, release, weight, due }) => ({
      slots: duration,
      costs: Array.from({ length: size - duration + 1 }, (_, start) =>
        start < release ? null : weight * Math.max(0, start + duration - due),
      ),
      unplaced: 1e9,
    })),
  );
}

/** What the best plan costs, by trying every one: only for very small models. */
export function leastCost({ axis, items }: Model): number {
  const free = new Uint8Array(axis.size).fill(1);
  const ends = items.map((): number | null => null);
  let best = Infinity;
  const order = items.map((_, index) => index);
  const visit = (depth: number, cost: number): void => {
    if (cost >= best) return;
    const item = items[order[depth] ?? -1];
    if (!item) {
      best = cost;
      return;
    }
    visit(depth + 1, cost + item.unplaced);
    item.starts.forEach((start, position) => {
      const span = free.subarray(start, start + item.slots);
      const waits = item.before.some((other) => (ends[other] ?? Infinity) > start);
      if (waits || span.some((slot) => slot === 0)) return;
      span.fill(0);
      ends[depth] = start + item.slots;
      visit(depth + 1, cost + (item.costs[position] ?? 0));
      ends[depth] = null;
      span.fill(1);
    });
  };
  visit(0, 0);
  return best;
}

/** Up to five pieces on `size` slots, some of which nobody may use. */
export function smallModels(size: number, { longest = 4, dearest = 400 } = {}) {
  const cost = fc.option(fc.integer({ min: 0, max: 60 }), { freq: 6 });
  const piece = fc.record({
    slots: fc.integer({ min: 1, max: longest }),
    costs: fc.array(cost, { minLength: size, maxLength: size }),
    unplaced: fc.integer({ min: 0, max: dearest }),
    waits: fc.option(fc.nat(4)),
  });
  return fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) =>
    modelOf(
      size,
      pieces.map(({ slots, costs, unplaced, waits }, index) => ({
        slots,
        costs: costs.slice(0, size - slots + 1),
        unplaced,
        before: waits !== null && waits < index ? [waits] : [],
      })),
    ),
  );
}
