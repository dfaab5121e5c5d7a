import type { Options } from "../search/options.ts";
import { atHome } from "../search/state.ts";
import type { Manner } from "./manner.ts";
import type { Stretch } from "./stretches.ts";
import { type Active, createWalk, type End, type Memory } from "./walk.ts";

/** Options one after the other in time, each of another piece. */
export type Path = readonly number[];

/** The cheapest paths through a stretch if each piece gains so much there. */
export type Paths = {
  /**
   * Answers what no path costs less than, at most 0, as none at all costs that; adds the cheapest to `found`. The more
   * pieces it may remember, the more the answer is, and the longer it takes.
   */
  cheapest(stretch: Stretch, gains: Float64Array, closed: Uint8Array, memory: number, found: Path[]): number;
  /** So many pieces may be remembered. */
  readonly memory: number;
  /** What a path costs. */
  costOf(stretch: Stretch, path: Path): number;
  /** Steps of the dynamic program so far. */
  readonly work: () => number;
};

/** Of each slot; a walk with as many takes some milliseconds. */
const mostStates = 43_008;
const mostRemembered = 13;
const mostFound = 8;
const tolerance = 1e-6;
/** Of the cheapest path known: what costs more than this part of it is not looked for. */
const worthFinding = 0.5;

/**
 * A walk forgets which pieces it has met; those that come twice in the cheapest path, or in a wrong order, are
 * remembered from then on, and it walks again (decremental state space relaxation, Righini and Salani 2008).
 */
export function createPaths(options: Options, piece: Int32Array, manner: Manner): Paths {
  const { choice, head, tail, cost, edges, into, outOf, count } = options;
  const walk = createWalk(options, manner);
  const most = choice.length;
  const ids = new Int32Array(most);
  const pieces = new Int32Array(most);
  const ends = new Int32Array(most);
  const isHome = new Uint8Array(most);
  const worth = new Float64Array(most);
  const begins = new Int32Array(options.size + 2);
  const ahead = new Float64Array(options.size + 1);
  const bits = new Int32Array(count);
  const bars = new Int32Array(count);
  const seen = new Int32Array(count);
  let remembered: number[] = [];
  let run = 0;

  const switchingIn = ({ day }: Stretch): number => (day >= 0 ? manner.switching : 0);

  function gather(stretch: Stretch, gains: Float64Array, closed: Uint8Array): Active {
    const { from, to } = stretch;
    let many = 0;
    let slot = 0;
    for (const id of stretch.ids) {
      if (closed[id] === 1) continue;
      const value = (cost[id] ?? 0) - (gains[piece[id] ?? 0] ?? 0);
      if (value >= 0) continue;
      for (const start = (head[id] ?? 0) - from; slot <= start; slot += 1) begins[slot] = many;
      ids[many] = id;
      pieces[many] = piece[id] ?? 0;
      isHome[many] = choice[id] === atHome ? 1 : 0;
      ends[many] = (tail[id] ?? 0) - from;
      worth[many] = value;
      many += 1;
    }
    for (; slot <= to - from + 1; slot += 1) begins[slot] = many;
    return foreseen({
      ids,
      pieces,
      isHome,
      ends,
      worth,
      begins,
      from,
      size: to - from,
      switching: switchingIn(stretch),
      ahead,
    });
  }

  /** The cheapest way on from each slot if pieces may come again and again. */
  function foreseen(active: Active): Active {
    ahead[active.size] = 0;
    for (let slot = active.size - 1; slot >= 0; slot -= 1) {
      let least = ahead[slot + 1] ?? 0;
      for (let at = begins[slot] ?? 0; at < (begins[slot + 1] ?? 0); at += 1)
        least = Math.min(least, (worth[at] ?? 0) + (ahead[ends[at] ?? 0] ?? 0));
      ahead[slot] = least;
    }
    return active;
  }

  function remember(pieces: readonly number[]): Memory {
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
    return { count: remembered.length, bits, bars };
  }

  function forget(): Memory {
    for (const each of remembered) {
      bits[each] = 0;
      bars[each] = 0;
      for (const edge of into[each] ?? []) bars[edges[edge]?.before ?? 0] = 0;
    }
    remembered = [];
    return { count: 0, bits, bars };
  }

  /** Pieces that come twice, or that come after one that waits for them: then that one. */
  function wrong(path: Path): number[] {
    run += 1;
    const found: number[] = [];
    for (const id of path) {
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

  /** Adds the paths at these ends that are right; answers the least value of one, and what is wrong in the cheapest. */
  function collect(active: Active, memory: Memory, reached: readonly End[], found: Path[]) {
    let least = 0;
    let mistakes: readonly number[] = [];
    reached.forEach((end, rank) => {
      const path = walk.trace(active, memory, end);
      const bad = wrong(path);
      if (rank === 0) mistakes = bad;
      if (bad.length > 0) return;
      found.push(path);
      least = Math.min(least, end.value);
    });
    return { least, mistakes };
  }

  return {
    cheapest: (stretch, gains, closed, most, found) => {
      const active = gather(stretch, gains, closed);
      let memory = forget();
      let known = 0;
      for (;;) {
        const reached = walk.run(active, memory, Math.min(-tolerance, worthFinding * known), mostFound);
        const { least, mistakes } = collect(active, memory, reached, found);
        known = Math.min(known, least);
        const fresh = [...new Set(mistakes)].filter((each) => !remembered.includes(each));
        if (fresh.length === 0 || remembered.length + fresh.length > most) return reached[0]?.value ?? 0;
        memory = remember(fresh);
      }
    },
    costOf: (stretch, path) => {
      let sum = 0;
      let kind = 0;
      for (const id of path) {
        const own = choice[id] === atHome ? 0 : (manner.group[piece[id] ?? 0] ?? 0);
        sum += (cost[id] ?? 0) + (own > 0 && kind > 0 && own !== kind ? switchingIn(stretch) : 0);
        if (own > 0) kind = own;
      }
      return sum;
    },
    memory: Math.min(mostRemembered, Math.floor(Math.log2(mostStates / (manner.runs * manner.groups)))),
    work: walk.work,
  };
}
