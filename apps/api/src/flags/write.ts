import { and, eq, inArray, sql } from "drizzle-orm";
import { flagChanges, flagHead, flagHistory, flagItems } from "../store/managed.ts";
import type { Database } from "../store/open.ts";
import type { Draft } from "./journal.ts";
import { committedOf } from "./records.ts";
import type { Committed, Kind } from "./wire.ts";

/** Writes a change as the version after `base`, with what it leaves of the items. */
export async function write(transaction: Database, base: number, draft: Draft): Promise<Committed> {
  const version = base + 1;
  // Given back as the database keeps it: members in its order, so that every process has the same document.
  const [row] = await transaction
    .insert(flagChanges)
    .values({ ...draft, version, at: sql`clock_timestamp()` })
    .returning();
  if (!row) throw new Error("the change was not written");
  const committed = committedOf(row);

  await keep(transaction, committed);
  const touched = committed.edits.map(({ kind, key }) => ({ kind, key, version }));
  await transaction.insert(flagHistory).values(touched);
  await transaction.update(flagHead).set({ version }).where(eq(flagHead.id, 1));
  return committed;
}

/** Waits until no other writer is left, in this process or another. */
export async function lockHead(transaction: Database): Promise<number> {
  const locked = () => transaction.select().from(flagHead).where(eq(flagHead.id, 1)).for("update");
  const [row] = await locked();
  if (row) return row.version;

  await transaction.insert(flagHead).values({ id: 1, version: 0 }).onConflictDoNothing();
  const [made] = await locked();
  return made?.version ?? 0;
}

/** Brings the items to what the change left of them. */
async function keep(transaction: Database, { version, edits }: Committed): Promise<void> {
  const saved = edits.filter(({ after }) => after !== null);
  const rows = saved.map(({ kind, key, after: document }) => ({ kind, key, version, document }));
  const replaced = { version: sql`excluded.version`, document: sql`excluded.document` };
  if (rows.length > 0)
    await transaction
      .insert(flagItems)
      .values(rows)
      .onConflictDoUpdate({ target: [flagItems.kind, flagItems.key], set: replaced });

  for (const kind of ["flag", "segment"] satisfies Kind[]) {
    const removed = edits.filter((edit) => edit.kind === kind && edit.after === null).map(({ key }) => key);
    if (removed.length > 0)
      await transaction.delete(flagItems).where(and(eq(flagItems.kind, kind), inArray(flagItems.key, removed)));
  }
}
