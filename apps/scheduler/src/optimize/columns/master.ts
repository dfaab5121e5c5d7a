import type { Options } from "../search/options.ts";
import type { Prices } from "../search/prices.ts";
import type { Row } from "./basis.ts";
import { createSimplex } from "./simplex.ts";
import type { Ground } from "./stretches.ts";

/** Rows of the program over columns: one for each piece, then one for each stretch, then those of order. */
export type Master = {
  /** Adds the column of these options; -1 for `stretch` where it is in none. False where it is known. */
  add(ids: readonly number[], cost: number, stretch: number): boolean;
  /** Columns with an option that is closed become as dear as a piece that is missing. */
  close(closed: Uint8Array): void;
  solve(pivots: number): number;
  readonly duals: Float64Array;
  /** Calls back with the columns of the plan and their shares. */
  plan(tell: (ids: readonly number[], share: number) => void): void;
  /** What each piece gains in a stretch at these duals, less what its order costs there. */
  gains(duals: Float64Array, rank: number, into: Float64Array): void;
  readonly rowOfStretch: (stretch: number) => number;
  /** Duals that say about what prices of slots and order say. */
  begin(prices: Prices): Float64Array;
  /** Makes duals such as bound the cost of plans, those of a chain rising to 0. */
  allow(duals: Float64Array): void;
};

/** @param missing what a plan costs at least that leaves a piece without an option */
export function createMaster(options: Options, ground: Ground, missing: number): Master {
  const { size, count, edges, cost, head, tail, into, outOf } = options;
  const { stretches, ranks, rank, rankOf, piece } = ground;
  const steps = stepsOf(options, ground);
  const order = count + stretches.length;
  const kinds: Row[] = [
    ...Array.from({ length: count }, (): Row => "one"),
    ...stretches.map((): Row => "atMostOne"),
    ...steps.flatMap((own) => own.map((_, at): Row => (at < own.length - 1 ? "chain" : "lastOfChain"))),
  ];
  const simplex = createSimplex(kinds, missing);
  /** By edge and rank: the row of order that a piece there counts in; -1 where it makes no difference. */
  const rowOf = new Int32Array(edges.length * ranks).fill(-1);
  let next = order;
  steps.forEach((own, edge) => {
    for (let at = 0, step = 0; at < ranks; at += 1) {
      while (step < own.length && (own[step] ?? 0) < at) step += 1;
      if (step < own.length) rowOf[edge * ranks + at] = next + step;
    }
    next += own.length;
  });
  const columns: { readonly ids: readonly number[]; readonly cost: number; isClosed: boolean }[] = [];
  const known = new Set<string>();
  const byRank = Array.from({ length: ranks + 1 }, (_, at) => ground.all.filter((id) => (rank[id] ?? -1) === at - 1));
  const endOf = byRank.slice(1).map((ids) => ids.reduce((end, id) => Math.max(end, (tail[id] ?? 0) - 1), 0));
  const net = new Int32Array(edges.length);

  /** Up to each rank: who comes after may have started only if who comes before has ended (Christofides et al. 1987). */
  function rowsOf(ids: readonly number[], stretch: number): { rows: number[]; values: number[] } {
    const rows = ids.map((id) => piece[id] ?? 0);
    const values = ids.map(() => 1);
    if (stretch >= 0) {
      rows.push(count + stretch);
      values.push(1);
    }
    const at = stretch >= 0 ? (rankOf[stretch] ?? 0) : (rank[ids[0] ?? 0] ?? -1);
    if (at < 0) return { rows, values };
    net.fill(0);
    for (const id of ids) {
      for (const edge of into[piece[id] ?? 0] ?? []) net[edge] = (net[edge] ?? 0) + 1;
      for (const edge of outOf[piece[id] ?? 0] ?? []) net[edge] = (net[edge] ?? 0) - 1;
    }
    net.forEach((value, edge) => {
      const row = rowOf[edge * ranks + at] ?? -1;
      if (value === 0 || row < 0) return;
      rows.push(row);
      values.push(value);
    });
    return { rows, values };
  }

  function addOrder(duals: Float64Array, at: number, gains: Float64Array): void {
    if (at < 0) return;
    edges.forEach(({ before, after }, edge) => {
      const row = rowOf[edge * ranks + at] ?? -1;
      const sum = row < 0 ? 0 : (duals[row] ?? 0);
      gains[after] = (gains[after] ?? 0) + sum;
      gains[before] = (gains[before] ?? 0) - sum;
    });
  }

  /** What the order of an edge costs who starts at the end of a rank or before. */
  function beyond(prices: Prices, edge: number, at: number): number {
    let sum = 0;
    for (let slot = endOf[at] ?? 0; slot <= size; slot += 1) sum += prices[size + edge * (size + 1) + slot] ?? 0;
    return sum;
  }

  /** Prices of all slots before each. */
  function sums(prices: Prices): Float64Array {
    const before = new Float64Array(size + 1);
    for (let slot = 0; slot < size; slot += 1) before[slot + 1] = (before[slot] ?? 0) + (prices[slot] ?? 0);
    return before;
  }

  return {
    add: (ids, sum, stretch) => {
      const key = ids.join();
      if (known.has(key)) return false;
      known.add(key);
      const { rows, values } = rowsOf(ids, stretch);
      columns.push({ ids, cost: sum, isClosed: false });
      simplex.add(sum, rows, values);
      return true;
    },
    close: (closed) =>
      columns.forEach((column, at) => {
        const isClosed = column.ids.some((id) => closed[id] === 1);
        if (isClosed === column.isClosed) return;
        column.isClosed = isClosed;
        simplex.setCost(at, column.cost + (isClosed ? missing : 0));
        simplex.setClosed(at, isClosed);
      }),
    solve: simplex.solve,
    duals: simplex.duals,
    plan: (tell) => simplex.plan((at, share) => tell(columns[at]?.ids ?? [], share)),
    gains: (duals, at, gains) => {
      for (let index = 0; index < count; index += 1) gains[index] = duals[index] ?? 0;
      addOrder(duals, at, gains);
    },
    rowOfStretch: (stretch) => count + stretch,
    begin: (prices) => {
      const duals = new Float64Array(simplex.duals.length);
      steps.forEach((own, edge) => {
        for (const at of own) duals[rowOf[edge * ranks + at] ?? 0] = -beyond(prices, edge, at);
      });
      duals.fill(Infinity, 0, count);
      const gains = new Float64Array(count);
      const before = sums(prices);
      for (let at = -1; at < ranks; at += 1) {
        gains.fill(0);
        addOrder(duals, at, gains);
        for (const id of byRank[at + 1] ?? []) {
          const which = piece[id] ?? 0;
          const slots = (before[tail[id] ?? 0] ?? 0) - (before[head[id] ?? 0] ?? 0);
          duals[which] = Math.min(duals[which] ?? 0, (cost[id] ?? 0) + slots - (gains[which] ?? 0));
        }
      }
      return duals;
    },
    allow: (duals) => {
      for (let row = duals.length - 1; row >= count; row -= 1)
        duals[row] = Math.min(duals[row] ?? 0, kinds[row] === "chain" ? (duals[row + 1] ?? 0) : 0);
    },
  };
}

/**
 * By edge the ranks up to which order asks for something: where the later piece may stand and the earlier one may stand
 * after that, but no later than where the later one may stand next. Rows for all others follow from these.
 */
function stepsOf({ edges, count }: Options, { piece, rank, ranks, all }: Ground): number[][] {
  const places = new Uint8Array(count * ranks);
  for (const id of all) if ((rank[id] ?? -1) >= 0) places[(piece[id] ?? 0) * ranks + (rank[id] ?? 0)] = 1;
  const mayStand = (which: number, at: number) => places[which * ranks + at] === 1;
  return edges.map(({ before, after }) => {
    const kept: number[] = [];
    let between = true;
    for (let at = ranks - 1; at >= 0; at -= 1) {
      if (mayStand(after, at) && between) {
        kept.push(at);
        between = false;
      }
      between ||= mayStand(before, at);
    }
    return kept.toReversed();
  });
}
