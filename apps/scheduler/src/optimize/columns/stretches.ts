import type { Options } from "../search/options.ts";

/** Slots next to each other that pieces may stand in one after the other, and the options there, by their first slot. */
export type Stretch = { readonly from: number; readonly to: number; readonly ids: Int32Array };

/** The options as columns are made of them. */
export type Ground = {
  readonly all: Int32Array;
  readonly stretches: readonly Stretch[];
  /** By option: its piece, and the rank of its stretch among all in time, -1 where it is left out. */
  readonly piece: Int32Array;
  readonly rank: Int32Array;
  /** By option: the number of its stretch; -1 where it takes no slot, or is not open. */
  readonly stretchOf: Int32Array;
  /** Ranks there are; each stretch's own, and the options that take no slot: left out, or where they have always been. */
  readonly ranks: number;
  readonly rankOf: Int32Array;
  readonly singles: Int32Array;
};

/**
 * @param join stretches with no more slots than this between them are one, in which those slots are left out: what
 * comes after a meeting goes with what came before it
 */
export function groundOf({ count, first, stretch, head, tail }: Options, open: Int32Array, join: number): Ground {
  const piece = new Int32Array(stretch.length);
  for (let index = 0; index < count; index += 1) piece.fill(index, first[index] ?? 0, first[index + 1] ?? 0);
  const numbers = [...new Set(Array.from(open, (id) => stretch[id] ?? -1))].filter((each) => each >= 0);
  // Numbers of stretches grow by one with each slot that none may use.
  let last = -1;
  const ranks = new Map<number, number>();
  let many = -1;
  for (const number of numbers.sort((a, b) => a - b)) {
    if (last < 0 || number - last > join) many += 1;
    ranks.set(number, many);
    last = number;
  }
  const rank = stretch.map((number) => ranks.get(number) ?? -1);
  const takes = (id: number) => (tail[id] ?? 0) > (head[id] ?? 0);
  const byRank = Array.from({ length: many + 1 }, (): number[] => []);
  for (const id of open) if (takes(id)) byRank[rank[id] ?? 0]?.push(id);
  const filled = byRank.flatMap((ids, at) => (ids.length > 0 ? [{ ids, at }] : []));
  const stretchOf = new Int32Array(stretch.length).fill(-1);
  filled.forEach(({ ids }, at) => ids.forEach((id) => (stretchOf[id] = at)));
  return {
    all: open,
    stretches: filled.map(({ ids }) => gathered(ids, head, tail)),
    piece,
    rank,
    stretchOf,
    ranks: many + 1,
    rankOf: Int32Array.from(filled, ({ at }) => at),
    singles: open.filter((id) => !takes(id)),
  };
}

function gathered(ids: number[], head: Int32Array, tail: Int32Array): Stretch {
  const start = (id: number) => head[id] ?? 0;
  return {
    from: ids.reduce((least, id) => Math.min(least, start(id)), Infinity),
    to: ids.reduce((most, id) => Math.max(most, tail[id] ?? 0), 0),
    ids: Int32Array.from(ids.sort((a, b) => start(a) - start(b))),
  };
}
