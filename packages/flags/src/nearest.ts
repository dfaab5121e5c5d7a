/** The candidate that needs the fewest single-character edits to become `text`; "" when there is none. */
export function nearest(text: string, candidates: readonly string[]): string {
  const ranked = candidates.map((candidate) => ({ candidate, edits: distance(text, candidate) }));
  return ranked.reduce((best, next) => (next.edits < best.edits ? next : best), {
    candidate: "",
    edits: Infinity,
  }).candidate;
}

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** How many pairs of characters are compared for one document: some 50 ms. */
const BUDGET = 10_000_000;

/**
 * Words that suggest the nearest of the known names, as long as that is cheap: a broken document may hold any number of
 * names that do not exist. `known` is asked only then.
 */
export function createHints(): (name: string, known: () => readonly string[]) => string {
  let left = BUDGET;
  return (name, known) => {
    if (left <= 0) return "";
    const names = known();
    const cost = names.reduce((sum, { length }) => sum + length + 1, 0) * (name.length + 1);
    const isCheap = cost <= left;
    left -= isCheap ? cost : names.length;
    return isCheap && names.length > 0 ? `; did you mean '${nearest(name, names)}'?` : "";
  };
}
