import type { Options } from "../search/options.ts";
import { type Manner, worked } from "./manner.ts";

/** Options that gain something in a stretch, by first slot: those of a slot from `begins` of it to that of the next. */
export type Active = {
  readonly ids: Int32Array;
  readonly pieces: Int32Array;
  /** Whether it stays where it was: nothing is asked of it, and it may count for another day. */
  readonly isHome: Uint8Array;
  /** First slot after each, from the start of the stretch. */
  readonly ends: Int32Array;
  /** What each costs less what its piece gains, below 0. */
  readonly worth: Float64Array;
  readonly begins: Int32Array;
  readonly from: number;
  readonly size: number;
  /** What a change of category costs there. */
  readonly switching: number;
  /** By slot from the start: no path from there on costs less. */
  readonly ahead: Float64Array;
};

/** Pieces that a walk remembers: by piece its bit, and the bits that keep it from coming. */
export type Memory = { readonly count: number; readonly bits: Int32Array; readonly bars: Int32Array };

/**
 * All paths through a stretch at once, by a dynamic program whose states are a slot, the pieces remembered that were
 * met, the work since the last rest, and the last category.
 */
export type Walk = {
  /** Walks, leaving out what cannot end below the limit; answers the ends in order of what they cost, at most so many. */
  run(active: Active, memory: Memory, limit: number, most: number): readonly End[];
  trace(active: Active, memory: Memory, end: End): number[];
  readonly work: () => number;
};

export type End = { readonly state: number; readonly value: number };

/** Ways on that are no piece. */
const idle = -1;
const resting = -2;

export function createWalk({ head, tail }: Options, manner: Manner): Walk {
  const { runs, pause, taken, group, groups } = manner;
  const modes = runs * groups;
  let values = new Float64Array(1024);
  let last = new Int32Array(1024);
  /** By slot the sets that were reached, a row each, and how many. */
  let reached = new Int32Array(256);
  let counts = new Int32Array(64);
  /** By slot and set: the walk that reached it last. */
  let stamps = new Int32Array(256);
  let stamp = 0;
  let work = 0;
  let sets = 1;
  let lookAhead: Float64Array = new Float64Array(0);
  let bar = 0;

  function prepare({ size, ahead }: Active, memory: Memory, limit: number): void {
    sets = 1 << memory.count;
    const blocks = (size + 1) * sets;
    if (stamps.length < blocks) [stamps, reached] = [new Int32Array(blocks), new Int32Array(blocks)];
    if (values.length < blocks * modes)
      [values, last] = [new Float64Array(blocks * modes), new Int32Array(blocks * modes)];
    if (counts.length < size + 1) counts = new Int32Array(size + 1);
    counts.fill(0, 0, size + 1);
    stamp += 1;
    lookAhead = ahead;
    bar = limit;
  }

  function reach(slot: number, set: number, mode: number, value: number, packed: number): void {
    if (value + (lookAhead[slot] ?? 0) >= bar) return;
    const block = slot * sets + set;
    if (stamps[block] !== stamp) {
      stamps[block] = stamp;
      values.fill(Infinity, block * modes, (block + 1) * modes);
      const count = counts[slot] ?? 0;
      reached[slot * sets + count] = set;
      counts[slot] = count + 1;
    }
    const place = block * modes + mode;
    if (value >= (values[place] ?? Infinity)) return;
    values[place] = value;
    last[place] = packed;
  }

  function run(active: Active, memory: Memory, limit: number, most: number): readonly End[] {
    prepare(active, memory, limit);
    reach(0, 0, 0, 0, 0);
    for (let slot = 0; slot < active.size; slot += 1)
      for (let each = 0; each < (counts[slot] ?? 0); each += 1)
        leave(active, memory, slot, reached[slot * sets + each] ?? 0);
    return ends(active.size, most);
  }

  /** Goes on from all states of a slot and a set that are worth it. */
  function leave(active: Active, memory: Memory, slot: number, set: number): void {
    const base = (slot * sets + set) * modes;
    work += modes >> 2;
    const mayPause = runs > 1 && slot + pause <= active.size && mayRest(active.from + slot);
    // Who has worked less may do all that others may, and any category costs one switch at most.
    let least = Infinity;
    for (let done = 0, mode = 0; done < runs; done += 1) {
      for (let kind = 0; kind < groups; kind += 1)
        least = Math.min(least, (values[base + done * groups + kind] ?? Infinity) + active.switching);
      for (let kind = 0; kind < groups; kind += 1, mode += 1) {
        const value = values[base + mode] ?? Infinity;
        if (value === Infinity || value > least) continue;
        reach(slot + 1, set, mode, value, (idle + 2) * modes + mode);
        if (mayPause && done > 0) reach(slot + pause, set, kind, value, (resting + 2) * modes + mode);
        extend(active, memory, slot, set, mode, value);
      }
    }
  }

  function mayRest(first: number): boolean {
    for (let slot = first; slot < first + pause; slot += 1) if (taken[slot] === 1) return false;
    return true;
  }

  function extend(
    active: Active,
    { bits, bars }: Memory,
    slot: number,
    set: number,
    mode: number,
    value: number,
  ): void {
    const { pieces, isHome, ends: after, worth, begins, switching } = active;
    const end = begins[slot + 1] ?? 0;
    const done = Math.floor(mode / groups);
    const kind = mode - done * groups;
    for (let at = begins[slot] ?? 0; at < end; at += 1) {
      const which = pieces[at] ?? 0;
      if ((set & (bars[which] ?? 0)) !== 0) continue;
      const next = runs === 1 || isHome[at] === 1 ? 0 : worked(manner, which, done);
      if (next < 0) continue;
      const own = isHome[at] === 1 ? 0 : (group[which] ?? 0);
      const switched = own > 0 && kind > 0 && own !== kind ? switching : 0;
      const then = next * groups + (own > 0 ? own : kind);
      const sum = value + (worth[at] ?? 0) + switched;
      reach(after[at] ?? 0, set | (bits[which] ?? 0), then, sum, (at + 2) * modes + mode);
    }
    work += 2 + end - (begins[slot] ?? 0);
  }

  function ends(size: number, most: number): readonly End[] {
    const found: End[] = [];
    for (let each = 0; each < (counts[size] ?? 0); each += 1) {
      const base = (size * sets + (reached[size * sets + each] ?? 0)) * modes;
      for (let state = base; state < base + modes; state += 1) {
        const value = values[state] ?? Infinity;
        if (value < Infinity) found.push({ state, value });
      }
    }
    return found.sort((a, b) => a.value - b.value || a.state - b.state).slice(0, most);
  }

  function trace({ ids: active, pieces, size }: Active, { bits }: Memory, { state }: End): number[] {
    const ids: number[] = [];
    let mode = state % modes;
    let set = Math.floor(state / modes) - size * sets;
    for (let slot = size; slot > 0;) {
      const packed = last[(slot * sets + set) * modes + mode] ?? 0;
      const at = Math.floor(packed / modes) - 2;
      mode = packed % modes;
      if (at < 0) {
        slot -= at === resting ? pause : 1;
        continue;
      }
      const id = active[at] ?? 0;
      ids.push(id);
      slot -= (tail[id] ?? 0) - (head[id] ?? 0);
      set &= ~(bits[pieces[at] ?? 0] ?? 0);
    }
    return ids.toReversed();
  }

  return { run, trace, work: () => work };
}
