import { type Bound, boundsOf } from "./bounds.ts";
import type { Item } from "../problem/item.ts";
import { at, type Span } from "../time/spans.ts";
import type { World } from "./world.ts";

/** A piece of a task that looks for a place: `slots` in all, `lead` of them before `work` minutes of work. */
export type Part = { readonly slots: number; readonly lead: number; readonly work: number };

/** What a task asks of its place. */
export type Wish = {
  /** Its first piece. */
  readonly index: number;
  readonly item: Item;
  readonly parts: readonly Part[];
  /** It starts on these days: of a habit, the occasion. */
  readonly days: Span | null;
  readonly bounds: readonly Bound[];
};

/** The wish of a task with these pieces, in their order. */
export function wishOf(world: World, indices: readonly number[]): Wish {
  const { items } = world.problem;
  const index = at(indices, 0);
  const item = at(items, index);
  const parts = indices.map((each) => {
    const { slots, lead, work } = at(items, each);
    return { slots, lead, work };
  });
  return { index, item, parts, days: item.want?.occasion?.days ?? null, bounds: boundsOf(world, index) };
}
