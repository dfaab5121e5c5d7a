import type { Cuts } from "./cuts.ts";
import type { Begun, Fits } from "./fits.ts";
import { type Item, sizeOf } from "../problem/item.ts";
import type { Part } from "./wish.ts";

/** What keeps a task that is begun from being better off than another that is as far. */
type Better = (one: Begun, other: Begun) => boolean;

/**
 * The place that ends first among all ways to cut the task and all orders of free time; null where there is none. By
 * dynamic programming over the minutes done: of two ways to have done as much, one that leaves no more to those behind
 * it is dropped.
 * Where there is one way to cut it each piece takes the first place behind the one before: of one piece that is all.
 * @param known a place that there is: one that ends sooner, or this one
 */
export function firstPlace(
  fits: Fits,
  cuts: Cuts,
  partOf: (minutes: number) => Part,
  known: Begun | null = null,
): Begun | null {
  const isBetter = betterBy(cuts);
  const open = new Map<number, Begun[]>([[0, [fits.none]]]);
  let best = known;
  for (let done = 0; open.size > 0; done = Math.min(...open.keys())) {
    const here = open.get(done) ?? [];
    open.delete(done);
    for (const before of here)
      for (const length of cuts.next(done, before.puts.length))
        for (const next of fits.after(before, partOf(length))) {
          if (best && next.end >= best.end) break;
          if (next.done < cuts.total) keep(open, next, isBetter);
          else best = next;
          if (next === best || cuts.fixed) break;
        }
  }
  return best;
}

/** Whether all that can follow the other one can follow this one too. */
function betterBy({ counted }: Cuts): Better {
  return (one, other) =>
    one.end <= other.end &&
    one.run <= other.run &&
    (one.day < other.day || (one.day === other.day && one.used <= other.used)) &&
    (other.fed < 0 || one.fed === other.fed) &&
    (!counted || one.puts.length <= other.puts.length);
}

function keep(open: Map<number, Begun[]>, next: Begun, isBetter: Better): void {
  const others = open.get(next.done) ?? [];
  if (others.some((other) => isBetter(other, next))) return;
  open.set(next.done, [...others.filter((other) => !isBetter(next, other)), next]);
}

/** Pieces of an item by their length, with its buffers around each. */
export function partsOf({ buffer }: Pick<Item, "buffer">, grid: number): (minutes: number) => Part {
  return (minutes) => ({ ...sizeOf(minutes, buffer, grid), work: minutes });
}
