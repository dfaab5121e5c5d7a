import { insert, type Order, refresh, swap } from "./line.ts";

/**
 * Local search where no job has a release, so that a move shifts only the jobs between its two ends: a whole insertion
 * neighbourhood costs O(n^2), and most swaps are seen to lead nowhere in O(1) from sums of weights and costs.
 * Takes the best insertion or swap for one position after the other until a whole round finds none.
 */
export function descendTight(order: Order, stale: Uint8Array): void {
  const { size } = order.line;
  for (let position = 0, idle = 0; idle < size; position = position + 1 < size ? position + 1 : 0) {
    if (stale[position] === 0) { idle += 1; continue; }
    if (improveAt(order, position, stale)) idle = 0;
    else { stale[position] = 0; idle += 1; }
  }
}

function improveAt(order: Order, at: number, stale: Uint8Array): boolean {
  const { line: { size }, durations, weights, dues, ends, costs, loads } = order;
  const duration = durations[at] ?? 0;
  const weight = weights[at] ?? 0;
  const due = dues[at] ?? 0;
  const end = ends[at + 1] ?? 0;
  const own = end > due ? weight * (end - due) : 0;
  let best = 0;
  let target = -1;
  let swaps = false;

  // Later: the jobs behind move up by its length.
  let shifted = 0;
  for (let other = at + 1; other < size; other += 1) {
    const last = ends[other + 1] ?? 0;
    const late = last - (dues[other] ?? 0);
    const otherDuration = durations[other] ?? 0;
    const otherWeight = weights[other] ?? 0;
    const mine = (last > due ? weight * (last - due) : 0) - own;
    const otherOwn = late > 0 ? otherWeight * late : 0;

    // Swap: the jobs between move by the difference of lengths.
    const step = otherDuration - duration;
    const lateThen = end + step - (dues[other] ?? 0);
    let change = mine + (lateThen > 0 ? otherWeight * lateThen : 0) - otherOwn;
    if (step >= 0) {
      if (change < best) {
        if (step > 0) for (let k = at + 1; k < other && change < best; k += 1) change += moved(order, k, step);
        if (change < best) { best = change; target = other; swaps = true; }
      }
    } else {
      const gainByCost = (costs[other] ?? 0) - (costs[at + 1] ?? 0);
      const gainByLoad = -step * ((loads[other] ?? 0) - (loads[at + 1] ?? 0));
      if (change - (gainByCost < gainByLoad ? gainByCost : gainByLoad) < best) {
        for (let k = at + 1; k < other; k += 1) change += moved(order, k, step);
        if (change < best) { best = change; target = other; swaps = true; }
      }
    }

    shifted += (late > duration ? otherWeight * (late - duration) : 0) - otherOwn;
    if (mine + shifted < best) { best = mine + shifted; target = other; swaps = false; }
  }

  // Earlier: the jobs before move back by its length.
  shifted = 0;
  for (let other = at - 1; other >= 0; other -= 1) {
    const start = ends[other] ?? 0;
    const mine = (start + duration > due ? weight * (start + duration - due) : 0) - own;
    shifted += moved(order, other, duration);
    if (mine + shifted < best) { best = mine + shifted; target = other; swaps = false; }
    if (shifted - own >= best) break;
  }

  if (target < 0) return false;
  if (swaps) swap(order, at, target);
  else insert(order, at, target);
  const lo = at < target ? at : target; const hi = at < target ? target : at;
  refresh(order, lo);
  stale.fill(1, lo > 0 ? lo - 1 : 0, hi + 2);
  return true;
}

function moved({ weights, dues, ends }: Order, position: number, step: number): number {
  const late = (ends[position + 1] ?? 0) - (dues[position] ?? 0);
  const then = late + step;
  return (weights[position] ?? 0) * ((then > 0 ? then : 0) - (late > 0 ? late : 0));
}
