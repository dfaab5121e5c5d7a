import { lt, sql } from "drizzle-orm";
import { type Database, query } from "../store/open.ts";
import { flagUsage } from "../store/managed.ts";

/** How often a flag answered a variant; it is empty where the flag had none to give. */
export type Used = { key: string; variant: string; count: number };

export type UsageStore = {
  /** Adds to the counts of `day` (UTC, `2030-03-25`), all of them or none. */
  add(used: readonly Used[], day: string, at: Date): Promise<void>;
  /** The sums since `day`, which may be 0, and when each was last answered on any day. */
  since(day: string): Promise<(Used & { lastAt: Date })[]>;
  /** Forgets the days before this one. */
  prune(day: string): Promise<void>;
};

// A statement has a bounded number of parameters; five go to each row.
const rowsAtOnce = 1_000;

export function createUsageStore(db: Database): UsageStore {
  return {
    add: (used, day, lastAt) =>
      query(() =>
        db.transaction(async (transaction) => {
          for (let from = 0; from < used.length; from += rowsAtOnce) {
            // In one order everywhere, so that two processes never wait for each other's rows.
            const rows = used.toSorted(byName).slice(from, from + rowsAtOnce);
            await transaction
              .insert(flagUsage)
              .values(rows.map((row) => ({ ...row, day, lastAt })))
              .onConflictDoUpdate({
                target: [flagUsage.key, flagUsage.variant, flagUsage.day],
                set: {
                  count: sql`${flagUsage.count} + excluded.count`,
                  lastAt: sql`greatest(${flagUsage.lastAt}, excluded.last_at)`,
                },
              });
          }
        }),
      ),

    since: (day) =>
      query(() =>
        db
          .select({
            key: flagUsage.key,
            variant: flagUsage.variant,
            count: sql<number>`coalesce(sum(${flagUsage.count}) filter (where ${flagUsage.day} >= ${day}), 0)`.mapWith(
              Number,
            ),
            lastAt: sql<Date>`max(${flagUsage.lastAt})`.mapWith(flagUsage.lastAt),
          })
          .from(flagUsage)
          .groupBy(flagUsage.key, flagUsage.variant),
      ),

    prune: async (day) => void (await query(() => db.delete(flagUsage).where(lt(flagUsage.day, day)))),
  };
}

function byName(one: Used, other: Used): number {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1;
  return one.variant < other.variant ? -1 : 1;
}
