import type { Axis } from "../time/axis.ts";
import type { Span } from "../time/spans.ts";

/**
 * Where a piece stands so far, in slots rounded outwards; `cost` is what staying costs. One that lasts longer or shorter
 * than it did is `resized`: there rest counts as anywhere else.
 */
export type Home = Span & {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
  readonly resized: boolean;
};

/** Something that takes time on the axis and that the search may place. */
export type Piece = {
  readonly kind: "task" | "event" | "lunch";
  readonly minutes: number;
  readonly slots: number;
  /** Minutes of continuous work that it adds: 0 for events and lunch. */
  readonly work: number;
  /** Slots where it may start by every hard rule that does not depend on the other pieces; cheapest first. */
  readonly starts: Int32Array;
  /** What each of `starts` costs. */
  readonly costs: Int32Array;
  /** Where it stood before; where it may stay is `home`. */
  readonly was: Span | null;
  readonly home: Home | null;
  readonly locked: boolean;
  /** What leaving it out costs. */
  readonly unplaced: number;
  /** How much it counts, and when it is due in epoch milliseconds (Infinity: never); only to choose orders by. */
  readonly weight: number;
  readonly due: number;
  /** Pieces that must end before it starts, and that must wait for its end. Without those it waits for none stands. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Slots that have to pass after the end of each of `before`. */
  readonly lags: readonly number[];
  /** Of its slots those before the work begins: it holds them, but neither works nor rests in them. */
  readonly lead: number;
  /** The number of its category; -1 for what has none. See `switching`. */
  readonly group: number;
};

type Extent = Pick<Piece, "slots" | "lead" | "minutes">;

/** Of its slots those after the work, which its buffer takes. */
export function trailOf({ slots, lead, minutes }: Extent, grid: number): number {
  return slots - lead - Math.ceil(minutes / grid);
}

/** Minutes between its end and that of its last slot; a buffer after it is no rest. */
export function idleOf(extent: Extent, grid: number): number {
  return trailOf(extent, grid) === 0 ? (extent.slots - extent.lead) * grid - extent.minutes : 0;
}

/** All that the search knows of a problem. What it asks for beyond costs of starts and order is rest between work. */
export type Model = {
  readonly axis: Axis;
  readonly items: readonly Piece[];
  /** Slots in which no one rests, though no piece stands there. */
  readonly taken: Uint8Array;
  /** So many minutes without work are a rest; without one no more than `limit` minutes of work follow each other. */
  readonly rest: { readonly minutes: number; readonly limit: number };
  /** The share of the axis that is working time. */
  readonly open: number;
  /** Hours of work in each of `days`, squared, cost this much. */
  readonly balance: number;
  /** Each change of category from one task of a day to the next costs this much. */
  readonly switching: number;
  readonly days: readonly Span[];
  readonly caps: readonly Cap[];
};

/** Of these pieces, no more than so many minutes of work (which begins `lead` slots in) may start on any one day. */
export type Cap = { readonly items: readonly number[]; readonly minutes: number };

/** `candidates` (slot, cost pairs by position) as parallel arrays, cheapest first, then earliest. */
export function ranked(slots: readonly number[], cost: (slot: number) => number): Pick<Piece, "starts" | "costs"> {
  // Cost and position in one number, so that the native numeric sort does it: costs stay below 2^31, slots below 2^20.
  const keys = Float64Array.from(slots, (slot) => Math.min(cost(slot), 2 ** 31 - 1) * 2 ** 20 + slot).sort();
  const starts = new Int32Array(keys.length);
  const costs = new Int32Array(keys.length);
  keys.forEach((key, index) => {
    starts[index] = key % 2 ** 20;
    costs[index] = Math.floor(key / 2 ** 20);
  });
  return { starts, costs };
}

/** No plan costs less: every piece at the cheapest of its places, or left out. */
export function lowest({ items }: Model): number {
  return items.reduce(
    (sum, { costs, home, unplaced }) => sum + Math.min(costs[0] ?? unplaced, home?.cost ?? unplaced, unplaced),
    0,
  );
}
