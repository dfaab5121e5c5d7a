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
  let value = (_id: number): number => 0;

  function fillBehind({ from, to, ids }: Stretch, closed: Uint8Array): void {
    behind.fill(0, 0, to - from + 1);
    let last = 0;
    for (const id of ids) {
      if (closed[id] === 1) continue;
      const start = (head[id] ?? 0) - from;
      for (; last < start; last += 1) behind[last + 1] = Math.min(behind[last + 1] ?? 0, behind[last] ?? 0);
      const end = (tail[id] ?? 0) - from;
      behind[end] = Math.min(behind[end] ?? 0, (behind[start] ?? 0) + value(id));
    }
    for (; last < to - from; last += 1) behind[last + 1] = Math.min(behind[last + 1] ?? 0, behind[last] ?? 0);
  }

  function fillAhead({ from, to, ids }: Stretch, closed: Uint8Array): void {
    ahead.fill(0, 0, to - from + 1);
    let last = to - from;
    for (let at = ids.length - 1; at >= 0; at -= 1) {
      const id = ids[at] ?? 0;
      if (closed[id] === 1) continue;
      const start = (head[id] ?? 0) - from;
      for (; last > start; last -= 1) ahead[last - 1] = Math.min(ahead[last - 1] ?? 0, ahead[last] ?? 0);
      ahead[start] = Math.min(ahead[start] ?? 0, value(id) + (ahead[(tail[id] ?? 0) - from] ?? 0));
    }
  }

  return (stretch, gains, closed, most) => {
    value = (id) => (cost[id] ?? 0) - (gains[piece[id] ?? 0] ?? 0);
    fillBehind(stretch, closed);
    fillAhead(stretch, closed);
    for (const id of stretch.ids) {
      const [start, end] = [(head[id] ?? 0) - stretch.from, (tail[id] ?? 0) - stretch.from];
      if ((behind[start] ?? 0) + value(id) + (ahead[end] ?? 0) > most) closed[id] = 1;
    }
  };
}
