import type { Split } from "./demand.ts";

/** Lengths in minutes of the pieces of a task, in their order. */
export type Pattern = readonly number[];

/** The fewest and the most pieces of lengths allowed that make `total`; null where none do. */
export function counts(total: number, { min, max }: Split): { fewest: number; most: number } | null {
  const fewest = Math.ceil(total / max);
  const most = Math.floor(total / min);
  return fewest <= most ? { fewest, most } : null;
}

/**
 * So many pieces of nearly the same length, multiples of the grid but for what is left over, which the last takes;
 * cut to the minute where the lengths allowed hold no such multiples. Null where there are none at all.
 */
export function even(total: number, count: number, split: Split, grid: number): Pattern | null {
  if (count * split.min > total || count * split.max < total) return null;
  const step = Math.floor(total / grid);
  const lengths = Array.from({ length: count }, (_, index) => share(step, count, index) * grid);
  const last = lengths.length - 1;
  lengths[last] = (lengths[last] ?? 0) + total - step * grid;
  return isAllowed(lengths, split) ? lengths : Array.from({ length: count }, (_, index) => share(total, count, index));
}

/** The larger shares come first. */
function share(total: number, count: number, index: number): number {
  return Math.floor(total / count) + (index < total % count ? 1 : 0);
}

/**
 * Pieces as long as the free stretches, one after the other, let them be; null where these do not hold the task.
 * @param stretches minutes, in order of time, and the number of the day of each
 */
export function poured(
  total: number,
  { min, max, perDay }: Split,
  grid: number,
  stretches: readonly { readonly minutes: number; readonly day: number }[],
): Pattern | null {
  const lengths: number[] = [];
  const onDay = new Map<number, number>();
  let left = total;
  for (const { minutes, day } of stretches) {
    if (left === 0) break;
    const room = Math.min(minutes, max, (perDay ?? Infinity) - (onDay.get(day) ?? 0), left);
    const whole = room === left ? left : Math.floor(room / grid) * grid;
    // What is left has to make a piece too.
    const length = left - whole > 0 && left - whole < min ? Math.floor((left - min) / grid) * grid : whole;
    if (length < min) continue;
    lengths.push(length);
    onDay.set(day, (onDay.get(day) ?? 0) + length);
    left -= length;
  }
  return left === 0 ? lengths : null;
}

export function isAllowed(pattern: Pattern, { min, max }: Split): boolean {
  return pattern.every((length) => min <= length && length <= max);
}

/** Patterns one step away: two pieces in the other order, some minutes from one to the next, two joined, one cut. */
export function neighbours(pattern: Pattern, split: Split, grid: number): Pattern[] {
  const found: Pattern[] = [];
  pattern.forEach((length, index) => {
    const next = pattern[index + 1];
    const put = (from: number, ...lengths: number[]) =>
      found.push([...pattern.slice(0, index), ...lengths, ...pattern.slice(from)]);
    const half = Math.floor(length / 2 / grid) * grid;
    put(index + 1, length - half, half);
    if (next === undefined) return;
    if (next !== length) put(index + 2, next, length);
    for (const step of [grid, 2 * grid]) {
      put(index + 2, length + step, next - step);
      put(index + 2, length - step, next + step);
    }
    put(index + 2, length + next);
  });
  return found.filter((each) => isAllowed(each, split));
}
