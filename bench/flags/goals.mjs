// What the engine promises. `must` is beside the best peer, `aim` beside the floor.

/** How many times faster than the best peer, and at most how many times the floor. */
export const speed = {
  on: { must: 2, aim: 2 },
  rollout: { must: 3, aim: 2 },
  rules: { must: 5, aim: 2 },
  segment: { must: 10, aim: 2 },
  prereq: { must: 10, aim: 2 },
  bulk: { must: 4, aim: 2.5 },
};

/** Heap bytes of one `value`, the worst of the works, and of all 100 flags. A remnant of a byte is the measurement's. */
export const heap = { value: { must: 128, aim: 1 }, bulk: { must: 20_000, aim: 8_000 } };

/** An answer with its reason, times the floor. */
export const reason = { aim: 3 };

/** Counted beside not counted: times at most, and nanoseconds more at most. */
export const counting = { must: 1.5, aim: 5 };
