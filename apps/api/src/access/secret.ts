import { createHmac, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { secrets } from "../store/managed.ts";
import { type Database, query } from "../store/open.ts";

/** The secret of that name, 256 bits in base64url: made once for the whole deployment, then kept in the database. */
export async function keptSecret(db: Database, name: string): Promise<string> {
  return query(async () => {
    await db
      .insert(secrets)
      .values({ name, value: randomBytes(32).toString("base64url") })
      .onConflictDoNothing();
    const [row] = await db.select({ value: secrets.value }).from(secrets).where(eq(secrets.name, name));
    if (!row) throw new Error(`The secret '${name}' could not be kept`);
    return row.value;
  });
}

/**
 * The code that makes the first account. It follows from the secret, so that every process and every start shows the
 * same; with the first account it is void.
 */
export function setUpCode(secret: string): string {
  return createHmac("sha256", secret).update("beq set-up").digest("base64url").slice(0, 27);
}
