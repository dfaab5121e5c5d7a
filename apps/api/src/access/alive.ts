import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { type Database, query } from "../store/open.ts";
import { apikey } from "../store/people.ts";

/** Whether the key of that id is there, enabled and not expired, by the database's clock. */
export async function isKeyAlive(db: Database, id: string): Promise<boolean> {
  const lasting = or(isNull(apikey.expiresAt), gt(apikey.expiresAt, sql`now()`));
  const found = await query(() =>
    db
      .select({ id: apikey.id })
      .from(apikey)
      .where(and(eq(apikey.id, id), eq(apikey.enabled, true), lasting)),
  );
  return found.length > 0;
}
