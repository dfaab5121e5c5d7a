import { createBasis, type Row } from "./basis.ts";

/**
 * A linear program in few rows to which columns come one by one: the revised primal simplex method. It starts from a
 * plan that needs no column, so that whatever comes or grows dear, the plan that it holds stays feasible.
 */
export type Simplex = {
  /** Adds a column, whose entries are 1 or -1; answers its number. */
  add(cost: number, rows: readonly number[], values: readonly number[]): number;
  setCost(column: number, cost: number): void;
  /** A column that is closed stays out unless it is in the plan already. */
  setClosed(column: number, isClosed: boolean): void;
  /** Goes on to the cheapest plan, or until so many pivots are done; answers the work, in entries looked at. */
  solve(pivots: number): number;
  /** By row: what one more on its right side adds to the cost. */
  readonly duals: Float64Array;
  /** Calls back with the columns in the plan and their shares, none of which is 0. */
  plan(tell: (column: number, share: number) => void): void;
};

const none = -1e9;
const tolerance = 1e-6;
const mostCandidates = 24;
const leastShare = 1e-4;

/** @param missing what each unit costs by which a row of exactly one is missed */
export function createSimplex(kinds: readonly Row[], missing: number): Simplex {
  const size = kinds.length;
  const basis = createBasis(kinds);
  const duals = new Float64Array(size);
  const basic = new Float64Array(size);
  const costs: number[] = [];
  const open: boolean[] = [];
  let candidates: number[] = [];
  let work = 0;

  function costOf(id: number): number {
    if (id >= 0) return costs[id] ?? 0;
    return kinds[-1 - id] === "one" ? missing : 0;
  }

  function reduced(id: number): number {
    return costOf(id) - basis.weigh(id, duals);
  }

  /** What saves most of those that saved most when all were looked at; then all are looked at again. */
  function entering(): number {
    const known = cheapest();
    if (known !== none) return known;
    survey();
    return cheapest();
  }

  function cheapest(): number {
    let best = -tolerance;
    let found = none;
    for (const id of candidates) {
      const value = reduced(id);
      if (value < best) [best, found] = [value, id];
    }
    return found;
  }

  function survey(): void {
    const found: { id: number; value: number }[] = [];
    const keepBest = () => found.sort((a, b) => a.value - b.value).splice(mostCandidates);
    let bar = -tolerance;
    for (let id = -size; id < costs.length; id += 1) {
      if (id >= 0 && !open[id]) continue;
      const value = reduced(id);
      if (value >= bar) continue;
      found.push({ id, value });
      if (found.length < 4 * mostCandidates) continue;
      keepBest();
      bar = found.at(-1)?.value ?? bar;
    }
    keepBest();
    candidates = found.map(({ id }) => id);
    work += basis.entries() + size;
  }

  function solve(most: number): number {
    const before = work;
    basis.refresh();
    basis.ids.forEach((id, row) => (basic[row] = costOf(id)));
    basis.price(basic, duals);
    work += size * size;
    candidates = [];
    for (let done = 0; done < most; done += 1) {
      const id = entering();
      const row = id === none ? -1 : basis.leaving(id);
      if (row < 0) break;
      basis.enter(row, id, duals, reduced(id));
      work += size * size;
    }
    return work - before;
  }

  return {
    add: (cost, rows, values) => {
      costs.push(cost);
      open.push(true);
      return basis.add(rows, values);
    },
    setCost: (column, cost) => void (costs[column] = cost),
    setClosed: (column, isClosed) => void (open[column] = !isClosed),
    solve,
    duals,
    plan: (tell) =>
      basis.ids.forEach((id, row) => {
        const share = basis.level[row] ?? 0;
        if (id >= 0 && share > leastShare) tell(id, share);
      }),
  };
}
