/**
 * A linear program in few rows to which columns come one by one: the revised primal simplex method with the inverse of
 * the basis kept whole (Dantzig and Orchard-Hays 1954). It starts from a plan that needs no column, so that whatever
 * comes or grows dear, the plan that it holds stays feasible.
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

/**
 * A row says that its sum is exactly one, or at most one; or, of a row in a chain, that its sum and those of all rows of
 * the chain before it are at most 0 together.
 */
export type Row = "one" | "atMostOne" | "chain" | "lastOfChain";

const none = -1e9;
const tolerance = 1e-6;
const smallest = 1e-8;
/** Equal rows make steps of no length; each is moved by its own small part, which no bound depends on. */
const spread = 1e-6;
const pivotsPerInverse = 400;
const mostCandidates = 24;
const leastShare = 1e-4;

/** @param missing what each unit costs by which a row of exactly one is missed */
export function createSimplex(kinds: readonly Row[], missing: number): Simplex {
  const size = kinds.length;
  const right = Float64Array.from(kinds, (kind, row) => {
    const moved = spread * (1 + ((row * 7919) % 101) / 101);
    return kind === "one" || kind === "atMostOne" ? 1 + moved : moved;
  });
  /** By column of the inverse, so that what is added up lies side by side. */
  const inverse = new Float64Array(size * size);
  const level = new Float64Array(size);
  const duals = new Float64Array(size);
  const step = new Float64Array(size);
  /** By row what is in the basis: a column, or -1 less the row that is missed or has room. */
  const basis = new Int32Array(size);
  const basic = new Float64Array(size);
  const costs: number[] = [];
  const open: boolean[] = [];
  const starts: number[] = [0];
  const rows: number[] = [];
  const values: number[] = [];
  let candidates: number[] = [];
  let since = 0;
  let work = 0;
  begin();

  function begin(): void {
    inverse.fill(0);
    for (let row = 0, first = 0; row < size; row += 1) {
      basis[row] = -1 - row;
      basic[row] = logicalCost(row);
      for (let column = first; column <= row; column += 1)
        if (column === row || isChained(row)) inverse[column * size + row] = 1;
      if (kinds[row] !== "chain") first = row + 1;
    }
    level.fill(0);
    for (let column = 0; column < size; column += 1) addTo(level, column, right[column] ?? 0);
    since = 0;
  }

  function isChained(row: number): boolean {
    return kinds[row] === "chain" || kinds[row] === "lastOfChain";
  }

  function logicalCost(row: number): number {
    return kinds[row] === "one" ? missing : 0;
  }

  function add(cost: number, itsRows: readonly number[], itsValues: readonly number[]): number {
    costs.push(cost);
    open.push(true);
    rows.push(...itsRows);
    values.push(...itsValues);
    starts.push(rows.length);
    return costs.length - 1;
  }

  function price(): void {
    for (let row = 0; row < size; row += 1) {
      const id = basis[row] ?? 0;
      if (id >= 0) basic[row] = costs[id] ?? 0;
    }
    for (let column = 0; column < size; column += 1) {
      let sum = 0;
      const base = column * size;
      for (let row = 0; row < size; row += 1) sum += (basic[row] ?? 0) * (inverse[base + row] ?? 0);
      duals[column] = sum;
    }
    work += size * size;
  }

  function reduced(id: number): number {
    if (id < 0) {
      const row = -1 - id;
      const next = kinds[row] === "chain" ? (duals[row + 1] ?? 0) : 0;
      return logicalCost(row) - (duals[row] ?? 0) + next;
    }
    let sum = costs[id] ?? 0;
    const end = starts[id + 1] ?? 0;
    for (let entry = starts[id] ?? 0; entry < end; entry += 1)
      sum -= (duals[rows[entry] ?? 0] ?? 0) * (values[entry] ?? 0);
    return sum;
  }

  /** What saves most of those that saved most when all were looked at; then all are looked at again. */
  function entering(): number {
    const known = cheapest(candidates);
    if (known !== none) return known;
    survey();
    return cheapest(candidates);
  }

  function cheapest(ids: readonly number[]): number {
    let best = -tolerance;
    let found = none;
    for (const id of ids) {
      const value = reduced(id);
      if (value < best) [best, found] = [value, id];
    }
    return found;
  }

  function survey(): void {
    const found: { id: number; value: number }[] = [];
    let bar = -tolerance;
    for (let id = -size; id < costs.length; id += 1) {
      if (id >= 0 && !open[id]) continue;
      const value = reduced(id);
      if (value >= bar) continue;
      found.push({ id, value });
      if (found.length < 4 * mostCandidates) continue;
      found.sort((a, b) => a.value - b.value).splice(mostCandidates);
      bar = found.at(-1)?.value ?? bar;
    }
    candidates = found.sort((a, b) => a.value - b.value).map(({ id }) => id);
    candidates.splice(mostCandidates);
    work += rows.length + size;
  }

  /** What one of a column takes from each of the basis. */
  function direct(id: number): void {
    step.fill(0);
    if (id >= 0) {
      for (let entry = starts[id] ?? 0; entry < (starts[id + 1] ?? 0); entry += 1)
        addTo(step, rows[entry] ?? 0, values[entry] ?? 0);
      return;
    }
    const row = -1 - id;
    addTo(step, row, 1);
    if (kinds[row] === "chain") addTo(step, row + 1, -1);
  }

  function addTo(sum: Float64Array, column: number, factor: number): void {
    const base = column * size;
    for (let row = 0; row < size; row += 1) sum[row] = (sum[row] ?? 0) + factor * (inverse[base + row] ?? 0);
  }

  /** The row whose share is used up first; -1 where none is. */
  function leaving(): number {
    let least = Infinity;
    let found = -1;
    for (let row = 0; row < size; row += 1) {
      const fall = step[row] ?? 0;
      if (fall < smallest) continue;
      const ratio = Math.max(0, level[row] ?? 0) / fall;
      if (ratio < least || (ratio === least && fall > (step[found] ?? 0))) [least, found] = [ratio, row];
    }
    return found;
  }

  function pivot(row: number, id: number): void {
    const fall = step[row] ?? 1;
    const far = (level[row] ?? 0) / fall;
    for (let each = 0; each < size; each += 1) level[each] = (level[each] ?? 0) - far * (step[each] ?? 0);
    level[row] = far;
    for (let column = 0; column < size; column += 1) {
      const base = column * size;
      const factor = (inverse[base + row] ?? 0) / fall;
      if (factor === 0) continue;
      for (let each = 0; each < size; each += 1)
        inverse[base + each] = (inverse[base + each] ?? 0) - factor * (step[each] ?? 0);
      inverse[base + row] = factor;
    }
    basis[row] = id;
    basic[row] = id >= 0 ? (costs[id] ?? 0) : logicalCost(-1 - id);
    work += size * size;
  }

  /** Rounding adds up: now and then the inverse is made anew from the basis. */
  function invert(): void {
    const wanted = [...basis];
    begin();
    const free = new Set(Array.from(basis, (_, row) => row));
    for (const id of wanted) if (id < 0) free.delete(-1 - id);
    for (const id of wanted) {
      if (id < 0) continue;
      direct(id);
      const row = [...free].reduce((best, each) =>
        Math.abs(step[each] ?? 0) > Math.abs(step[best] ?? 0) ? each : best,
      );
      free.delete(row);
      pivot(row, id);
    }
  }

  function solve(most: number): number {
    const before = work;
    if (since > pivotsPerInverse) invert();
    price();
    candidates = [];
    for (let done = 0; done < most; done += 1) {
      const id = entering();
      if (id === none) break;
      direct(id);
      const row = leaving();
      if (row < 0) break;
      const saves = reduced(id);
      pivot(row, id);
      since += 1;
      for (let column = 0; column < size; column += 1)
        duals[column] = (duals[column] ?? 0) + saves * (inverse[column * size + row] ?? 0);
    }
    return work - before;
  }

  return {
    add,
    setCost: (column, cost) => void (costs[column] = cost),
    setClosed: (column, isClosed) => void (open[column] = !isClosed),
    solve,
    duals,
    plan: (tell) => {
      for (let row = 0; row < size; row += 1) {
        const id = basis[row] ?? -1;
        const share = level[row] ?? 0;
        if (id >= 0 && share > leastShare) tell(id, share);
      }
    },
  };
}
