import type { Options } from "../search/options.ts";
import type { Prices } from "../search/prices.ts";
import { createClose } from "./close.ts";
import type { Manner } from "./manner.ts";
import { createMaster } from "./master.ts";
import { createPaths, type Path } from "./paths.ts";
import type { Ground } from "./stretches.ts";

/** The best plan known: what it costs, and the option of each piece. */
export type Incumbent = { readonly cost: number; readonly ids: ArrayLike<number> };

export type Watch = {
  /** What the best plan costs by now. */
  readonly bar: () => number;
  readonly isSpent: () => boolean;
  /** Called now and then while the shares still change. */
  readonly onShares: () => void;
};

/** The program over paths, whose columns are made as they pay (Dantzig and Wolfe 1960). */
export type Program = {
  /** Takes a plan's paths for columns: the program is never dearer than it. */
  learn(incumbent: Incumbent): void;
  /**
   * Prices the options that are not closed and closes those that are in no plan below the bar. Answers what no plan of
   * them costs less than: the bar itself once there is none below it.
   */
  price(closed: Uint8Array, rounds: number, watch: Watch): number;
  /** The shares of options in the plan of the program. */
  shares(): Float64Array;
  readonly work: () => number;
};

const tolerance = 1e-6;
const pivots = 500;
/** How much of the duals that gave the best bound goes into the next ones (Wentges 1997). */
const inertia = 0.85;
const firstMemory = 4;
const roundsPerLook = 8;

/** @param prices of slots and order, to begin with */
export function createProgram(
  options: Options,
  ground: Ground,
  manner: Manner,
  prices: Prices,
  { cost: missing }: Incumbent,
): Program {
  const { count, cost, head } = options;
  const { stretches, stretchOf, rankOf, rank, piece, singles } = ground;
  const master = createMaster(options, ground, 2 * missing + 1);
  const close = createClose(options, piece);
  const paths = createPaths(options, piece, manner);
  /** The duals of the best bound so far, and those tried now. */
  const centre = master.begin(prices);
  const now = new Float64Array(master.duals.length);
  const gains = new Float64Array(count);
  const found: Path[] = [];
  /** What the cheapest path of each stretch, and the cheapest single option of each piece, take off the bound. */
  const least = new Float64Array(stretches.length);
  const single = new Float64Array(count);
  const shares = new Float64Array(options.choice.length);
  let isFresh = true;
  /** Rises once no more columns come with less: the first duals are far from the best, and not worth a longer walk. */
  let memory = Math.min(firstMemory, paths.memory);
  let work = 0;
  for (const id of singles) master.add([id], cost[id] ?? 0, -1);

  function singleValue(id: number): number {
    master.gains(now, rank[id] ?? -1, gains);
    return (cost[id] ?? 0) - (gains[piece[id] ?? 0] ?? 0);
  }

  /** The bound of the duals tried now (Lasdon 1970); adds the columns that pay at those of the program. */
  function bound(closed: Uint8Array): { value: number; added: number } {
    let value = 0;
    let added = 0;
    for (let index = 0; index < count; index += 1) value += now[index] ?? 0;
    single.fill(0);
    for (const id of singles) {
      const which = piece[id] ?? 0;
      if (closed[id] === 0) single[which] = Math.min(single[which] ?? 0, singleValue(id));
    }
    for (const each of single) value += each;
    stretches.forEach((stretch, at) => {
      found.length = 0;
      master.gains(now, rankOf[at] ?? 0, gains);
      least[at] = paths.cheapest(stretch, gains, closed, memory, found);
      value += least[at] ?? 0;
      if (found.length > 0) added += addPaying(at);
    });
    return { value, added };
  }

  function addPaying(at: number): number {
    const [stretch, row] = [stretches[at], master.duals[count + at] ?? 0];
    let added = 0;
    master.gains(master.duals, rankOf[at] ?? 0, gains);
    for (const path of found) {
      const whole = stretch ? paths.costOf(stretch, path) : 0;
      const reduced = path.reduce((sum, id) => sum - (gains[piece[id] ?? 0] ?? 0), whole - row);
      if (reduced < -10 * tolerance && master.add(path, whole, at)) added += 1;
    }
    return added;
  }

  function narrow(closed: Uint8Array, room: number): void {
    stretches.forEach((stretch, at) => {
      master.gains(now, rankOf[at] ?? 0, gains);
      close(stretch, gains, closed, (least[at] ?? 0) + room);
    });
    for (const id of singles)
      if (closed[id] === 0 && singleValue(id) - (single[piece[id] ?? 0] ?? 0) > room) closed[id] = 1;
  }

  /** Duals between those of the best bound and those of the program. */
  function move(weight: number): void {
    now.set(master.duals);
    master.allow(now);
    for (let row = 0; row < now.length; row += 1)
      now[row] = weight * (centre[row] ?? 0) + (1 - weight) * (now[row] ?? 0);
  }

  function price(closed: Uint8Array, rounds: number, { bar, isSpent, onShares }: Watch): number {
    let best = -Infinity;
    // The first duals of all are those of the slots.
    let weight = isFresh ? 1 : inertia;
    isFresh = false;
    master.close(closed);
    for (let round = 1; round <= rounds; round += 1) {
      work += master.solve(pivots);
      if (round % roundsPerLook === 0) onShares();
      move(weight);
      const { value, added } = bound(closed);
      if (value > best + tolerance) {
        best = value;
        centre.set(now);
        narrow(closed, bar() - 1 + tolerance - best);
      }
      if (best > bar() - 1 + tolerance) return bar();
      const isStill = added === 0 && weight === 0;
      if (isSpent() || (isStill && memory === paths.memory)) return best;
      if (isStill) memory = Math.min(2 * memory, paths.memory);
      weight = added === 0 ? 0 : inertia;
    }
    return best;
  }

  return {
    learn: ({ ids }) => {
      const own: number[][] = stretches.map(() => []);
      const byStart = Array.from(ids).sort((a, b) => (head[a] ?? 0) - (head[b] ?? 0));
      for (const id of byStart) own[stretchOf[id] ?? -1]?.push(id);
      stretches.forEach((stretch, at) => {
        const path = own[at] ?? [];
        if (path.length > 0) master.add(path, paths.costOf(stretch, path), at);
      });
    },
    price,
    shares: () => {
      shares.fill(0);
      master.plan((ids, share) => {
        for (const id of ids) shares[id] = (shares[id] ?? 0) + share;
      });
      return shares;
    },
    work: () => work + paths.work(),
  };
}
