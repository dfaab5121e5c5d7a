import type { Field } from "./field.ts";
import type { Options } from "./options.ts";

/** The open options of a node in two parts, the likelier one last; null where each piece has but one left. */
export function split(field: Field, options: Options, lengths: Int32Array): [Int32Array, Int32Array] | null {
  const doubt = mostDoubtful(field, options, lengths) ?? mostSpread(field, lengths);
  if (!doubt) return null;

  const { first, ids } = field;
  const start = first[doubt.piece] ?? 0;
  const end = first[doubt.piece + 1] ?? 0;
  const part = (wanted: boolean) =>
    ids.slice(0, first.at(-1) ?? 0).filter((_, at) => at < start || at >= end || doubt.holds(at) === wanted);
  return [part(false), part(true)];
}

type Doubt = { readonly piece: number; readonly holds: (at: number) => boolean };

const leastDoubt = 0.05;

/** The piece whose cheapest option changes most between stretches of time: in the one that was most frequent, or not. */
function mostDoubtful({ first, ids, share }: Field, { stretch }: Options, lengths: Int32Array): Doubt | null {
  let most = leastDoubt;
  let found: Doubt | null = null;
  const stretchOf = (at: number) => stretch[ids[at] ?? 0] ?? -1;
  for (let piece = 0; piece < lengths.length; piece += 1) {
    const shares = new Map<number, number>();
    let sum = 0;
    for (let at = first[piece] ?? 0; at < (first[piece + 1] ?? 0); at += 1) {
      shares.set(stretchOf(at), (shares.get(stretchOf(at)) ?? 0) + (share[at] ?? 0));
      sum += share[at] ?? 0;
    }
    if (shares.size < 2) continue;
    const [likeliest, often] = [...shares].reduce((best, each) => (each[1] > best[1] ? each : best));
    const doubt = (1 - often / Math.max(1, sum)) * (lengths[piece] ?? 0);
    if (doubt <= most) continue;
    most = doubt;
    found = { piece, holds: (at) => stretchOf(at) === likeliest };
  }
  return found;
}

/** The piece whose cheapest option changes most in time: up to the mean of its starts, or after. */
function mostSpread({ first, from, share }: Field, lengths: Int32Array): Doubt | null {
  let most = 0;
  let found: Doubt | null = null;
  for (let piece = 0; piece < lengths.length; piece += 1) {
    const start = first[piece] ?? 0;
    const end = first[piece + 1] ?? 0;
    if (end - start < 2) continue;
    let [sum, mean, square] = [0, 0, 0];
    for (let at = start; at < end; at += 1) {
      const often = (share[at] ?? 0) + 1e-6;
      sum += often;
      mean += often * (from[at] ?? 0);
      square += often * (from[at] ?? 0) ** 2;
    }
    const spread = (square / sum - (mean / sum) ** 2 + 1e-3) * (lengths[piece] ?? 0);
    if (spread <= most) continue;
    most = spread;
    const moments = from.subarray(start, end);
    const middle = Math.max(Math.min(...moments), Math.min(Math.max(...moments) - 1, Math.floor(mean / sum)));
    found = { piece, holds: (at) => (from[at] ?? 0) <= middle };
  }
  return found;
}
