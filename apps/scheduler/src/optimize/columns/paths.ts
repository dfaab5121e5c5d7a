import type { Options } from "../search/options.ts";
import { atHome } from "../search/state.ts";
import type { Manner } from "./manner.ts";
import type { Stretch } from "./stretches.ts";
import { createMemory, type Mistake } from "./memory.ts";
import { modesOf } from "./modes.ts";
import { type Active, createWalk, type End } from "./walk.ts";

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
  const { choice, head, tail, cost, edges, outOf, count } = options;
  const modes = modesOf(manner, count);
  const walk = createWalk(options, manner, modes);
  const memory = createMemory(options);
  const most = choice.length;
  const ids = new Int32Array(most);
  const pieces = new Int32Array(most);
  const ends = new Int32Array(most);
  const rows = new Int32Array(most);
  const worth = new Float64Array(most);
  const begins = new Int32Array(options.size + 2);
  /** The last path in which each piece was seen, and the slot after it there. */
  const seen = new Int32Array(count);
  const ended = new Int32Array(count);
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
      rows[many] = modes.row(piece[id] ?? 0, choice[id] === atHome);
      ends[many] = (tail[id] ?? 0) - from;
      worth[many] = value;
      many += 1;
    }
    for (; slot <= to - from + 1; slot += 1) begins[slot] = many;
    return { ids, pieces, rows, ends, worth, begins, from, size: to - from, switching: switchingIn(stretch) };
  }

  /** Pieces that come twice, or that come after one that waits for them: then that one. */
  function mistakesOf(path: Path, from: number): Mistake[] {
    run += 1;
    const found: Mistake[] = [];
    for (const id of path) {
      const which = piece[id] ?? 0;
      const to = (head[id] ?? 0) - from;
      const blame = (other: number) => found.push({ piece: other, from: ended[other] ?? 0, to });
      if (seen[which] === run) blame(which);
      for (const edge of outOf[which] ?? []) if (seen[edges[edge]?.after ?? 0] === run) blame(edges[edge]?.after ?? 0);
      seen[which] = run;
      ended[which] = (tail[id] ?? 0) - from;
    }
    return found;
  }

  /** Without what comes again or too early. */
  function righted(path: Path): Path {
    run += 1;
    return path.filter((id) => {
      const which = piece[id] ?? 0;
      const isWrong = seen[which] === run || (outOf[which] ?? []).some((edge) => seen[edges[edge]?.after ?? 0] === run);
      if (!isWrong) seen[which] = run;
      return !isWrong;
    });
  }

  /** Adds the paths at these ends, put right; answers the least value of one, and what is wrong in the cheapest. */
  function collect(active: Active, reached: readonly End[], found: Path[], valueOf: (path: Path) => number) {
    let least = 0;
    let mistakes: readonly Mistake[] = [];
    reached.forEach((end, rank) => {
      const path = walk.trace(active, end);
      const bad = mistakesOf(path, active.from);
      if (rank === 0) mistakes = bad;
      const right = bad.length > 0 ? righted(path) : path;
      found.push(right);
      least = Math.min(least, bad.length > 0 ? valueOf(right) : end.value);
    });
    return { least, mistakes };
  }

  function costOf(stretch: Stretch, path: Path): number {
    let sum = 0;
    let kind = 0;
    for (const id of path) {
      const own = choice[id] === atHome ? 0 : (manner.group[piece[id] ?? 0] ?? 0);
      sum += (cost[id] ?? 0) + (own > 0 && kind > 0 && own !== kind ? switchingIn(stretch) : 0);
      if (own > 0) kind = own;
    }
    return sum;
  }

  return {
    cheapest: (stretch, gains, closed, most, found) => {
      const active = gather(stretch, gains, closed);
      const valueOf = (path: Path) =>
        path.reduce((sum, id) => sum - (gains[piece[id] ?? 0] ?? 0), costOf(stretch, path));
      if (walk.look(active) >= -tolerance) return 0;
      memory.clear();
      let known = 0;
      for (;;) {
        const reached = walk.run(active, memory, Math.min(-tolerance, worthFinding * known), mostFound);
        const { least, mistakes } = collect(active, reached, found, valueOf);
        known = Math.min(known, least);
        let isWiser = false;
        for (const mistake of mistakes) isWiser = memory.learn(mistake, most) || isWiser;
        if (!isWiser) return reached[0]?.value ?? 0;
      }
    },
    costOf,
    memory: Math.min(mostRemembered, Math.floor(Math.log2(mostStates / modes.count))),
    work: walk.work,
  };
}
