import { held } from "./held.ts";
import type { Item } from "./item.ts";
import type { Problem } from "./problem.ts";
import type { State } from "../search/state.ts";
import type { Span } from "../time/spans.ts";

/** An item where it stands; `index` is its position among the items of the problem. */
export type Placed = Span & { readonly item: Item; readonly index: number };

/** Everything placed, in order of time. */
export function placedItems(state: State<Problem>): Placed[] {
  const placed = state.problem.items.flatMap((item, index) => {
    const span = state.span(index);
    return span ? [{ ...span, item, index }] : [];
  });
  return placed.sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
}

/** The time that it takes with its buffers. */
export function heldBy({ start, end, item: { buffer } }: Pick<Placed, "start" | "end" | "item">): Span {
  return held({ start, end, buffer });
}
