import type { Field } from "./field.ts";
import type { Options } from "./options.ts";

/**
 * Lagrangian prices: one for each slot, in which only one piece may stand, and one for each pair of a rule of order and
 * a slot, up to which the later piece may have started only if the earlier one has ended. For any prices of at least 0,
 * the sum of the cheapest priced options less the prices of all slots is no more than what any plan costs; the best
 * prices give the bound of the linear relaxation of the time-indexed model (Dyer and Wolsey 1990; order as in
 * Christofides, Alvarez-Valdes and Tamarit 1987).
 */
export type Prices = Float64Array;

export type Pricing = {
  readonly length: number;
  /** Prices the open options and answers the bound. */
  bound(field: Field, prices: Prices): number;
  /** Moves prices towards where the cheapest options break rules; false where they break none that is priced. */
  step(field: Field, prices: Prices, far: number): boolean;
  /** Forgets the direction of the last step. */
  reset(): void;
};

/** How much of a step's direction is new; the rest is that of the step before. */
const fresh = 0.7;

export function createPricing({ size, count, edges, into, outOf }: Options): Pricing {
  const length = size + edges.length * (size + 1);
  const before = new Float64Array(size + 1);
  const beyond = new Float64Array(edges.length * (size + 2));
  const direction = new Float64Array(length);
  const broken = new Float64Array(length);
  const use = new Int32Array(size + 1);

  function sums(prices: Prices): void {
    for (let slot = 0; slot < size; slot += 1) before[slot + 1] = (before[slot] ?? 0) + (prices[slot] ?? 0);
    for (let edge = 0; edge < edges.length; edge += 1) {
      const base = size + edge * (size + 1);
      const sum = edge * (size + 2);
      for (let slot = size; slot >= 0; slot -= 1)
        beyond[sum + slot] = (beyond[sum + slot + 1] ?? 0) + (prices[base + slot] ?? 0);
    }
  }

  function bound(field: Field, prices: Prices): number {
    const { first, cost, head, tail, priced, chosen, least } = field;
    sums(prices);
    let total = -(before[size] ?? 0);
    for (let piece = 0; piece < count; piece += 1) {
      const start = first[piece] ?? 0;
      const end = first[piece + 1] ?? 0;
      for (let at = start; at < end; at += 1)
        priced[at] = (cost[at] ?? 0) + (before[tail[at] ?? 0] ?? 0) - (before[head[at] ?? 0] ?? 0);
      for (const edge of into[piece] ?? []) addOrder(field, edge, start, end, 1);
      for (const edge of outOf[piece] ?? []) addOrder(field, edge, start, end, -1);
      const best = cheapest(priced, start, end);
      chosen[piece] = best;
      least[piece] = priced[best] ?? 0;
      total += priced[best] ?? 0;
    }
    return total;
  }

  /** Starting up to a slot costs the later piece, having ended by it pays the earlier one. */
  function addOrder({ from, to, priced }: Field, edge: number, start: number, end: number, sign: 1 | -1): void {
    const sum = edge * (size + 2);
    const moment = sign > 0 ? from : to;
    const lag = sign > 0 ? 0 : (edges[edge]?.lag ?? 0);
    for (let at = start; at < end; at += 1) {
      const slot = Math.min(size + 1, (moment[at] ?? 0) + lag);
      priced[at] = (priced[at] ?? 0) + sign * (beyond[sum + slot] ?? 0);
    }
  }

  /** By how much the cheapest options break each rule; negative where they leave room. */
  function violations({ chosen, from, to, head, tail }: Field): void {
    broken.fill(0);
    for (const at of chosen) {
      const start = head[at] ?? 0;
      const end = tail[at] ?? 0;
      use[start] = (use[start] ?? 0) + 1;
      use[end] = (use[end] ?? 0) - 1;
    }
    for (let slot = 0, used = 0; slot <= size; slot += 1) {
      used += use[slot] ?? 0;
      use[slot] = 0;
      if (slot < size) broken[slot] = used - 1;
    }
    edges.forEach(({ before: one, after: other, lag }, edge) => {
      const ended = Math.min(size + 1, (to[chosen[one] ?? 0] ?? 0) + lag);
      const started = from[chosen[other] ?? 0] ?? 0;
      const base = size + edge * (size + 1);
      // From where the later one has started until the earlier one has ended, or the other way round.
      if (started < ended) broken.fill(1, base + started, base + Math.min(ended, size + 1));
      else broken.fill(-1, base + ended, base + Math.min(started, size + 1));
    });
  }

  function step(field: Field, prices: Prices, far: number): boolean {
    violations(field);
    let norm = 0;
    let any = false;
    for (let at = 0; at < length; at += 1) {
      const violation = broken[at] ?? 0;
      if (violation > 0) any = true;
      const next = fresh * violation + (1 - fresh) * (direction[at] ?? 0);
      const kept = next < 0 && prices[at] === 0 ? 0 : next;
      direction[at] = kept;
      norm += kept * kept;
    }
    if (norm < 1e-12) return false;
    const scale = far / norm;
    for (let at = 0; at < length; at += 1) {
      const price = (prices[at] ?? 0) + scale * (direction[at] ?? 0);
      prices[at] = price > 0 ? price : 0;
    }
    return any;
  }

  return { length, bound, step, reset: () => void direction.fill(0) };
}

function cheapest(priced: Float64Array, start: number, end: number): number {
  let best = start;
  for (let at = start + 1; at < end; at += 1) if ((priced[at] ?? 0) < (priced[best] ?? 0)) best = at;
  return best;
}
