import type { Model } from "../search/model.ts";
import type { Options } from "../search/options.ts";
import type { Prices } from "../search/prices.ts";
import { type Doubt, doubtOf } from "./doubt.ts";
import { mannerOf } from "./manner.ts";
import { createProgram, type Incumbent } from "./price.ts";
import { groundOf } from "./stretches.ts";

export type Effort = {
  /** Only prices what all plans are made of. */
  readonly isShallow?: boolean;
  /** Given what has to outlive the search for its compiled code to do so. */
  readonly hold?: (part: unknown) => void;
  /** Looks at what is likely in a good plan, the likeliest first; answers the best plan known by now. */
  readonly onShares: (likely: readonly number[]) => Incumbent;
  /** Told of the steps done so far and of what no plan costs less than; true ends the search. */
  readonly isSpent: (work: number, lowerBound: number) => boolean;
};

/** Options that are closed in a part of all plans, what none of those costs less than, and how to part it further. */
type Node = { readonly closed: Uint8Array; readonly bound: number; readonly doubt: Doubt | null };

const tolerance = 1e-6;
const rootRounds = 200;
const nodeRounds = 40;

/**
 * Branch and price: a plan is a path through each stretch of time, and the program over all paths is solved by making
 * those that pay (Barnhart et al. 1998). It knows that a stretch holds whole pieces, each once, with rest between them,
 * which a program over slots does not. Goes down where the program leans, then on from the least bound.
 * @param all options that are open, ascending
 * @param prices of slots and order, to begin with
 * @returns what no plan costs less than, at most the cost of the best plan met
 */
export function branchAndPrice(
  model: Model,
  options: Options,
  all: Int32Array,
  prices: Prices,
  incumbent: Incumbent,
  { isShallow = false, hold, onShares, isSpent }: Effort,
): number {
  const manner = mannerOf(model);
  const ground = groundOf(options, all, manner);
  const program = createProgram(options, ground, manner, prices, incumbent);
  const closed = new Uint8Array(options.choice.length).fill(1);
  for (const id of all) closed[id] = 0;
  const open: Node[] = [];
  let best = incumbent.cost;
  /** The least bound of the parts that no doubt is left in but that hold no such plan: of rules the program lacks. */
  let settled = Infinity;
  let cut = false;
  program.learn(incumbent);
  hold?.([program, visit]);

  const lower = () => open.reduce((least, { bound }) => Math.min(least, bound), Math.min(best, settled));
  const isOver = (): boolean => (cut ||= isSpent(program.work(), lower()));
  const watch = { bar: () => best, isSpent: isOver, onShares: () => make(program.shares()) };
  const isHopeless = (bound: number) => bound > best - 1 + tolerance;

  function make(shares: Float64Array): void {
    const likely = Array.from(ground.all).filter((id) => (shares[id] ?? 0) > 0);
    likely.sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);
    const made = onShares(likely);
    if (made.cost >= best) return;
    best = made.cost;
    program.learn(made);
  }

  /** Looks at the options that are not closed now; null where no plan below the best is among them. */
  function visit(above: number, rounds: number): Node | null {
    const bound = Math.max(above, program.price(closed, rounds, watch));
    if (isHopeless(bound)) return null;
    const shares = program.shares();
    const doubt = doubtOf(options, ground, shares, closed);
    make(shares);
    return isHopeless(bound) ? null : { closed: closed.slice(), bound, doubt };
  }

  /** One of the two parts of a node: the piece in doubt takes one of those options, or it does not. */
  function part(node: Node, { piece, holds }: Doubt, wanted: boolean): Node | null {
    closed.set(node.closed);
    for (let id = options.first[piece] ?? 0; id < (options.first[piece + 1] ?? 0); id += 1)
      if (holds(id) !== wanted) closed[id] = 1;
    return isOver() ? { ...node, closed: closed.slice() } : visit(node.bound, nodeRounds);
  }

  /** Goes down from a node until there is nothing below; what is passed by stays open. */
  function dive(from: Node): void {
    for (let node: Node | null = from; node && !isHopeless(node.bound);) {
      const { doubt, bound }: Node = node;
      if (!doubt) return void (settled = Math.min(settled, bound));
      // Until both of its parts are looked at it counts for what no plan costs less than.
      open.push(node);
      if (isOver()) return;
      const likely = part(node, doubt, doubt.isLikely);
      const other = part(node, doubt, !doubt.isLikely);
      open.splice(open.indexOf(node), 1);
      if (likely && other) open.push(other);
      node = likely ?? other;
    }
  }

  open.push({ closed: closed.slice(), bound: -Infinity, doubt: null });
  const root = visit(-Infinity, rootRounds);
  open.splice(0, 1, ...(root ? [root] : []));
  while (open.length > 0 && !cut && !isShallow) dive(takeLeast(open));
  return lower();
}

function takeLeast(open: Node[]): Node {
  const at = open.reduce((least, { bound }, each) => (bound < (open[least]?.bound ?? Infinity) ? each : least), 0);
  const [node] = open.splice(at, 1);
  if (!node) throw new Error("no node is open");
  return node;
}
