import type { Axis } from "../time/axis.ts";
import type { Home, Model, Piece } from "./model.ts";
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

/** So many slots have to pass between the end of `before` and the start of `after`. */
export type Edge = { readonly before: number; readonly after: number; readonly lag: number };

type Rows = Pick<Options, "first" | "choice" | "cost" | "from" | "to" | "head" | "tail">;
type Row = Record<"choice" | "cost" | "from" | "to" | "head" | "tail", number>;

/** More than this would take longer to price than to search. */
const mostOptions = 150_000;
const mostPrices = 150_000;

/**
 * Null where there are so many that pricing them does not pay.
 * @param look called every few pieces, as many take a while
 */
export function createOptions(model: Model, look: () => void = () => undefined): Options | null {
  const { items, axis } = model;
  const edges = items.flatMap(({ before, lags }, after) =>
    before.map((each, at): Edge => ({ before: each, after, lag: lags[at] ?? 0 })),
  );
  const most = items.reduce((sum, { starts }) => sum + starts.length + 2, 0);
  if (most > mostOptions || axis.size + edges.length * (axis.size + 1) > mostPrices) return null;

  const rows = rowsOf(model, most, look);
  return {
    size: axis.size,
    count: items.length,
    ...rows,
    stretch: stretches(rows, axis.size),
    edges,
    into: items.map((_, index) => edges.flatMap(({ after }, edge) => (after === index ? [edge] : []))),
    outOf: items.map((_, index) => edges.flatMap(({ before }, edge) => (before === index ? [edge] : []))),
  };
}

/** The option of each piece that a plan takes. */
export function idsOf({ first, choice }: Options, choices: Int32Array): Int32Array {
  return choices.map((chosen, piece) => {
    const end = first[piece + 1] ?? 0;
    let id = first[piece] ?? 0;
    while (id < end - 1 && choice[id] !== chosen) id += 1;
    return id;
  });
}

/** Taken slots, but for those that a piece may stay in a part of: what it leaves of them may be a rest. */
export function busyOf({ taken, items }: Model): Uint8Array {
  const busy = taken.slice();
  for (const { home } of items) if (home) busy.fill(0, home.from, home.to);
  return busy;
}

const piecesPerLook = 4;

/** What fits beside the locked pieces, by time; being left out comes last. */
function rowsOf(model: Model, most: number, look: () => void): Rows {
  const { items, axis } = model;
  const state = createState({ ...model, taken: busyOf(model) });
  items.forEach(({ locked }, index) => locked && state.put(index, atHome));
  const columns = columnsOf(most);
  const first = new Int32Array(items.length + 1);
  let count = 0;
  const add = (row: Row): void => {
    for (const key of keys) columns[key][count] = row[key];
    count += 1;
  };
  items.forEach((item, index) => {
    if (index % piecesPerLook === 0) look();
    addPiece(item, axis, (choice) => state.mayFit(index, choice), add);
    first[index + 1] = count;
  });
  const cut = <T extends Int32Array | Float64Array>(all: T) => all.subarray(0, count) as T;
  const { choice, cost, from, to, head, tail } = columns;
  return {
    first,
    choice: cut(choice),
    cost: cut(cost),
    from: cut(from),
    to: cut(to),
    head: cut(head),
    tail: cut(tail),
  };
}

const keys = ["choice", "cost", "from", "to", "head", "tail"] as const;

function columnsOf(most: number) {
  return {
    choice: new Int32Array(most),
    cost: new Float64Array(most),
    from: new Int32Array(most),
    to: new Int32Array(most),
    head: new Int32Array(most),
    tail: new Int32Array(most),
  };
}

function addPiece(
  { starts, costs, slots, home, locked, unplaced }: Piece,
  axis: Axis,
  mayFit: (choice: number) => boolean,
  add: (row: Row) => void,
): void {
  const mayStay = home !== null && (locked || mayFit(atHome));
  const atHomeRow = mayStay ? homeRow(home, axis, locked) : null;
  if (locked && atHomeRow) return add(atHomeRow);

  let isPending = atHomeRow !== null;
  const order = Uint32Array.from(starts, (_, choice) => choice).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
  for (const choice of order) {
    const from = starts[choice] ?? 0;
    if (isPending && atHomeRow && atHomeRow.from <= from) {
      add(atHomeRow);
      isPending = false;
    }
    if (!mayFit(choice)) continue;
    add({ choice, cost: costs[choice] ?? 0, from, to: from + slots, head: from, tail: from + slots });
  }
  if (isPending && atHomeRow) add(atHomeRow);
  add({ choice: nowhere, cost: unplaced, from: axis.size + 1, to: axis.size + 1, head: 0, tail: 0 });
}

/** Locked pieces need no slots here: nothing else may stand in them anyway. */
function homeRow(home: Home, axis: Axis, locked: boolean): Row {
  const step = axis.grid * 60_000;
  const first = Math.max(home.from, Math.ceil((home.start - axis.origin) / step));
  const last = Math.min(axis.size, Math.max(first, Math.floor((home.end - axis.origin) / step)));
  return {
    choice: atHome,
    cost: home.cost,
    from: home.from,
    to: Math.min(home.to, axis.size),
    head: locked ? 0 : Math.min(first, last),
    tail: locked ? 0 : last,
  };
}

function stretches({ from, head, tail }: Rows, size: number): Int32Array {
  const usable = new Uint8Array(size);
  head.forEach((slot, row) => usable.fill(1, slot, tail[row] ?? 0));
  const numbers = new Int32Array(size + 1);
  let number = 0;
  for (let slot = 0; slot < size; slot += 1) {
    if (usable[slot] === 0) number += 1;
    numbers[slot] = number;
  }
  return from.map((slot) => (slot > size ? -1 : (numbers[slot] ?? 0)));
}
