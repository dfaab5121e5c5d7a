import { and, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { type Database, query } from "../store/open.ts";
import { apikey } from "../store/people.ts";

/** Those of the keys that are there, enabled and not expired, by the database's clock. */
export async function aliveAmong(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const lasting = or(isNull(apikey.expiresAt), gt(apikey.expiresAt, sql`now()`));
  const found = await query(() =>
    db
      .select({ id: apikey.id })
      .from(apikey)
      .where(and(inArray(apikey.id, [...ids]), eq(apikey.enabled, true), lasting)),
  );
  return new Set(found.map(({ id }) => id));
}
