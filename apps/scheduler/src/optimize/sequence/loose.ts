import { insert, type Order, refresh, swap } from "./line.ts";

export function descendLoose(order: Order, stale: Uint8Array): void {
  const { size } = order.line;
  for (let position = 0, idle = 0; idle < size; position = position + 1 < size ? position + 1 : 0) {
    if (stale[position] === 0) {
      idle += 1;
      continue;
    }
    if (improveAt(order, position, stale)) idle = 0;
    else {
      stale[position] = 0;
      idle += 1;
    }
  }
}

function improveAt(order: Order, at: number, stale: Uint8Array): boolean {
  const { line: { size }, costs } = order;
  let best = 0;
  let target = -1;
  let swaps = false;
  for (let other = 0; other < size; other += 1) {
    if (other === at) continue;
    const lo = at < other ? at : other;
    const hi = at < other ? other : at;
    const old = (costs[hi + 1] ?? 0) - (costs[lo] ?? 0);
    // Insertion
    let change = at < other ? walk(order, -1, at + 1, other, at, hi, old, best) : walk(order, at, other, at - 1, -1, hi, old, best);
    if (change < best) { best = change; target = other; swaps = false; }
    if (hi - lo > 1) {
      change = walk(order, hi, lo + 1, hi - 1, lo, hi, old, best);
      if (change < best) { best = change; target = other; swaps = true; }
    }
  }
  if (target < 0) return false;
  if (swaps) swap(order, at, target);
  else insert(order, at, target);
  const lo = at < target ? at : target;
  const hi = at < target ? target : at;
  refresh(order, lo);
  stale.fill(1, lo > 0 ? lo - 1 : 0, hi + 2);
  return true;
}

function walk({ line: { size }, durations, releases, weights, dues, ends, costs, loads }: Order, head: number, from: number, to: number, tail: number, hi: number, old: number, best: number): number {
  const after = (costs[size] ?? 0) - (costs[hi + 1] ?? 0);
  const limit = old + best + after;
  let time = ends[tail >= 0 && head < 0 ? tail : head >= 0 && tail >= 0 ? tail : from] ?? 0;
  let cost = 0;
  if (head >= 0) {
    const release = releases[head] ?? 0;
    time = (time > release ? time : release) + (durations[head] ?? 0);
    const late = time - (dues[head] ?? 0);
    if (late > 0) cost += late * (weights[head] ?? 0);
    if (cost >= limit) return Infinity;
  }
  for (let k = from; k <= to; k += 1) {
    const release = releases[k] ?? 0;
    time = (time > release ? time : release) + (durations[k] ?? 0);
    const late = time - (dues[k] ?? 0);
    if (late > 0) {
      cost += late * (weights[k] ?? 0);
      if (cost >= limit) return Infinity;
    }
  }
  if (tail >= 0) {
    const release = releases[tail] ?? 0;
    time = (time > release ? time : release) + (durations[tail] ?? 0);
    const late = time - (dues[tail] ?? 0);
    if (late > 0) cost += late * (weights[tail] ?? 0);
  }
  let change = cost - old;
  const shift = (ends[hi + 1] ?? 0) - time;
  if (shift === 0) return change;
  if (shift < 0) { if (change >= best) return Infinity; }
  else {
    const byLoad = shift * ((loads[size] ?? 0) - (loads[hi + 1] ?? 0));
    if (change - (byLoad < after ? byLoad : after) >= best) return Infinity;
  }
  for (let k = hi + 1; k < size; k += 1) {
    const release = releases[k] ?? 0;
    time = (time > release ? time : release) + (durations[k] ?? 0);
    const then = ends[k + 1] ?? 0;
    if (time === then) return change;
    const due = dues[k] ?? 0;
    change += (weights[k] ?? 0) * ((time > due ? time - due : 0) - (then > due ? then - due : 0));
    if (shift < 0 && change >= best) return Infinity;
  }
  return change;
}
