import { sql } from "drizzle-orm";
import { query, type Store } from "./open.ts";

export type Leader = {
  /**
   * Runs a job unless another process, or this one, is at it already: then nothing is done and the answer is
   * undefined. A lock can be lost with its connection, so a job must be safe to be begun a second time.
   */
  exclusively<T>(name: string, run: () => Promise<T>): Promise<T | undefined>;
};

/** Periodic work of many processes on one database, done by one of them at a time under an advisory lock. */
export function createLeader({ db, kind }: Pick<Store, "db" | "kind">): Leader {
  const running = new Set<string>();

  async function locked<T>(name: string, run: () => Promise<T>): Promise<T | undefined> {
    // The lock ends with its transaction, however that ends; the job writes through connections of its own.
    return query(() =>
      db.transaction(async (transaction) => {
        const answer = await transaction.execute(
          sql`select pg_try_advisory_xact_lock(hashtextextended(${`beq:${name}`}, 0)) as mine`,
        );
        const [row] = (answer as unknown as { rows: { mine: boolean }[] }).rows;
        return row?.mine ? await run() : undefined;
      }),
    );
  }

  return {
    async exclusively(name, run) {
      if (running.has(name)) return undefined;
      running.add(name);
      try {
        // The embedded database has one process and one connection, which an open transaction would keep from the job.
        return await (kind === "embedded" ? run() : locked(name, run));
      } finally {
        running.delete(name);
      }
    },
  };
}
