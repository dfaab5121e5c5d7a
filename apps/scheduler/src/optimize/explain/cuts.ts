import type { Split } from "../problem/demand.ts";
import { counts } from "../problem/pattern.ts";

/** Ways to cut a task into pieces; minutes. */
export type Cuts = {
  readonly total: number;
  /** No piece is shorter. */
  readonly least: number;
  /** There is one way only. */
  readonly fixed: boolean;
  /** It counts into how many pieces. */
  readonly counted: boolean;
  /** Lengths that the next piece may have once so much is done in so many pieces. */
  next(done: number, count: number): readonly number[];
};

/** Pieces of these lengths in this order. */
export function exactly(lengths: readonly number[]): Cuts {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    total,
    least: Math.min(...lengths),
    fixed: true,
    counted: false,
    next: (_, count) => lengths.slice(count, count + 1),
  };
}

/**
 * Every way to cut it into at most so many pieces of lengths allowed, in steps of the grid; what the grid leaves over
 * goes into one of them. Where these lengths are off the grid the steps are as small as that takes.
 */
export function within(total: number, range: Split, grid: number, most = Infinity): Cuts {
  const { min, max } = range;
  const step = [min, max].every((each) => each % grid === 0) ? grid : [min, max, total].reduce(divisor, grid);
  const canBe = (left: number, pieces: number) => left === 0 || (counts(left, range)?.fewest ?? Infinity) <= pieces;
  return {
    total,
    least: min,
    fixed: false,
    counted: most < Math.floor(total / min),
    next(done, count) {
      const left = total - done;
      const longest = Math.min(max, left);
      const lengths = new Set<number>();
      for (let whole = Math.floor(min / step) * step; whole <= longest; whole += step)
        lengths.add(whole).add(whole + (left % step));
      return [...lengths].filter(
        (length) => length >= min && length <= longest && canBe(left - length, most - count - 1),
      );
    },
  };
}

/** Euclid's: the greatest one that both have. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
