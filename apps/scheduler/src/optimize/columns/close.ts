import type { Options } from "../search/options.ts";
import type { Stretch } from "./stretches.ts";

/**
 * Closes the options of a stretch through which no path of at most so much goes, even if pieces could come again and
 * again (reduced cost fixing by arcs, Ibaraki and Nakamura 1994).
 */
export type Close = (stretch: Stretch, gains: Float64Array, closed: Uint8Array, most: number) => void;

export function createClose({ head, tail, cost, size }: Options, piece: Int32Array): Close {
  /** The cheapest way to each slot of a stretch, and on from it. */
  const behind = new Float64Array(size + 1);
  const ahead = new Float64Array(size + 1);

  return ({ from, to, ids }, gains, closed, most) => {
    const value = (id: number) => (cost[id] ?? 0) - (gains[piece[id] ?? 0] ?? 0);
    const first = (at: number) => (head[ids[at] ?? 0] ?? 0) - from;
    const end = (id: number) => (tail[id] ?? 0) - from;
    behind.fill(0, 0, to - from + 1);
    ahead.fill(0, 0, to - from + 1);
    for (let slot = 0, at = 0; slot < to - from; slot += 1) {
      if (slot > 0) behind[slot] = Math.min(behind[slot] ?? 0, behind[slot - 1] ?? 0);
      for (; at < ids.length && first(at) === slot; at += 1) {
        const id = ids[at] ?? 0;
        if (closed[id] === 0) behind[end(id)] = Math.min(behind[end(id)] ?? 0, (behind[slot] ?? 0) + value(id));
      }
    }
    for (let slot = to - from - 1, at = ids.length - 1; slot >= 0; slot -= 1) {
      ahead[slot] = Math.min(ahead[slot] ?? 0, ahead[slot + 1] ?? 0);
      for (; at >= 0 && first(at) === slot; at -= 1) {
        const id = ids[at] ?? 0;
        if (closed[id] === 0) ahead[slot] = Math.min(ahead[slot] ?? 0, value(id) + (ahead[end(id)] ?? 0));
      }
    }
    for (const id of ids)
      if ((behind[(head[id] ?? 0) - from] ?? 0) + value(id) + (ahead[end(id)] ?? 0) > most) closed[id] = 1;
  };
}
