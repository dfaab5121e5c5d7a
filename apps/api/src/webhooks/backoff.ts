const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** The waits before the second attempt, the third, …: ten attempts within a day. */
const waits = [
  5 * seconds,
  30 * seconds,
  2 * minutes,
  10 * minutes,
  30 * minutes,
  2 * hours,
  5 * hours,
  7 * hours,
  9 * hours,
] as const;

/**
 * Milliseconds to wait after the `attempts`-th attempt has failed, or undefined when it was the last.
 * @param chance 0..1; makes the wait up to a fifth shorter or longer, so that receivers who come back are not stormed
 */
export function waitAfter(attempts: number, chance: number): number | undefined {
  const wait = waits[attempts - 1];
  return wait === undefined ? undefined : Math.round(wait * (0.8 + 0.4 * chance));
}
