import type { Options } from "../search/options.ts";
import { createForesight } from "./foresee.ts";
import { type Manner, mayRest } from "./manner.ts";
import type { Memory } from "./memory.ts";
import type { Modes } from "./modes.ts";

/** Options that gain something in a stretch, by first slot: those of a slot from `begins` of it to that of the next. */
export type Active = {
  readonly ids: Int32Array;
  readonly pieces: Int32Array;
  /** The row of each in the modes. */
  readonly rows: Int32Array;
  /** First slot after each, from the start of the stretch. */
  readonly ends: Int32Array;
  /** What each costs less what its piece gains, below 0. */
  readonly worth: Float64Array;
  readonly begins: Int32Array;
  readonly from: number;
  readonly size: number;
  /** What a change of category costs there. */
  readonly switching: number;
};

/**
 * All paths through a stretch at once, by a dynamic program whose states are a slot, the pieces remembered that were
 * met, the work since the last rest, and the last category.
 */
export type Walk = {
  /** Looks at a stretch before walks through it; answers what no path costs less than. */
  look(active: Active): number;
  /** Walks, leaving out what cannot end below the limit; answers the ends in order of what they cost, at most so many. */
  run(active: Active, memory: Memory, limit: number, most: number): readonly End[];
  trace(active: Active, end: End): number[];
  readonly work: () => number;
};

export type End = { readonly state: number; readonly value: number };

/** Ways on that are no piece. */
const waiting = -1;

export function createWalk({ choice, size: slots }: Options, manner: Manner, modes: Modes): Walk {
  const { runs, pause, groups } = manner;
  const { count: many, after, switches } = modes;
  const foresight = createForesight(manner, modes);
  let values = new Float64Array(0);
  /** By state the option that leads to it, and the state that it comes from. */
  let last = new Int32Array(0);
  let before = new Int32Array(0);
  /** By slot the sets that were reached, a row each, and how many. */
  let reached = new Int32Array(0);
  const counts = new Int32Array(slots + 1);
  /** By slot and set: the walk that reached it last. */
  let stamps = new Int32Array(0);
  let stamp = 0;
  let work = 0;
  let sets = 1;
  let bar = 0;
  /** By option the bits that keep it from coming, those that are kept across it, and its own; those kept by waiting. */
  const bars = new Int32Array(choice.length);
  const kept = new Int32Array(choice.length);
  const own = new Int32Array(choice.length);
  const keptIdle = new Int32Array(slots + 1);
  const keptResting = new Int32Array(slots + 1);
  /** Of the slot that is looked at: the bits kept until a later one. */
  const keptUntil = new Int32Array(slots + 1);

  function prepare({ size }: Active, memory: Memory, limit: number): void {
    sets = 1 << memory.width();
    const blocks = (size + 1) * sets;
    if (stamps.length < blocks) [stamps, reached] = [new Int32Array(blocks), new Int32Array(blocks)];
    if (values.length < blocks * many) {
      values = new Float64Array(blocks * many);
      [last, before] = [new Int32Array(blocks * many), new Int32Array(blocks * many)];
    }
    counts.fill(0, 0, size + 1);
    stamp += 1;
    bar = limit;
  }

  /** What memory says of each way on: a bit is kept as long as it is the same piece's. */
  function recall({ size, begins, pieces, ends: endOf }: Active, memory: Memory): void {
    const { owned, begun } = memory;
    for (let slot = 0; slot < size; slot += 1) {
      const [begin, end] = [begins[slot] ?? 0, begins[slot + 1] ?? 0];
      let farthest = Math.min(size, slot + pause);
      for (let at = begin; at < end; at += 1) farthest = Math.max(farthest, endOf[at] ?? 0);
      for (let until = slot + 1, same = owned[slot] ?? 0; until <= farthest; until += 1) {
        same &= ~(begun[until] ?? 0);
        keptUntil[until] = same & (owned[until] ?? 0);
      }
      keptIdle[slot] = keptUntil[slot + 1] ?? 0;
      keptResting[slot] = slot + pause <= size ? (keptUntil[slot + pause] ?? 0) : 0;
      for (let at = begin; at < end; at += 1) {
        const piece = pieces[at] ?? 0;
        bars[at] = memory.bars(piece, slot);
        kept[at] = keptUntil[endOf[at] ?? 0] ?? 0;
        own[at] = memory.bit(piece, endOf[at] ?? 0);
      }
    }
  }

  function forget({ size, begins }: Active): void {
    const last = begins[size] ?? 0;
    for (const each of [bars, kept, own]) each.fill(0, 0, last);
    for (const each of [keptIdle, keptResting]) each.fill(0, 0, size);
  }

  function reach(slot: number, set: number, mode: number, value: number, way: number, origin: number): void {
    if (value + foresight.least(slot, mode) >= bar) return;
    const block = slot * sets + set;
    if (stamps[block] !== stamp) {
      stamps[block] = stamp;
      values.fill(Infinity, block * many, (block + 1) * many);
      const count = counts[slot] ?? 0;
      reached[slot * sets + count] = set;
      counts[slot] = count + 1;
    }
    const place = block * many + mode;
    if (value >= (values[place] ?? Infinity)) return;
    values[place] = value;
    last[place] = way;
    before[place] = origin;
  }

  /** Goes on from all states of a slot and a set that are worth it. */
  function leave(active: Active, slot: number, set: number): void {
    const base = (slot * sets + set) * many;
    work += many >> 2;
    const rests = runs > 1 && slot + pause <= active.size && mayRest(manner, active.from + slot);
    const [idled, rested] = [set & (keptIdle[slot] ?? 0), set & (keptResting[slot] ?? 0)];
    // Who has worked less may do all that others may, and any category costs one switch at most.
    let least = Infinity;
    for (let done = 0, mode = 0; done < runs; done += 1) {
      for (let kind = 0; kind < groups; kind += 1)
        least = Math.min(least, (values[base + done * groups + kind] ?? Infinity) + active.switching);
      for (let kind = 0; kind < groups; kind += 1, mode += 1) {
        const value = values[base + mode] ?? Infinity;
        if (value === Infinity || value > least) continue;
        reach(slot + 1, idled, mode, value, waiting, base + mode);
        if (rests && done > 0) reach(slot + pause, rested, kind, value, waiting, base + mode);
        extend(active, slot, set, mode, value);
      }
    }
  }

  function extend(active: Active, slot: number, set: number, mode: number, value: number): void {
    const { rows, ends: endOf, worth, begins, switching } = active;
    const [begin, end] = [begins[slot] ?? 0, begins[slot + 1] ?? 0];
    const origin = (slot * sets + set) * many + mode;
    for (let at = begin; at < end; at += 1) {
      if ((set & (bars[at] ?? 0)) !== 0) continue;
      const row = (rows[at] ?? 0) + mode;
      const then = after[row] ?? -1;
      if (then < 0) continue;
      const sum = value + (worth[at] ?? 0) + (switches[row] ?? 0) * switching;
      reach(endOf[at] ?? 0, (set & (kept[at] ?? 0)) | (own[at] ?? 0), then, sum, at, origin);
    }
    work += 2 + end - begin;
  }

  function ends(size: number, most: number): readonly End[] {
    const found: End[] = [];
    for (let each = 0; each < (counts[size] ?? 0); each += 1) {
      const base = (size * sets + (reached[size * sets + each] ?? 0)) * many;
      for (let state = base; state < base + many; state += 1) {
        const value = values[state] ?? Infinity;
        if (value < Infinity) found.push({ state, value });
      }
    }
    return found.sort((a, b) => a.value - b.value || a.state - b.state).slice(0, most);
  }

  return {
    look: (active) => {
      work += foresight.look(active) >> 2;
      return foresight.least(0, 0);
    },
    run: (active, memory, limit, most) => {
      prepare(active, memory, limit);
      if (memory.width() === 0) forget(active);
      else recall(active, memory);
      reach(0, 0, 0, 0, waiting, 0);
      for (let slot = 0; slot < active.size; slot += 1)
        for (let each = 0; each < (counts[slot] ?? 0); each += 1) leave(active, slot, reached[slot * sets + each] ?? 0);
      return ends(active.size, most);
    },
    trace: ({ ids: active }, { state }) => {
      const ids: number[] = [];
      for (let place = state; place >= sets * many; place = before[place] ?? 0) {
        const at = last[place] ?? waiting;
        if (at !== waiting) ids.push(active[at] ?? 0);
      }
      return ids.toReversed();
    },
    work: () => work,
  };
}
