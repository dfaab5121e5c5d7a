import { costAt, type Move, type Order } from "./line.ts";

/**
 * The best insertion or swap of the job at one position where no job has a release, so that a move shifts only the jobs
 * between its ends. All insertions of one job cost O(n) together; most swaps are seen to lead nowhere in O(1), because
 * the jobs between can gain no more than their cost, nor more than their weight times the shift.
 * @param move is written where there is one
 */
export function findTight(order: Order, at: number, move: Move): boolean {
  move.target = -1;
  const change = later(order, at, move);
  earlier(order, at, move, change);
  return move.target >= 0;
}

function later(order: Order, at: number, move: Move): number {
  const { line, durations, ends, costs, loads } = order;
  const duration = durations[at] ?? 0;
  const end = ends[at + 1] ?? 0;
  const own = costAt(order, at, end);
  let best = 0;
  let shifted = 0;
  for (let other = at + 1; other < line.size; other += 1) {
    const last = ends[other + 1] ?? 0;
    const cost = costAt(order, other, last);
    const mine = costAt(order, at, last) - own;

    const step = (durations[other] ?? 0) - duration;
    const swapped = mine - cost + costAt(order, other, end + step);
    const byCost = (costs[other] ?? 0) - (costs[at + 1] ?? 0);
    const byLoad = -step * ((loads[other] ?? 0) - (loads[at + 1] ?? 0));
    if (swapped - (step < 0 ? Math.min(byCost, byLoad) : 0) < best) {
      const change = between(order, at + 1, other, step, swapped, best);
      if (change < best) {
        best = change;
        move.target = other;
        move.swaps = true;
      }
    }

    shifted += costAt(order, other, last - duration) - cost;
    if (mine + shifted < best) {
      best = mine + shifted;
      move.target = other;
      move.swaps = false;
    }
  }
  return best;
}

/** Adds what the jobs from one position to before another cost more when all shift by `step`. */
function between(order: Order, from: number, to: number, step: number, start: number, best: number): number {
  let change = start;
  if (step === 0) return change;
  for (let position = from; position < to && (step < 0 || change < best); position += 1)
    change += shift(order, position, step);
  return change;
}

function earlier(order: Order, at: number, move: Move, found: number): void {
  const { durations, ends } = order;
  const duration = durations[at] ?? 0;
  const own = costAt(order, at, ends[at + 1] ?? 0);
  let best = found;
  let shifted = 0;
  // The jobs passed only lose; when they lose more than the job can gain, no place before them is better.
  for (let other = at - 1; other >= 0 && shifted - own < best; other -= 1) {
    shifted += shift(order, other, duration);
    const change = costAt(order, at, (ends[other] ?? 0) + duration) - own + shifted;
    if (change >= best) continue;
    best = change;
    move.target = other;
    move.swaps = false;
  }
}

function shift(order: Order, position: number, step: number): number {
  const end = order.ends[position + 1] ?? 0;
  return costAt(order, position, end + step) - costAt(order, position, end);
}
