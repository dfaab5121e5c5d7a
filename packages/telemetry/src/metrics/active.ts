import { addTo, emptySketch, estimate, mergeInto, type Sketch } from "./sketch.ts";

export interface ActiveUsers {
  saw(user_id: string): void;
  /** Distinct users of the last 24 hours (the oldest quarter of an hour fades as a whole), to about 1 %. */
  count(): number;
}

const slotMilliseconds = 15 * 60 * 1000;
const slots = 96;

/** One sketch a quarter of an hour, forgotten after a day: at most 1.6 MB, whoever comes. */
export function createActiveUsers(clock: () => number): ActiveUsers {
  const sketches = new Map<number, Sketch>();

  function forget(now: number): void {
    for (const slot of sketches.keys()) if (slot <= now - slots) sketches.delete(slot);
  }

  function current(): Sketch {
    const slot = Math.floor(clock() / slotMilliseconds);
    const sketch = sketches.get(slot) ?? emptySketch();
    if (!sketches.has(slot)) {
      forget(slot);
      sketches.set(slot, sketch);
    }
    return sketch;
  }

  return {
    saw: (user_id) => addTo(current(), user_id),
    count() {
      forget(Math.floor(clock() / slotMilliseconds));
      const union = emptySketch();
      for (const sketch of sketches.values()) mergeInto(union, sketch);
      return Math.round(estimate(union));
    },
  };
}
