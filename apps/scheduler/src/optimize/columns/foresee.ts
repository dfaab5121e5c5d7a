import { type Manner, mayRest } from "./manner.ts";
import type { Modes } from "./modes.ts";
import type { Active } from "./walk.ts";

/** What the ways on from each slot and mode of a stretch cost at least, from the end of it back. */
export type Foresight = {
  /** Looks at a stretch; answers the number of steps that this took. */
  look(active: Active): number;
  /** Of the stretch last looked at: what no way on costs less than. */
  least(slot: number, mode: number): number;
};

/** The way on may take pieces again and again, whatever was met before: what costs less cannot be. */
export function createForesight(manner: Manner, { count, after, switches }: Modes): Foresight {
  const { runs, groups, pause } = manner;
  let ahead = new Float64Array(0);

  function fromOptions({ begins, rows, worth, ends, switching }: Active, slot: number, mode: number): number {
    let least = Infinity;
    for (let at = begins[slot] ?? 0; at < (begins[slot + 1] ?? 0); at += 1) {
      const row = (rows[at] ?? 0) + mode;
      const then = after[row] ?? -1;
      if (then < 0) continue;
      const value = (worth[at] ?? 0) + (switches[row] ?? 0) * switching + (ahead[(ends[at] ?? 0) * count + then] ?? 0);
      if (value < least) least = value;
    }
    return least;
  }

  return {
    look: (active) => {
      const { size, from, begins } = active;
      if (ahead.length < (size + 1) * count) ahead = new Float64Array((size + 1) * count);
      ahead.fill(0, size * count, (size + 1) * count);
      for (let slot = size - 1; slot >= 0; slot -= 1) {
        const rests = runs > 1 && slot + pause <= size && mayRest(manner, from + slot);
        for (let mode = 0; mode < count; mode += 1) {
          const idle = ahead[(slot + 1) * count + mode] ?? 0;
          const rested = rests && mode >= groups ? (ahead[(slot + pause) * count + (mode % groups)] ?? 0) : idle;
          ahead[slot * count + mode] = Math.min(idle, rested, fromOptions(active, slot, mode));
        }
      }
      return count * (size + (begins[size] ?? 0));
    },
    least: (slot, mode) => ahead[slot * count + mode] ?? 0,
  };
}
