/** How a duration spread, from counts in buckets that each are 5 % wider than the one before. */
export type Spread = {
  add(milliseconds: number): void;
  /** Milliseconds, each at most 2.5 % off; null of both while there is nothing. */
  summary(): Summary;
};

export type Summary = { n: number; p50_ms: number | null; p99_ms: number | null };

const growth = 1.05;
const leastMilliseconds = 0.01;
// Up to ten minutes; what takes longer counts as that.
const buckets = Math.ceil(Math.log(600_000 / leastMilliseconds) / Math.log(growth)) + 1;

export function createSpread(): Spread {
  // Kept for a hundred changes: counts of a fixed size, whatever the number of clients.
  const counts = new Uint32Array(buckets);
  let n = 0;

  const quantile = (share: number): number | null => {
    if (n === 0) return null;
    const rank = Math.ceil(share * n);
    let below = 0;
    const index = counts.findIndex((count) => (below += count) >= rank);
    return rounded(leastMilliseconds * growth ** (index - 0.5));
  };

  return {
    add(milliseconds) {
      const index = Math.ceil(
        Math.log(Math.max(milliseconds, leastMilliseconds) / leastMilliseconds) / Math.log(growth),
      );
      const place = Math.min(index, buckets - 1);
      counts[place] = (counts[place] ?? 0) + 1;
      n += 1;
    },
    summary: () => ({ n, p50_ms: quantile(0.5), p99_ms: quantile(0.99) }),
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
