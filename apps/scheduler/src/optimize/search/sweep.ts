/**
 * The cheapest way to put some of a few pieces into a row of slots, by a dynamic program over time and the set of
 * pieces put so far (Held and Karp 1962). Partial plans that cannot come below a bar are dropped: what remains costs
 * at least its cheapest starts with a price for each slot used, less the prices of all slots ahead, for any prices.
 */
export type Sweep = {
  /** By piece and slot, {@link mostSlots} a piece: what starting there costs; `far` where it may not. */
  readonly price: Float64Array;
  readonly lengths: Int32Array;
  /** By piece: what leaving it out costs, the set of pieces to be put before it, and of those not to be. */
  readonly spared: Float64Array;
  readonly needs: Int32Array;
  readonly bars: Int32Array;
  /** Prices of all slots before one. */
  readonly sums: Float64Array;
  /** The slot of each piece, -1 where it is left out; null where nothing is below the bar. */
  run(pieces: number, slots: number, bar: number): Int32Array | null;
};

const mostPieces = 13;
export const mostSlots = 63;
export const far = 1e15;

/** @param most pieces that it will be asked for: what it holds grows as 2 to that power */
export function createSweep(most: number): Sweep {
  const sets = 1 << Math.min(mostPieces, most);
  const width = mostSlots + 1;
  const price = new Float64Array(mostPieces * mostSlots);
  const lengths = new Int32Array(mostPieces);
  const spared = new Float64Array(mostPieces);
  const needs = new Int32Array(mostPieces);
  const bars = new Int32Array(mostPieces);
  const sums = new Float64Array(width);
  /** By piece and slot: the least that it adds, its slots paid for, if it starts there or later or is left out. */
  const least = new Float64Array(mostPieces * width);
  const value = new Float64Array(width * sets).fill(far);
  /** The piece that ends at a slot in the best plan of a set; -1 where the slot before is idle. */
  const last = new Int32Array(width * sets);
  const open = new Int32Array(width * sets);
  const opened = new Int32Array(width);
  const found = new Int32Array(mostPieces);

  function survey(pieces: number, slots: number): void {
    for (let piece = 0; piece < pieces; piece += 1) {
      const base = piece * width;
      const length = lengths[piece] ?? 0;
      least[base + slots] = spared[piece] ?? 0;
      for (let slot = slots - 1; slot >= 0; slot -= 1) {
        const used = (sums[Math.min(slots, slot + length)] ?? 0) - (sums[slot] ?? 0);
        least[base + slot] = Math.min(least[base + slot + 1] ?? 0, (price[piece * mostSlots + slot] ?? far) + used);
      }
    }
  }

  function reach(slot: number, set: number, cost: number, piece: number): void {
    const place = slot * sets + set;
    const old = value[place] ?? far;
    if (cost >= old) return;
    if (old === far) {
      const many = opened[slot] ?? 0;
      open[slot * sets + many] = set;
      opened[slot] = many + 1;
    }
    value[place] = cost;
    last[place] = piece;
  }

  /** What the pieces outside of a set add at least from a slot on. */
  function ahead(pieces: number, slots: number, slot: number, set: number): number {
    let sum = (sums[slot] ?? 0) - (sums[slots] ?? 0);
    for (let piece = 0; piece < pieces; piece += 1)
      if ((set & (1 << piece)) === 0) sum += least[piece * width + slot] ?? 0;
    return sum;
  }

  function extend(pieces: number, slots: number, slot: number, set: number, bar: number): void {
    const cost = value[slot * sets + set] ?? far;
    const bound = cost + ahead(pieces, slots, slot, set);
    if (bound >= bar) return;
    reach(slot + 1, set, cost, -1);
    for (let piece = 0; piece < pieces; piece += 1) {
      const bit = 1 << piece;
      if ((set & bit) !== 0 || (set & (bars[piece] ?? 0)) !== 0) continue;
      if ((set & (needs[piece] ?? 0)) !== needs[piece]) continue;
      const paid = price[piece * mostSlots + slot] ?? far;
      const end = slot + (lengths[piece] ?? 0);
      const used = (sums[Math.min(slots, end)] ?? 0) - (sums[slot] ?? 0);
      if (bound - (least[piece * width + slot] ?? 0) + paid + used < bar) reach(end, set | bit, cost + paid, piece);
    }
  }

  function cheapest(pieces: number, slots: number, bar: number): number {
    let best = bar;
    let set = -1;
    for (let each = 0; each < (opened[slots] ?? 0); each += 1) {
      const mask = open[slots * sets + each] ?? 0;
      const cost = (value[slots * sets + mask] ?? far) + ahead(pieces, slots, slots, mask);
      if (cost < best) [best, set] = [cost, mask];
    }
    return set;
  }

  function trace(slots: number, end: number): void {
    found.fill(-1);
    for (let slot = slots, set = end; slot > 0;) {
      const piece = last[slot * sets + set] ?? -1;
      slot -= piece < 0 ? 1 : (lengths[piece] ?? 1);
      if (piece < 0) continue;
      set &= ~(1 << piece);
      found[piece] = slot;
    }
  }

  function clear(slots: number): void {
    for (let slot = 0; slot <= slots; slot += 1) {
      for (let each = 0; each < (opened[slot] ?? 0); each += 1)
        value[slot * sets + (open[slot * sets + each] ?? 0)] = far;
      opened[slot] = 0;
    }
  }

  function run(pieces: number, slots: number, bar: number): Int32Array | null {
    survey(pieces, slots);
    reach(0, 0, 0, -1);
    for (let slot = 0; slot < slots; slot += 1)
      for (let each = 0; each < (opened[slot] ?? 0); each += 1)
        extend(pieces, slots, slot, open[slot * sets + each] ?? 0, bar);
    const set = cheapest(pieces, slots, bar);
    if (set >= 0) trace(slots, set);
    clear(slots);
    return set < 0 ? null : found;
  }

  return { price, lengths, spared, needs, bars, sums, run };
}
