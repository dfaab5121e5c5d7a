import type { Want } from "./demand.ts";
import type { Item } from "./item.ts";
import { trailOf } from "../search/model.ts";
import { at } from "../time/spans.ts";

/**
 * Writes who waits for whom into the items. A locked item waits for nobody: it was put there. Pieces of one task keep
 * their order. Who waits for a split task waits for all of it, who waits for a habit for its first time, a habit itself
 * for the time on the same day.
 */
export function link(items: readonly Item[], grid: number): Item[] {
  const pieces = new Map<string, number[]>();
  items.forEach(({ want }, index) => {
    if (want) pieces.set(want.taskId, [...(pieces.get(want.taskId) ?? []), index]);
  });
  const waits = items.map((_, index) => waitsOf(items, index, pieces, grid));
  const after = items.map((): number[] => []);
  waits.forEach((others, index) => others.forEach((_, other) => at(after, other).push(index)));
  return items.map((item, index) => ({
    ...item,
    before: [...at(waits, index).keys()],
    lags: [...at(waits, index).values()],
    after: at(after, index),
  }));
}

/** The items that one waits for, with the slots that have to pass after each. */
function waitsOf(
  items: readonly Item[],
  index: number,
  pieces: ReadonlyMap<string, readonly number[]>,
  grid: number,
): ReadonlyMap<number, number> {
  const item = at(items, index);
  const { want, locked } = item;
  const waits = new Map<number, number>();
  if (!want || locked) return waits;

  const previous = want.occasion ? undefined : previousPiece(items, pieces.get(want.taskId) ?? [], index);
  if (previous !== undefined) waits.set(previous, 0);
  for (const id of want.dependencies) {
    if (id === want.taskId) continue;
    for (const other of awaited(items, pieces.get(id) ?? [], want))
      waits.set(other, lagSlots(at(items, other), item, want.lags[id] ?? 0, grid));
  }
  return waits;
}

/** Pieces are alike: one that was put somewhere by hand leaves the order of the others as it is. */
function previousPiece(items: readonly Item[], own: readonly number[], index: number): number | undefined {
  return own.slice(0, own.indexOf(index)).findLast((other) => !at(items, other).locked);
}

function awaited(items: readonly Item[], pieces: readonly number[], { occasion }: Want): readonly number[] {
  const [first] = pieces;
  if (first === undefined || !at(items, first).want?.occasion) return pieces;

  const date = occasion?.date ?? null;
  return [pieces.find((other) => date !== null && at(items, other).want?.occasion?.date === date) ?? first];
}

/** The buffers around the two are a part of the time that has to pass. */
function lagSlots(before: Item, after: Item, minutes: number, grid: number): number {
  return Math.max(0, Math.ceil(minutes / grid) - trailOf(before, grid) - after.lead);
}
