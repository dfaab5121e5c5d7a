import type { Bucket } from "../../foreign.ts";
import { md5 } from "../../hash/md5.ts";

/** How many places there are; a percentage counts those that begin below it. */
export const PLACES = 9998;

/**
 * Flagsmith: md5(utf8(salt + id)) mod 9999, of which the last value is drawn again from the text written twice, three
 * times and so on, with commas between. The salt is `feature-state,environment_` for variants and `segment,environment_`
 * or `segment,` for a percentage split; `of` must be 9998. Source: flagsmith-engine/utils/hashing in its SDKs.
 */
export const flagsmith: Bucket = {
  name: "flagsmith",
  bucket: (salt, of) => (id) => {
    if (!id) return NaN;
    return (place(`${salt}${String(id)}`) * of) / PLACES;
  },
};

function place(text: string): number {
  for (let repeated = text; ; repeated = `${repeated},${text}`) {
    const rest = remainder(md5(repeated), PLACES + 1);
    if (rest < PLACES) return rest;
  }
}

function remainder(words: readonly number[], divisor: number): number {
  return words.reduce((rest, word) => (rest * 2 ** 32 + word) % divisor, 0);
}

/** How many places are below a percentage, counted as Flagsmith compares them. */
export function placesBelow(percent: number, isIncluded = false): number {
  const estimate = Math.floor((percent / 100) * PLACES) - 2;
  let count = Math.min(PLACES, Math.max(0, estimate));
  const isBelow = (at: number) => (isIncluded ? percentage(at) <= percent : percentage(at) < percent);
  while (count < PLACES && isBelow(count)) count++;
  return count;
}

const percentage = (at: number) => (at / PLACES) * 100;
