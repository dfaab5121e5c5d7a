/**
 * A row says that its sum is exactly one, or at most one; or, of a row in a chain, that its sum and those of all rows of
 * the chain before it are at most 0 together.
 */
export type Row = "one" | "atMostOne" | "chain" | "lastOfChain";

/** What stands in the rows of a linear program, with the inverse of its matrix kept whole (Dantzig, Orchard-Hays 1954). */
export type Basis = {
  /** By row: a column, or -1 less the row that is missed or has room. */
  readonly ids: Int32Array;
  /** By row: how much of that there is. */
  readonly level: Float64Array;
  /** Adds a column; answers its number. */
  add(rows: readonly number[], values: readonly number[]): number;
  /** The sum of a column's entries, each times the number of its row. */
  weigh(id: number, numbers: Float64Array): number;
  /** Numbers by row of which the columns in the basis weigh what they cost. */
  price(costs: Float64Array, duals: Float64Array): void;
  /** The row whose share is used up first as one of these enters; -1 where none is. */
  leaving(id: number): number;
  /** Puts what `leaving` was asked of into that row; adds the row of the inverse, so many times, to `duals`. */
  enter(row: number, id: number, duals: Float64Array, times: number): void;
  /** Rounding adds up: now and then the inverse is made anew. */
  refresh(): void;
  /** Entries of all columns. */
  readonly entries: () => number;
};

const smallest = 1e-8;
/** Equal rows make steps of no length; each is moved by its own small part, which no bound depends on. */
const spread = 1e-6;
const entersPerInverse = 400;

export function createBasis(kinds: readonly Row[]): Basis {
  const size = kinds.length;
  const right = Float64Array.from(kinds, (kind, row) => {
    const moved = spread * (1 + ((row * 7919) % 101) / 101);
    return kind === "one" || kind === "atMostOne" ? 1 + moved : moved;
  });
  /** By column of the inverse, so that what is added up lies side by side. */
  const inverse = new Float64Array(size * size);
  const level = new Float64Array(size);
  const step = new Float64Array(size);
  const ids = new Int32Array(size);
  const starts: number[] = [0];
  const rows: number[] = [];
  const values: number[] = [];
  let entered = 0;
  begin();

  /** Nothing but what is missed or has room; that of a row in a chain counts in the rows after it too. */
  function begin(): void {
    inverse.fill(0);
    level.fill(0);
    for (let row = 0, first = 0; row < size; row += 1) {
      const isChained = kinds[row] === "chain" || kinds[row] === "lastOfChain";
      ids[row] = -1 - row;
      for (let column = isChained ? first : row; column <= row; column += 1) inverse[column * size + row] = 1;
      if (kinds[row] !== "chain") first = row + 1;
    }
    for (let column = 0; column < size; column += 1) addTo(level, column, right[column] ?? 0);
    entered = 0;
  }

  function addTo(sum: Float64Array, column: number, factor: number): void {
    const base = column * size;
    for (let row = 0; row < size; row += 1) sum[row] = (sum[row] ?? 0) + factor * (inverse[base + row] ?? 0);
  }

  /** What one of a column takes from each of the basis. */
  function direct(id: number): void {
    step.fill(0);
    if (id < 0) {
      addTo(step, -1 - id, 1);
      if (kinds[-1 - id] === "chain") addTo(step, -id, -1);
      return;
    }
    const end = starts[id + 1] ?? 0;
    for (let entry = starts[id] ?? 0; entry < end; entry += 1) addTo(step, rows[entry] ?? 0, values[entry] ?? 0);
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
    ids[row] = id;
    entered += 1;
  }

  function refresh(): void {
    if (entered <= entersPerInverse) return;
    const wanted = [...ids];
    begin();
    const free = new Set(wanted.keys());
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
    entered = 0;
  }

  return {
    ids,
    level,
    add: (itsRows, itsValues) => {
      rows.push(...itsRows);
      values.push(...itsValues);
      return starts.push(rows.length) - 2;
    },
    weigh: (id, numbers) => {
      if (id < 0) return (numbers[-1 - id] ?? 0) - (kinds[-1 - id] === "chain" ? (numbers[-id] ?? 0) : 0);
      let sum = 0;
      const end = starts[id + 1] ?? 0;
      for (let entry = starts[id] ?? 0; entry < end; entry += 1)
        sum += (numbers[rows[entry] ?? 0] ?? 0) * (values[entry] ?? 0);
      return sum;
    },
    price: (costs, duals) => {
      for (let column = 0; column < size; column += 1) {
        let sum = 0;
        const base = column * size;
        for (let row = 0; row < size; row += 1) sum += (costs[row] ?? 0) * (inverse[base + row] ?? 0);
        duals[column] = sum;
      }
    },
    leaving: (id) => {
      direct(id);
      let least = Infinity;
      let found = -1;
      for (let row = 0; row < size; row += 1) {
        const fall = step[row] ?? 0;
        if (fall < smallest) continue;
        const ratio = Math.max(0, level[row] ?? 0) / fall;
        if (ratio < least || (ratio === least && fall > (step[found] ?? 0))) [least, found] = [ratio, row];
      }
      return found;
    },
    enter: (row, id, duals, times) => {
      pivot(row, id);
      for (let column = 0; column < size; column += 1)
        duals[column] = (duals[column] ?? 0) + times * (inverse[column * size + row] ?? 0);
    },
    refresh,
    entries: () => rows.length,
  };
}
