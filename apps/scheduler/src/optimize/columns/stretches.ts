import type { Options } from "../search/options.ts";
import type { Manner } from "./manner.ts";

/** Slots next to each other that pieces may stand in one after the other, and the options there, by their first slot. */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly ids: Int32Array;
  /** The day that all of it is on, as changes of category and caps count within a day; -1 where it is on more. */
  readonly day: number;
};

/** The options that are open, as columns are made of them. */
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
 * Stretches of a day with few slots between them are one where the manner of what follows each other counts: what comes
 * after a meeting goes with what came before it.
 */
export function groundOf({ count, first, stretch, head, tail }: Options, all: Int32Array, manner: Manner): Ground {
  const piece = new Int32Array(stretch.length);
  for (let index = 0; index < count; index += 1) piece.fill(index, first[index] ?? 0, first[index + 1] ?? 0);
  const ranks = ranksOf(
    Array.from(all, (id) => stretch[id] ?? -1),
    manner.join,
  );
  const rank = stretch.map((number) => ranks.get(number) ?? -1);
  const many = Math.max(0, ...Array.from(ranks.values(), (each) => each + 1));
  const takes = (id: number) => (tail[id] ?? 0) > (head[id] ?? 0);
  const byRank = Array.from({ length: many }, (): number[] => []);
  for (const id of all) if (takes(id)) byRank[rank[id] ?? 0]?.push(id);
  const filled = byRank.flatMap((ids, at) => (ids.length > 0 ? [{ ids, at }] : []));
  const stretchOf = new Int32Array(stretch.length).fill(-1);
  filled.forEach(({ ids }, at) => ids.forEach((id) => (stretchOf[id] = at)));
  return {
    all,
    stretches: filled.map(({ ids }) => gathered(ids, head, tail, manner.dayOf)),
    piece,
    rank,
    stretchOf,
    ranks: many,
    rankOf: Int32Array.from(filled, ({ at }) => at),
    singles: all.filter((id) => !takes(id)),
  };
}

/** Numbers of stretches grow by one with each slot that nobody may use: those near each other share a rank. */
function ranksOf(numbers: readonly number[], join: number): ReadonlyMap<number, number> {
  const ranks = new Map<number, number>();
  let last = -Infinity;
  let rank = -1;
  for (const number of [...new Set(numbers)].filter((each) => each >= 0).sort((a, b) => a - b)) {
    if (number - last > join) rank += 1;
    ranks.set(number, rank);
    last = number;
  }
  return ranks;
}

function gathered(ids: number[], head: Int32Array, tail: Int32Array, dayOf: Int32Array): Stretch {
  const start = (id: number) => head[id] ?? 0;
  const from = ids.reduce((least, id) => Math.min(least, start(id)), Infinity);
  const to = ids.reduce((most, id) => Math.max(most, tail[id] ?? 0), 0);
  return {
    from,
    to,
    ids: Int32Array.from(ids.sort((a, b) => start(a) - start(b))),
    day: dayOf[from] === dayOf[to - 1] ? (dayOf[from] ?? -1) : -1,
  };
}
