import type { Options } from "../search/options.ts";
import { after, type Manner } from "./manner.ts";
import type { Stretch } from "./stretches.ts";

/** Options one after the other, by time, each of another piece, and what they cost less what they gain. */
export type Path = { readonly ids: readonly number[]; readonly value: number };

/**
 * The cheapest paths through a stretch if each piece gains so much there. A dynamic program over time forgets which
 * pieces it has met; those that come twice in the cheapest path, or in a wrong order, are remembered from then on, and
 * it runs again (decremental state space relaxation, Righini and Salani 2008).
 */
export type Paths = {
  /** Answers what no path costs less than, at most 0, as none at all costs that; adds the cheapest to `found`. */
  cheapest(stretch: Stretch, gains: Float64Array, closed: Uint8Array, found: Path[]): number;
  /** Closes the options that no path of at most so much goes through; answers how many. */
  close(stretch: Stretch, gains: Float64Array, closed: Uint8Array, most: number): number;
  /** What a path costs. */
  costOf(ids: readonly number[]): number;
  /** Steps of the dynamic program so far. */
  readonly work: () => number;
};

const mostRemembered = 10;
const mostFound = 8;
const tolerance = 1e-6;
/** Ways on that are no piece. */
const idle = -1;
const resting = -2;

export function createPaths(options: Options, piece: Int32Array, manner: Manner): Paths {
  const { head, tail, cost, edges, into, outOf, count } = options;
  const { runs, pause, taken, switching, group, groups } = manner;
  const modes = runs * groups;
  /** Options that gain something, by first slot; `begins` by slot from the start of the stretch. */
  let active = new Int32Array(256);
  let worth = new Float64Array(256);
  let begins = new Int32Array(64);
  let values = new Float64Array(1024);
  let last = new Int32Array(1024);
  const bits = new Int32Array(count);
  const bars = new Int32Array(count);
  const seen = new Int32Array(count);
  let remembered: number[] = [];
  let work = 0;
  let run = 0;

  function gather({ from, to, ids }: Stretch, gains: Float64Array, closed: Uint8Array): void {
    if (active.length < ids.length) [active, worth] = [new Int32Array(ids.length), new Float64Array(ids.length)];
    if (begins.length < to - from + 2) begins = new Int32Array(to - from + 2);
    let many = 0;
    let slot = 0;
    for (const id of ids) {
      if (closed[id] === 1) continue;
      const value = (cost[id] ?? 0) - (gains[piece[id] ?? 0] ?? 0);
      if (value >= 0) continue;
      for (const start = (head[id] ?? 0) - from; slot <= start; slot += 1) begins[slot] = many;
      active[many] = id;
      worth[many] = value;
      many += 1;
    }
    for (; slot <= to - from + 1; slot += 1) begins[slot] = many;
  }

  function remember(pieces: readonly number[]): void {
    for (const each of pieces) {
      bits[each] = 1 << remembered.length;
      remembered.push(each);
    }
    for (const each of remembered) bars[each] = bits[each] ?? 0;
    for (const after of remembered)
      for (const edge of into[after] ?? []) {
        const before = edges[edge]?.before ?? 0;
        bars[before] = (bars[before] ?? 0) | (bits[after] ?? 0);
      }
  }

  function forget(): void {
    for (const each of remembered) {
      bits[each] = 0;
      bars[each] = 0;
      for (const edge of into[each] ?? []) bars[edges[edge]?.before ?? 0] = 0;
    }
    remembered = [];
  }

  /** States are a slot, the pieces remembered that were met, the work since the last rest, and the last category. */
  function sweep({ from, to }: Stretch): void {
    const sets = 1 << remembered.length;
    const size = to - from;
    const states = (size + 1) * sets * modes;
    if (values.length < states) [values, last] = [new Float64Array(states), new Int32Array(states)];
    values.fill(Infinity, 0, states);
    values[0] = 0;
    for (let slot = 0; slot < size; slot += 1)
      for (let set = 0; set < sets; set += 1) {
        // Who has worked less may do all that others may, and any category costs one switch at most.
        let least = Infinity;
        for (let run = 0; run < runs; run += 1) {
          const base = ((slot * sets + set) * runs + run) * groups;
          for (let kind = 0; kind < groups; kind += 1) least = Math.min(least, (values[base + kind] ?? 0) + switching);
          for (let kind = 0; kind < groups; kind += 1) {
            const value = values[base + kind] ?? Infinity;
            if (value === Infinity || value > least) continue;
            const mode = run * groups + kind;
            reach(base + kind + sets * modes, value, idle, mode);
            if (run > 0 && slot + pause <= size && mayRest(from + slot))
              reach(((slot + pause) * sets + set) * modes + kind, value, resting, mode);
            extend(from, slot, set, mode, sets, value);
          }
        }
      }
  }

  function mayRest(first: number): boolean {
    for (let slot = first; slot < first + pause; slot += 1) if (taken[slot] === 1) return false;
    return true;
  }

  function extend(from: number, slot: number, set: number, mode: number, sets: number, value: number): void {
    const [begin, end] = [begins[slot] ?? 0, begins[slot + 1] ?? 0];
    const run = Math.floor(mode / groups);
    const kind = mode - run * groups;
    for (let at = begin; at < end; at += 1) {
      const id = active[at] ?? 0;
      const which = piece[id] ?? 0;
      if ((set & (bars[which] ?? 0)) !== 0) continue;
      const next = runs > 1 ? after(manner, which, run) : 0;
      if (next < 0) continue;
      const own = group[which] ?? 0;
      const place = (((tail[id] ?? 0) - from) * sets + (set | (bits[which] ?? 0))) * modes + next * groups;
      const switched = own > 0 && kind > 0 && own !== kind ? switching : 0;
      reach(place + (own > 0 ? own : kind), value + (worth[at] ?? 0) + switched, at, mode);
    }
    work += 1 + end - begin;
  }

  function reach(place: number, value: number, at: number, mode: number): void {
    if (value >= (values[place] ?? Infinity)) return;
    values[place] = value;
    last[place] = (at + 2) * modes + mode;
  }

  function trace({ from, to }: Stretch, end: number): number[] {
    const sets = 1 << remembered.length;
    const ids: number[] = [];
    for (let slot = to - from, set = Math.floor(end / modes), mode = end % modes; slot > 0;) {
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
      set &= ~(bits[piece[id] ?? 0] ?? 0);
    }
    return ids.reverse();
  }

  /** Pieces that come twice, or that come before one that they wait for. */
  function wrong(ids: readonly number[]): number[] {
    run += 1;
    const found: number[] = [];
    for (const id of ids) {
      const which = piece[id] ?? 0;
      if (seen[which] === run) found.push(which);
      seen[which] = run;
      for (const edge of outOf[which] ?? []) {
        const after = edges[edge]?.after ?? 0;
        if (seen[after] === run) found.push(after);
      }
    }
    return found;
  }

  /** Adds the paths that are no relaxation; answers those pieces that come wrong in the cheapest. */
  function collect(stretch: Stretch, found: Path[]): { least: number; wrong: number[] } {
    const many = (1 << remembered.length) * modes;
    const base = (stretch.to - stretch.from) * many;
    const value = (end: number) => values[base + end] ?? Infinity;
    const ends: number[] = [];
    for (let end = 0; end < many; end += 1) if (value(end) < -tolerance) ends.push(end);
    ends.sort((a, b) => value(a) - value(b));
    let least = 0;
    let ofCheapest: number[] = [];
    ends.slice(0, mostFound).forEach((end, place) => {
      const ids = trace(stretch, end);
      const bad = wrong(ids);
      if (place === 0) [least, ofCheapest] = [value(end), bad];
      if (bad.length === 0) found.push({ ids, value: value(end) });
    });
    return { least, wrong: ofCheapest };
  }

  function cheapest(stretch: Stretch, gains: Float64Array, closed: Uint8Array, found: Path[]): number {
    gather(stretch, gains, closed);
    forget();
    for (;;) {
      sweep(stretch);
      const { least, wrong: bad } = collect(stretch, found);
      const fresh = [...new Set(bad)].filter((each) => !remembered.includes(each));
      if (fresh.length === 0 || remembered.length + fresh.length > mostRemembered) return least;
      remember(fresh);
    }
  }

  function close({ from, to, ids }: Stretch, gains: Float64Array, closed: Uint8Array, most: number): number {
    const size = to - from;
    const ahead = new Float64Array(size + 1);
    const behind = new Float64Array(size + 1);
    const value = (id: number) => (cost[id] ?? 0) - (gains[piece[id] ?? 0] ?? 0);
    for (let at = 0, slot = 0; slot < size; slot += 1) {
      if (slot > 0) behind[slot] = Math.min(behind[slot] ?? 0, behind[slot - 1] ?? 0);
      for (; at < ids.length && (head[ids[at] ?? 0] ?? 0) - from === slot; at += 1) {
        const id = ids[at] ?? 0;
        if (closed[id] === 1) continue;
        const end = (tail[id] ?? 0) - from;
        behind[end] = Math.min(behind[end] ?? 0, (behind[slot] ?? 0) + value(id));
      }
    }
    for (let at = ids.length - 1, slot = size - 1; slot >= 0; slot -= 1) {
      ahead[slot] = ahead[slot + 1] ?? 0;
      for (; at >= 0 && (head[ids[at] ?? 0] ?? 0) - from === slot; at -= 1) {
        const id = ids[at] ?? 0;
        if (closed[id] === 1) continue;
        ahead[slot] = Math.min(ahead[slot] ?? 0, value(id) + (ahead[(tail[id] ?? 0) - from] ?? 0));
      }
    }
    let many = 0;
    for (const id of ids) {
      if (closed[id] === 1) continue;
      const through = (behind[(head[id] ?? 0) - from] ?? 0) + value(id) + (ahead[(tail[id] ?? 0) - from] ?? 0);
      if (through <= most) continue;
      closed[id] = 1;
      many += 1;
    }
    work += 4 * ids.length;
    return many;
  }

  function costOf(ids: readonly number[]): number {
    let sum = 0;
    let kind = 0;
    for (const id of ids) {
      const own = group[piece[id] ?? 0] ?? 0;
      sum += (cost[id] ?? 0) + (own > 0 && kind > 0 && own !== kind ? switching : 0);
      if (own > 0) kind = own;
    }
    return sum;
  }

  return { cheapest, close, costOf, work: () => work };
}
