/** `perSecond` come back, and at most `burst` wait to be taken. */
export type Rate = { perSecond: number; burst: number };

export type Bucket = { tokens: number; at: number };

export function fullBucket({ burst }: Rate, at: number): Bucket {
  return { tokens: burst, at };
}

/**
 * Takes one token.
 * @param at milliseconds of a clock that only goes forward
 * @returns 0, or the seconds until there is one to take
 */
export function take(bucket: Bucket, { perSecond, burst }: Rate, at: number): number {
  bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
  bucket.at = at;
  if (bucket.tokens < 1) return (1 - bucket.tokens) / perSecond;

  bucket.tokens -= 1;
  return 0;
}

/** Attempts by name, such as an address or an account. */
export type Throttle = {
  /** Takes an attempt; answers 0, or the seconds until there is one. */
  take(name: string): number;
  /** Gives an attempt back: it was no guess. */
  giveBack(name: string): void;
};

// Beyond them the oldest are forgotten: memory is bounded, whoever guesses.
const mostNames = 10_000;

export function createThrottle(rate: Rate, elapsed: () => number): Throttle {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (name: string): Bucket => {
    const bucket = buckets.get(name) ?? fullBucket(rate, elapsed());
    if (!buckets.has(name) && buckets.size >= mostNames) buckets.delete(buckets.keys().next().value ?? "");
    buckets.set(name, bucket);
    return bucket;
  };

  return {
    take: (name) => take(bucketOf(name), rate, elapsed()),
    giveBack(name) {
      const bucket = bucketOf(name);
      bucket.tokens = Math.min(bucket.tokens + 1, rate.burst);
    },
  };
}
