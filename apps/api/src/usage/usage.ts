import type { Logger } from "@beq/telemetry";
import type { Leader } from "../store/leader.ts";
import { createRounds } from "../store/rounds.ts";
import { type FlagUsage, staleDays } from "./stale.ts";
import type { Used, UsageStore } from "./store.ts";
import type { Count, Take } from "./tally.ts";

export type Usage = {
  /**
   * How each flag that was ever evaluated is used, over all processes and the last 30 days. A little late, and while
   * the database is away what was known before: never fails.
   */
  summary(): Promise<ReadonlyMap<string, FlagUsage>>;
  /** Writes down what was counted since the last time. What cannot be written is kept for the next. */
  flush(): Promise<void>;
  /** Writes the rest and stops. */
  close(): Promise<void>;
};

export type UsageDeps = {
  take: Take;
  store: UsageStore;
  leader: Leader;
  logger: Pick<Logger, "error" | "warn">;
  now: () => number;
};

const flushMilliseconds = 60_000;
const freshMilliseconds = 10_000;
const keptDays = 90;
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Adds up what flags answered, by day, and says which flags are still used. */
export function createUsage({ take, store, leader, logger, now }: UsageDeps): Usage {
  let known: ReadonlyMap<string, FlagUsage> = new Map();
  let readAt = -Infinity;
  let unwritten: Used[] = [];
  let prunedOn = "";
  const daysAgo = (days: number) => dayOf(now() - days * dayMilliseconds);

  async function flush(): Promise<void> {
    const counts = byVariant([...unwritten, ...take().map(usedOf)]);
    if (counts.length === 0) return;
    unwritten = [];
    try {
      await store.add(counts, daysAgo(0), new Date(now()));
      readAt = -Infinity;
    } catch (error) {
      unwritten = byVariant([...counts, ...unwritten]);
      throw error;
    }
  }

  async function prune(): Promise<void> {
    const today = daysAgo(0);
    if (prunedOn === today) return;
    await leader.exclusively("usage", () => store.prune(daysAgo(keptDays)));
    prunedOn = today;
  }

  const rounds = createRounds({
    name: "Writing down how flags are used",
    atMost: flushMilliseconds,
    logger,
    round: async () => {
      await flush();
      await prune();
      return flushMilliseconds;
    },
  });
  void rounds.wake();

  return {
    async summary() {
      if (now() - readAt < freshMilliseconds) return known;
      await rounds.wake();
      try {
        known = summed(await store.since(daysAgo(staleDays)));
        readAt = now();
      } catch (error) {
        logger.warn("How flags are used could not be read", { error });
      }
      return known;
    },
    flush,
    async close() {
      await rounds.close();
      await flush().catch((error: unknown) => logger.error("The last counts of flags were not written", { error }));
    },
  };
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function usedOf({ key, variant = "", count }: Count): Used {
  return { key, variant, count };
}

/** A variant is counted once, by whichever rule it was answered. */
function byVariant(used: readonly Used[]): Used[] {
  const sums = new Map<string, Used>();
  for (const one of used) {
    const name = JSON.stringify([one.key, one.variant]);
    sums.set(name, { ...one, count: one.count + (sums.get(name)?.count ?? 0) });
  }
  return [...sums.values()];
}

function summed(rows: readonly (Used & { lastAt: Date })[]): ReadonlyMap<string, FlagUsage> {
  const usage = new Map<string, FlagUsage>();
  for (const { key, variant, count, lastAt } of rows.toSorted((one, other) => other.count - one.count)) {
    const { lastAt: seen, answers } = usage.get(key) ?? { lastAt: null, answers: [] };
    if (variant !== "" && count > 0) answers.push({ variant, count });
    usage.set(key, { lastAt: Math.max(seen ?? 0, lastAt.getTime()), answers });
  }
  return usage;
}
