import type { Options } from "../search/options.ts";
import type { Prices } from "../search/prices.ts";
import { createClose } from "./close.ts";
import { createMaster } from "./master.ts";
import type { Manner } from "./manner.ts";
import { createPaths, type Path } from "./paths.ts";
import { groundOf } from "./stretches.ts";

/** The best plan known: what it costs, and the option of each piece. */
export type Incumbent = { readonly cost: number; readonly ids: ArrayLike<number> };

export type Effort = {
  /** Looks at what is likely in a good plan, the likeliest first. */
  readonly onShares: (likely: readonly number[]) => Incumbent;
  /** Told of the steps done so far; true ends the search. */
  readonly isSpent: (work: number) => boolean;
};

const tolerance = 1e-6;
const pivots = 500;
const rootRounds = 200;
const nodeRounds = 40;
/** How much of the duals that gave the best bound goes into the next ones (Wentges 1997). */
const inertia = 0.85;
const whole = 1 - 1e-3;

/**
 * Branch and price: a plan is a path through each stretch of time, and the program over all paths is solved by making
 * those that pay (Dantzig and Wolfe 1960; Barnhart et al. 1998). It knows that a stretch holds whole pieces, each once,
 * which a program over slots does not. Branches on which stretch a piece stands in.
 * @param all options that are open, ascending
 * @param prices of slots and order, to begin with
 * @returns what no plan costs less than, at most the cost of the best plan met
 */
export function branchAndPrice(
  options: Options,
  all: Int32Array,
  prices: Prices,
  manner: Manner,
  incumbent: Incumbent,
  { onShares, isSpent }: Effort,
): number {
  const { count } = options;
  const ground = groundOf(options, all, manner.join);
  const { stretches, stretchOf, rankOf, rank, piece, singles } = ground;
  const master = createMaster(options, ground, 2 * incumbent.cost + 1);
  const close = createClose(options, piece);
  const paths = createPaths(options, piece, manner);
  const closed = new Uint8Array(options.choice.length).fill(1);
  for (const id of all) closed[id] = 0;
  const centre = master.begin(prices);
  const now = new Float64Array(master.duals.length);
  const gains = new Float64Array(count);
  const mine = new Float64Array(count);
  const shares = new Float64Array(options.choice.length);
  const least = new Float64Array(stretches.length);
  const spare = new Float64Array(count);
  let best = Infinity;
  let extra = 0;
  let cut = false;
  for (const id of singles) master.add([id], options.cost[id] ?? 0, -1);
  take(incumbent);

  /** The bound of these duals; makes the columns that pay at those of the program. */
  function priced(duals: Float64Array): { bound: number; added: number } {
    let bound = 0;
    let added = 0;
    for (let index = 0; index < count; index += 1) bound += duals[index] ?? 0;
    spare.fill(0);
    for (const id of singles) {
      if (closed[id] === 1) continue;
      const which = piece[id] ?? 0;
      spare[which] = Math.min(spare[which] ?? 0, singleValue(id, duals));
    }
    for (const value of spare) bound += value;
    stretches.forEach((stretch, at) => {
      master.gains(duals, rankOf[at] ?? 0, gains);
      const found: Path[] = [];
      least[at] = paths.cheapest(stretch, gains, closed, found);
      bound += least[at] ?? 0;
      if (found.length === 0) return;
      master.gains(master.duals, rankOf[at] ?? 0, mine);
      const row = master.duals[master.rowOfStretch(at)] ?? 0;
      for (const ids of found) {
        const cost = paths.costOf(ids);
        const value = ids.reduce((sum, id) => sum - (mine[piece[id] ?? 0] ?? 0), cost - row);
        if (value < -tolerance * 10 && master.add(ids, cost, at)) added += 1;
      }
    });
    return { bound, added };
  }

  function singleValue(id: number, duals: Float64Array): number {
    master.gains(duals, rank[id] ?? -1, gains);
    return (options.cost[id] ?? 0) - (gains[piece[id] ?? 0] ?? 0);
  }

  /** Rounds of pricing; answers the best bound, at most `best` where no plan below it can be in the node. */
  function price(rounds: number): number {
    let bound = -Infinity;
    let weight = inertia;
    master.close(closed);
    for (let round = 0; round < rounds; round += 1) {
      extra += master.solve(pivots);
      now.set(master.duals);
      master.allow(now);
      if (bound === -Infinity) weight = rounds === rootRounds ? 1 : inertia;
      for (let row = 0; row < now.length; row += 1)
        now[row] = weight * (centre[row] ?? 0) + (1 - weight) * (now[row] ?? 0);
      const made = priced(now);
      if (made.bound > bound + tolerance) {
        bound = made.bound;
        centre.set(now);
        if (bound > best - 1 + tolerance) return best;
        narrow(bound, now);
      }
      if (look()) return bound;
      if (made.added === 0) {
        if (weight === 0) return bound;
        weight = 0;
      } else weight = inertia;
    }
    return bound;
  }

  /** Closes what no plan below the best can hold at these duals. */
  function narrow(bound: number, duals: Float64Array): void {
    const room = best - 1 + tolerance - bound;
    stretches.forEach((stretch, at) => {
      master.gains(duals, rankOf[at] ?? 0, gains);
      close(stretch, gains, closed, (least[at] ?? 0) + room);
    });
    for (const id of singles)
      if (closed[id] === 0 && singleValue(id, duals) - (spare[piece[id] ?? 0] ?? 0) > room) closed[id] = 1;
  }

  function look(): boolean {
    cut ||= isSpent(paths.work() + extra);
    return cut;
  }

  /** The shares of options in the program's plan, and the plan that comes of them. */
  function round(): void {
    shares.fill(0);
    const likely: number[] = [];
    master.plan((ids, share) => {
      for (const id of ids) {
        if ((shares[id] ?? 0) === 0) likely.push(id);
        shares[id] = (shares[id] ?? 0) + share;
      }
    });
    likely.sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);
    take(onShares(likely));
  }

  /** The best plan's paths are columns too, so that the program is never dearer than it. */
  function take({ cost, ids }: Incumbent): void {
    if (cost >= best) return;
    best = cost;
    const own: number[][] = stretches.map(() => []);
    const byStart = Array.from(ids).sort((a, b) => (options.head[a] ?? 0) - (options.head[b] ?? 0));
    for (const id of byStart) if ((stretchOf[id] ?? -1) >= 0) own[stretchOf[id] ?? 0]?.push(id);
    own.forEach((path, at) => path.length > 0 && master.add(path, paths.costOf(path), at));
  }

  /** The piece and rank that are likeliest without being sure; null where all are. */
  function doubt(): Doubt | null {
    const sums = new Map<number, number>();
    for (let id = 0; id < shares.length; id += 1) {
      const share = shares[id] ?? 0;
      if (share <= 0) continue;
      const key = (piece[id] ?? 0) * 4096 + (rank[id] ?? -1) + 1;
      sums.set(key, (sums.get(key) ?? 0) + share);
    }
    let most = 0;
    let found: Doubt | null = null;
    for (const [key, share] of sums) {
      if (share > whole || share < 1 - whole) continue;
      const which = Math.floor(key / 4096);
      const at = (key % 4096) - 1;
      const out =
        at < 0 ? 1e6 + Math.min(share, 1 - share) * (options.cost[(options.first[which + 1] ?? 0) - 1] ?? 0) : 0;
      const value =
        out +
        Math.min(share, 1 - share) *
          ((options.tail[options.first[which] ?? 0] ?? 0) - (options.head[options.first[which] ?? 0] ?? 0));
      if (value <= most) continue;
      most = value;
      found = { which, at, isLikely: share >= 0.5 };
    }
    return found;
  }

  /** Prices the options open now and makes a plan; null where no plan below the best is among them. */
  function visit(rounds: number): Node | null {
    const bound = price(rounds);
    if (bound > best - 1 + tolerance) return null;
    round();
    return bound > best - 1 + tolerance ? null : { closed: closed.slice(), bound, doubt: doubt() };
  }

  /** Opens what one of two parts of a node holds: the piece stands at the rank in doubt, or it does not. */
  function enter({ closed: before }: Node, { which, at }: Doubt, wanted: boolean): void {
    closed.set(before);
    for (let id = options.first[which] ?? 0; id < (options.first[which + 1] ?? 0); id += 1)
      if (((rank[id] ?? -1) === at) !== wanted) closed[id] = 1;
  }

  const open: Node[] = [];
  let floor = Infinity;
  const first = visit(rootRounds);
  if (first) open.push(first);
  while (open.length > 0 && !cut) {
    let node: Node | null = takeLeast(open);
    while (node && !cut) {
      const { doubt: found, bound }: Node = node;
      if (bound > best - 1 + tolerance) break;
      if (!found) {
        floor = Math.min(floor, bound);
        break;
      }
      const parts: (Node | null)[] = [];
      for (const wanted of [found.isLikely, !found.isLikely]) {
        enter(node, found, wanted);
        const part = cut ? { ...node, closed: closed.slice() } : visit(nodeRounds);
        parts.push(part && { ...part, bound: Math.max(bound, part.bound) });
      }
      const [likely, other] = parts;
      const goOn: Node | null = likely ?? other ?? null;
      if (likely && other) open.push(other);
      node = goOn;
    }
    if (node && cut) open.push(node);
  }
  return open.reduce((lower, { bound }) => Math.min(lower, bound), Math.min(best, floor));
}

type Doubt = { readonly which: number; readonly at: number; readonly isLikely: boolean };
type Node = { readonly closed: Uint8Array; readonly bound: number; readonly doubt: Doubt | null };

function takeLeast(open: Node[]): Node | null {
  let least = 0;
  open.forEach(({ bound }, at) => {
    if (bound < (open[least]?.bound ?? Infinity)) least = at;
  });
  return open.splice(least, 1)[0] ?? null;
}
