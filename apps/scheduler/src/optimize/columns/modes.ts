import { type Manner, worked } from "./manner.ts";

/**
 * What a walk has to know of what it did before: the work since the last rest and the last category, in one number, the
 * mode: `work * groups + category`.
 */
export type Modes = {
  readonly count: number;
  /** By piece and mode the mode after it; -1 where there is no work without a rest any more. */
  readonly after: Int32Array;
  /** By piece and mode, whether it changes the category. */
  readonly switches: Uint8Array;
  /** The place of a piece in both; one that stays where it was asks for nothing and starts afresh. */
  readonly row: (piece: number, isHome: boolean) => number;
};

export function modesOf(manner: Manner, pieces: number): Modes {
  const { runs, groups, group } = manner;
  const count = runs * groups;
  const after = new Int32Array((pieces + 1) * count);
  const switches = new Uint8Array(after.length);
  for (let piece = 0; piece <= pieces; piece += 1)
    for (let mode = 0; mode < count; mode += 1) {
      const kind = mode % groups;
      const own = group[piece] ?? 0;
      const next = runs === 1 || piece === pieces ? 0 : worked(manner, piece, Math.floor(mode / groups));
      after[piece * count + mode] = next < 0 ? -1 : next * groups + (own > 0 ? own : kind);
      switches[piece * count + mode] = own > 0 && kind > 0 && own !== kind ? 1 : 0;
    }
  return { count, after, switches, row: (piece, isHome) => (isHome ? pieces : piece) * count };
}
