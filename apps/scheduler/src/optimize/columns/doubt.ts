import type { Options } from "../search/options.ts";
import type { Ground } from "./stretches.ts";

/** A piece of which the program cannot decide whether it takes one of some options, and whether it rather does. */
export type Doubt = { readonly piece: number; readonly holds: (id: number) => boolean; readonly isLikely: boolean };

const leastDoubt = 1e-3;

/** What to branch on, by the shares of options in the program's plan; null where each piece has but one option left. */
export function doubtOf(options: Options, ground: Ground, shares: Float64Array, closed: Uint8Array): Doubt | null {
  return mostTorn(options, ground, shares) ?? mostSpread(options, ground, shares) ?? mostOpen(options, shares, closed);
}

/**
 * Leaving a piece out or not comes first, by what that costs; then the stretch it stands in, by how long it is: what is
 * decided so moves the bound most.
 */
function mostTorn(options: Options, { piece, rank, ranks }: Ground, shares: Float64Array): Doubt | null {
  const sums = new Float64Array(options.count * (ranks + 1));
  shares.forEach((share, id) => {
    const key = (piece[id] ?? 0) * (ranks + 1) + (rank[id] ?? -1) + 1;
    sums[key] = (sums[key] ?? 0) + share;
  });
  let most = 0;
  let found: Doubt | null = null;
  sums.forEach((share, key) => {
    const doubt = Math.min(share, 1 - share);
    if (doubt < leastDoubt) return;
    const which = Math.floor(key / (ranks + 1));
    const at = (key % (ranks + 1)) - 1;
    const first = options.first[which] ?? 0;
    const slots = (options.tail[first] ?? 0) - (options.head[first] ?? 0);
    const value = doubt * (at < 0 ? firstOfAll * (options.cost[(options.first[which + 1] ?? 1) - 1] ?? 0) : 1 + slots);
    if (value <= most) return;
    most = value;
    found = { piece: which, holds: (id) => (rank[id] ?? -1) === at, isLikely: share >= 0.5 };
  });
  return found;
}

const firstOfAll = 1e6;

/** Where all know their stretch: the piece whose starts lie furthest apart, up to their mean or after it. */
function mostSpread({ from, count }: Options, { piece }: Ground, shares: Float64Array): Doubt | null {
  const [sum, mean, square] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  shares.forEach((share, id) => {
    const which = piece[id] ?? 0;
    const start = from[id] ?? 0;
    sum[which] = (sum[which] ?? 0) + share;
    mean[which] = (mean[which] ?? 0) + share * start;
    square[which] = (square[which] ?? 0) + share * start * start;
  });
  let most = leastDoubt;
  let found: Doubt | null = null;
  sum.forEach((total, which) => {
    const middle = (mean[which] ?? 0) / total;
    const spread = (square[which] ?? 0) / total - middle * middle;
    if (!(spread > most)) return;
    most = spread;
    found = { piece: which, holds: (id) => (from[id] ?? 0) <= middle, isLikely: true };
  });
  return found;
}

/**
 * The program is in no doubt, but may not see all: then what it chose for the piece with the most options, with those
 * before it or with those after it.
 */
function mostOpen({ first, count }: Options, shares: Float64Array, closed: Uint8Array): Doubt | null {
  let most = 1;
  let found: Doubt | null = null;
  for (let piece = 0; piece < count; piece += 1) {
    const ids: number[] = [];
    for (let id = first[piece] ?? 0; id < (first[piece + 1] ?? 0); id += 1) if (closed[id] === 0) ids.push(id);
    if (ids.length <= most) continue;
    most = ids.length;
    const chosen = Math.max(
      0,
      ids.findIndex((id) => (shares[id] ?? 0) > 0),
    );
    const isEarly = chosen < ids.length / 2;
    const bar = ids[isEarly ? chosen + 1 : chosen] ?? 0;
    found = { piece, holds: (id) => id < bar, isLikely: isEarly };
  }
  return found;
}
