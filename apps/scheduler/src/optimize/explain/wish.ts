import { type Bound, boundsOf } from "./bounds.ts";
import { type Cuts, exactly, within } from "./cuts.ts";
import type { Split } from "../problem/demand.ts";
import type { Item, Size } from "../problem/item.ts";
import { counts } from "../problem/pattern.ts";
import { at, type Span } from "../time/spans.ts";
import type { World } from "./world.ts";

/** A piece of a task that looks for a place: `slots` in all, `lead` of them before `work` minutes of work. */
export type Part = Size & { readonly work: number };

/** What a task asks of its place. */
export type Wish = {
  /** Its first piece. */
  readonly index: number;
  readonly item: Item;
  /** Minutes in all. */
  readonly work: number;
  /** As the plan cuts it, and as it may be cut. */
  readonly planned: Cuts;
  readonly cuts: Cuts;
  /** Lengths that its pieces may have; null where it is not to be cut. */
  readonly split: Split | null;
  /** It starts on these days: of a habit, the occasion. */
  readonly days: Span | null;
  readonly bounds: readonly Bound[];
};

/** So many pieces of a task are planned at most. */
const mostPieces = 100;

/** The wish of a task with these pieces, in their order. */
export function wishOf(world: World, indices: readonly number[]): Wish {
  const { items, axis } = world.problem;
  const index = at(indices, 0);
  const item = at(items, index);
  const planned = exactly(indices.map((each) => at(items, each).work));
  const split = splitOf(item, indices.length, planned.total);
  return {
    index,
    item,
    work: planned.total,
    planned,
    cuts: split ? within(planned.total, split, axis.grid, mostPieces) : planned,
    split,
    days: item.want?.occasion?.days ?? null,
    bounds: boundsOf(world, index),
  };
}

/** Of a task some pieces of which stand already the others are what they are. */
function splitOf({ want }: Item, pieces: number, total: number): Split | null {
  if (!want?.split || want.piece?.of !== pieces) return null;
  return counts(total, want.split) ? want.split : null;
}
