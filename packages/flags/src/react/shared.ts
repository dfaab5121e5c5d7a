import { isSame } from "../reads.ts";

/** The new values, with every one that did not change still the old object, so that its readers can tell. */
export function shared<F extends object>(before: F, after: F): F {
  if (isSame(before, after)) return before;
  const old = new Map<string, unknown>(Object.entries(before));
  const entries = Object.entries(after).map(([key, value]) => [
    key,
    isSame(old.get(key), value) ? old.get(key) : value,
  ]);
  // Same keys and equal values: still an F.
  return Object.fromEntries(entries) as F;
}
