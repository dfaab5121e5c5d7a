import type { Options } from "../search/options.ts";

/** A piece that must not come at a slot, as it ended, or one that waits for it, at an earlier one: slots of a stretch. */
export type Mistake = { readonly piece: number; readonly from: number; readonly to: number };

/**
 * The pieces that a walk remembers to have met, each where that keeps it from a mistake: a bit for each, which others
 * may have elsewhere (arcs that remember, Pecin et al. 2017).
 */
export type Memory = {
  /** Bits there are. */
  readonly width: () => number;
  clear(): void;
  /** Remembers a piece from one slot to another too; false where that is known, or asks for more bits than `most`. */
  learn(mistake: Mistake, most: number): boolean;
  /** The piece's bit where it is remembered, 0 elsewhere. */
  bit(piece: number, slot: number): number;
  /** The bits of a slot that keep a piece from coming. */
  bars(piece: number, slot: number): number;
  /** By slot the bits that are somebody's, and those that are from there on. */
  readonly owned: Int32Array;
  readonly begun: Int32Array;
};

export function createMemory({ edges, outOf, count, size }: Options): Memory {
  const from = new Int32Array(count);
  const to = new Int32Array(count).fill(-1);
  const color = new Int32Array(count);
  const owned = new Int32Array(size + 1);
  const begun = new Int32Array(size + 1);
  let known: number[] = [];
  let width = 0;

  const isKnown = (piece: number, slot: number) => (from[piece] ?? 0) <= slot && slot <= (to[piece] ?? -1);
  const bit = (piece: number, slot: number) => (isKnown(piece, slot) ? 1 << (color[piece] ?? 0) : 0);

  /** The first bit, the piece's own before all, that nobody else has between these slots. */
  function free(piece: number, start: number, end: number): number {
    let others = 0;
    for (const other of known)
      if (other !== piece && (from[other] ?? 0) <= end && start <= (to[other] ?? -1))
        others |= 1 << (color[other] ?? 0);
    if (known.includes(piece) && (others & (1 << (color[piece] ?? 0))) === 0) return color[piece] ?? 0;
    return Math.log2(~others & -~others);
  }

  function forget(piece: number): void {
    const own = ~bit(piece, from[piece] ?? 0);
    for (let slot = from[piece] ?? 0; slot <= (to[piece] ?? -1); slot += 1) owned[slot] = (owned[slot] ?? 0) & own;
    begun[from[piece] ?? 0] = (begun[from[piece] ?? 0] ?? 0) & own;
    to[piece] = -1;
  }

  function mark(piece: number): void {
    const own = bit(piece, from[piece] ?? 0);
    for (let slot = from[piece] ?? 0; slot <= (to[piece] ?? -1); slot += 1) owned[slot] = (owned[slot] ?? 0) | own;
    begun[from[piece] ?? 0] = (begun[from[piece] ?? 0] ?? 0) | own;
  }

  return {
    width: () => width,
    clear: () => {
      known.forEach(forget);
      known = [];
      width = 0;
    },
    learn: ({ piece, from: start, to: end }, most) => {
      const isNew = !known.includes(piece);
      const first = isNew ? start : Math.min(start, from[piece] ?? 0);
      const last = isNew ? end : Math.max(end, to[piece] ?? 0);
      if (!isNew && first === from[piece] && last === to[piece]) return false;
      const own = free(piece, first, last);
      if (own >= most) return false;
      if (isNew) known.push(piece);
      else forget(piece);
      [from[piece], to[piece], color[piece]] = [first, last, own];
      mark(piece);
      width = Math.max(width, own + 1);
      return true;
    },
    bit,
    bars: (piece, slot) => {
      let bars = bit(piece, slot);
      for (const edge of outOf[piece] ?? []) bars |= bit(edges[edge]?.after ?? 0, slot);
      return bars;
    },
    owned,
    begun,
  };
}
