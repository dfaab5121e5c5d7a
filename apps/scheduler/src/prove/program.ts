import type { Model } from "../optimize/search/model.ts";
import type { Options } from "../optimize/search/options.ts";
import { atHome } from "../optimize/search/state.ts";
import { dayOf } from "./day.ts";

/**
 * An integer program over the options that are open: a column each, of which every piece takes one. Rows keep slots for
 * one piece, order, and caps; rest between work and what days cost besides has none, so it is a relaxation.
 */
export type Program = {
  readonly columns: Int32Array;
  readonly costs: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Compressed by column: where its entries start, in which rows they are, and what they are. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
};

/** Flat lists: a million of small ones would keep the thread at collecting garbage, from which it cannot be called off. */
type Entries = Readonly<Record<"rows" | "columns" | "values", number[]>>;

type Rows = {
  readonly count: number;
  add(lower: number, upper: number): number;
  set(row: number, column: number, value: number): void;
};

/** @param open ids of options, ascending */
export function programOf(model: Model, options: Options, open: Int32Array): Program {
  const entries: Entries = { rows: [], columns: [], values: [] };
  const lower: number[] = [];
  const upper: number[] = [];
  const rows: Rows = {
    count: open.length,
    add: (low, high) => {
      upper.push(high);
      return lower.push(low) - 1;
    },
    set: (row, column, value) => {
      entries.rows.push(row);
      entries.columns.push(column);
      entries.values.push(value);
    },
  };
  const first = firstOf(options, open);
  addPieces(rows, first);
  addSlots(rows, options, open);
  addOrder(rows, options, open, first);
  addCaps(rows, model, options, open, first);
  return {
    columns: open,
    costs: Float64Array.from(open, (id) => options.cost[id] ?? 0),
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
    ...compressed(entries, open.length),
  };
}

/** First column of each piece; one more entry than pieces. */
function firstOf(options: Options, open: Int32Array): Int32Array {
  const first = new Int32Array(options.count + 1);
  let column = 0;
  for (let piece = 0; piece <= options.count; piece += 1) {
    while (column < open.length && (open[column] ?? 0) < (options.first[piece] ?? 0)) column += 1;
    first[piece] = column;
  }
  return first;
}

function addPieces(rows: Rows, first: Int32Array): void {
  for (let piece = 0; piece + 1 < first.length; piece += 1) {
    const row = rows.add(1, 1);
    for (let column = first[piece] ?? 0; column < (first[piece + 1] ?? 0); column += 1) rows.set(row, column, 1);
  }
}

/** A slot whose columns all stand in the slot beside it too needs no row of its own. */
function addSlots(rows: Rows, { size, head, tail }: Options, open: Int32Array): void {
  const within: number[][] = Array.from({ length: size }, () => []);
  open.forEach((id, column) => {
    for (let slot = head[id] ?? 0; slot < (tail[id] ?? 0); slot += 1) within[slot]?.push(column);
  });
  const isIn = (some: readonly number[], all: readonly number[] = []) => {
    const known = new Set(all);
    return some.every((column) => known.has(column));
  };
  within.forEach((columns, slot) => {
    const [last, next] = [within[slot - 1], within[slot + 1]];
    if (columns.length < 2 || isIn(columns, next)) return;
    if (columns.length < (last?.length ?? 0) && isIn(columns, last)) return;
    const row = rows.add(-Infinity, 1);
    for (const column of columns) rows.set(row, column, 1);
  });
}

/**
 * Up to each slot: the later piece has started only if the earlier one has ended, its lag passed (Christofides et al.
 * 1987). Between two starts of the later piece only the row that asks most is kept.
 */
function addOrder(rows: Rows, { size, edges, from, to }: Options, open: Int32Array, first: Int32Array): void {
  const columns = (piece: number) =>
    Array.from({ length: (first[piece + 1] ?? 0) - (first[piece] ?? 0) }, (_, at) => (first[piece] ?? 0) + at);
  for (const { before, after, lag } of edges) {
    const ended = columns(before).map((column) => ({ column, slot: (to[open[column] ?? 0] ?? 0) + lag }));
    const begun = columns(after).map((column) => ({ column, slot: from[open[column] ?? 0] ?? 0 }));
    const starts = [...new Set(begun.map(({ slot }) => slot))].filter((slot) => slot <= size).sort((a, b) => a - b);
    starts.forEach((start, at) => {
      const next = starts[at + 1] ?? Infinity;
      if (!ended.some(({ slot }) => slot > start && slot <= next)) return;
      const row = rows.add(-Infinity, 0);
      for (const { column, slot } of begun) if (slot <= start) rows.set(row, column, 1);
      for (const { column, slot } of ended) if (slot <= start) rows.set(row, column, -1);
    });
  }
}

function addCaps(rows: Rows, model: Model, { from, choice }: Options, open: Int32Array, first: Int32Array): void {
  for (const { items, minutes } of model.caps) {
    const byDay = new Map<number, [column: number, work: number][]>();
    for (const piece of items) {
      const { lead = 0, work = 0 } = model.items[piece] ?? {};
      for (let column = first[piece] ?? 0; column < (first[piece + 1] ?? 0); column += 1) {
        const id = open[column] ?? 0;
        // Where a piece stands off the grid its day is not read from its slots; without it the row asks for less.
        const day = (choice[id] ?? atHome) < 0 ? -1 : dayOf(model, (from[id] ?? 0) + lead);
        if (day < 0) continue;
        const columns = byDay.get(day) ?? [];
        byDay.set(day, columns);
        columns.push([column, work]);
      }
    }
    for (const columns of byDay.values()) {
      const row = rows.add(-Infinity, minutes);
      for (const [column, work] of columns) rows.set(row, column, work);
    }
  }
}

function compressed({ rows: rowOf, columns, values: valueOf }: Entries, count: number) {
  const starts = new Int32Array(count + 1);
  for (const column of columns) starts[column + 1] = (starts[column + 1] ?? 0) + 1;
  for (let column = 0; column < count; column += 1)
    starts[column + 1] = (starts[column + 1] ?? 0) + (starts[column] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(columns.length);
  const values = new Float64Array(columns.length);
  columns.forEach((column, at) => {
    const to = next[column] ?? 0;
    next[column] = to + 1;
    rows[to] = rowOf[at] ?? 0;
    values[to] = valueOf[at] ?? 0;
  });
  return { starts, rows, values };
}
