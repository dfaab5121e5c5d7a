import type { Model } from "./model.ts";
import { atHome, createState, nowhere } from "./state.ts";

/** Every way in which every piece can stand, or be left out: one column each, those of a piece next to each other. */
export type Options = {
  readonly size: number;
  readonly count: number;
  /** First option of a piece; one more entry than pieces. */
  readonly first: Int32Array;
  readonly choice: Int32Array;
  readonly cost: Float64Array;
  /** Slots by which it keeps its order with others; both lie behind the axis where it is left out. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Slots that it has for itself: none where it is left out or locked, whole ones only where it stands off the grid. */
  readonly head: Int32Array;
  readonly tail: Int32Array;
  /** Number of the stretch of usable time that it starts in; -1 where it is left out. */
  readonly stretch: Int32Array;
  /** Who must end before whom. */
  readonly edges: readonly Edge[];
  readonly into: readonly (readonly number[])[];
  readonly outOf: readonly (readonly number[])[];
};

export type Edge = { readonly before: number; readonly after: number };

type Row = Record<"choice" | "cost" | "from" | "to" | "head" | "tail", number>;

/** More than this would take longer to price than to search. */
const mostOptions = 150_000;
const mostPrices = 150_000;

/** Null where there are so many that pricing them does not pay. */
export function createOptions(model: Model): Options | null {
  const { items, axis } = model;
  const edges = items.flatMap(({ before }, after) => before.map((each): Edge => ({ before: each, after })));
  const most = items.reduce((sum, { starts }) => sum + starts.length + 2, 0);
  if (most > mostOptions || axis.size + edges.length * (axis.size + 1) > mostPrices) return null;

  const rows = rowsOf(model);
  const all = rows.flat();
  const of = (key: keyof Row) => Int32Array.from(all, (row) => row[key]);
  const first = new Int32Array(items.length + 1);
  rows.forEach((list, index) => (first[index + 1] = (first[index] ?? 0) + list.length));
  return {
    size: axis.size,
    count: items.length,
    first,
    choice: of("choice"),
    cost: Float64Array.from(all, ({ cost }) => cost),
    from: of("from"),
    to: of("to"),
    head: of("head"),
    tail: of("tail"),
    stretch: stretches(all, axis.size),
    edges,
    into: items.map((_, index) => edges.flatMap(({ after }, edge) => (after === index ? [edge] : []))),
    outOf: items.map((_, index) => edges.flatMap(({ before }, edge) => (before === index ? [edge] : []))),
  };
}

/** What fits beside the locked pieces, by time; being left out comes last. */
function rowsOf(model: Model): Row[][] {
  const { items, axis } = model;
  const state = createState(model);
  items.forEach(({ locked }, index) => locked && state.put(index, atHome));
  return items.map(({ starts, costs, slots, home, locked, unplaced }, index) => {
    if (locked)
      return [
        {
          choice: atHome,
          cost: home?.cost ?? 0,
          from: home?.from ?? 0,
          to: Math.min(home?.to ?? 0, axis.size),
          head: 0,
          tail: 0,
        },
      ];
    const rows: Row[] = [];
    starts.forEach((from, choice) => {
      if (!state.mayFit(index, choice)) return;
      rows.push({ choice, cost: costs[choice] ?? 0, from, to: from + slots, head: from, tail: from + slots });
    });
    if (home && state.mayFit(index, atHome)) {
      const step = axis.grid * 60_000;
      const head = Math.max(home.from, Math.ceil((home.start - axis.origin) / step));
      const tail = Math.min(axis.size, Math.max(head, Math.floor((home.end - axis.origin) / step)));
      rows.push({
        choice: atHome,
        cost: home.cost,
        from: home.from,
        to: Math.min(home.to, axis.size),
        head: Math.min(head, tail),
        tail,
      });
    }
    rows.sort((a, b) => a.from - b.from || a.choice - b.choice);
    return [...rows, { choice: nowhere, cost: unplaced, from: axis.size + 1, to: axis.size + 1, head: 0, tail: 0 }];
  });
}

function stretches(rows: readonly Row[], size: number): Int32Array {
  const usable = new Uint8Array(size);
  for (const { head, tail } of rows) usable.fill(1, head, tail);
  const numbers = new Int32Array(size + 1);
  let number = 0;
  for (let slot = 0; slot < size; slot += 1) {
    if (usable[slot] === 0) number += 1;
    numbers[slot] = number;
  }
  return Int32Array.from(rows, ({ from }) => (from > size ? -1 : (numbers[from] ?? 0)));
}
