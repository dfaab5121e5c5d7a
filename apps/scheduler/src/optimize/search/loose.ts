import { costAt, endAt, type Move, type Order } from "./line.ts";

/**
 * The best insertion or swap of the job at one position where jobs have releases: what follows a move is walked only
 * until its times are what they were, and only while it can still be better than the best move so far.
 * @param move is written where there is one
 */
export function findLoose(order: Order, at: number, move: Move): boolean {
  const { size } = order.line;
  let best = 0;
  move.target = -1;
  for (let other = 0; other < size; other += 1) {
    if (other === at) continue;
    const low = Math.min(at, other);
    const high = Math.max(at, other);
    const inserted =
      at < other ? walk(order, low, -1, low + 1, high, low, best) : walk(order, low, high, low, high - 1, -1, best);
    if (inserted < best) {
      best = inserted;
      move.target = other;
      move.swaps = false;
    }
    if (high - low === 1) continue;
    const swapped = walk(order, low, high, low + 1, high - 1, low, best);
    if (swapped < best) {
      best = swapped;
      move.target = other;
      move.swaps = true;
    }
  }
  return move.target >= 0;
}

/**
 * What the cost changes by when positions are read in this order from `low` on: `head`, `from` to `to`, `tail`; -1 is
 * none. Infinity as soon as it cannot be less than `best`.
 */
function walk(order: Order, low: number, head: number, from: number, to: number, tail: number, best: number): number {
  const { line, ends, costs } = order;
  const high = Math.max(head, to);
  const old = (costs[high + 1] ?? 0) - (costs[low] ?? 0);
  const limit = old + best + (costs[line.size] ?? 0) - (costs[high + 1] ?? 0);
  let time = ends[low] ?? 0;
  let cost = 0;
  if (head >= 0) {
    time = endAt(order, head, time);
    cost += costAt(order, head, time);
  }
  for (let position = from; position <= to; position += 1) {
    if (cost >= limit) return Infinity;
    time = endAt(order, position, time);
    cost += costAt(order, position, time);
  }
  if (tail >= 0) {
    time = endAt(order, tail, time);
    cost += costAt(order, tail, time);
  }
  return after(order, high, time, cost - old, best);
}

/** Goes on behind the positions that a move touches, which end at `time` now. */
function after(order: Order, high: number, start: number, moved: number, best: number): number {
  const { line, ends, costs, loads } = order;
  const gain = (ends[high + 1] ?? 0) - start;
  if (gain === 0) return moved;
  const byCost = (costs[line.size] ?? 0) - (costs[high + 1] ?? 0);
  const byLoad = gain * ((loads[line.size] ?? 0) - (loads[high + 1] ?? 0));
  if (moved - (gain > 0 ? Math.min(byCost, byLoad) : 0) >= best) return Infinity;

  let time = start;
  let change = moved;
  for (let position = high + 1; position < line.size; position += 1) {
    time = endAt(order, position, time);
    const then = ends[position + 1] ?? 0;
    if (time === then) return change;
    change += costAt(order, position, time) - costAt(order, position, then);
    if (gain < 0 && change >= best) return Infinity;
  }
  return change;
}
