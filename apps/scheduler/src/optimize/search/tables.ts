import type { Model } from "./model.ts";
import { at } from "../time/spans.ts";

/** From a slot to the position in a piece's starts; -1 where it may not start. */
export type Tables = { positions(index: number): Int32Array };

/** Slots from the first up to, not including, the last. */
export type Stretch = readonly [number, number];

export function createTables({ items, axis }: Model): Tables {
  const made: (Int32Array | undefined)[] = items.map(() => undefined);
  return {
    positions: (index) => {
      const known = made[index];
      if (known) return known;
      const positions = new Int32Array(axis.size).fill(-1);
      at(items, index).starts.forEach((slot, position) => (positions[slot] = position));
      made[index] = positions;
      return positions;
    },
  };
}
