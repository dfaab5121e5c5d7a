import { and, asc, eq, inArray, isNull, lte, min, sql } from "drizzle-orm";
import { type Database, query } from "../store/open.ts";
import { webhookDeliveries as deliveries, webhooks } from "../store/managed.ts";
import type { Sent } from "./send.ts";

/** A message that this process is to send now. */
export type Claimed = { id: string; version: number; attempts: number; createdAt: Date; url: string; secret: string };

export type Queue = {
  /** Writes a message for each webhook, as part of the transaction of the change that it tells of. */
  enqueue(transaction: Database, version: number, at: Date): Promise<void>;
  /**
   * Takes messages that are due at `at`, at most `limit`. Nobody else has them before `until`: should this process end
   * before it says what came of one, it is tried again then.
   */
  claim(at: Date, until: Date, limit: number): Promise<Claimed[]>;
  /** Says what came of an attempt; with `nextAt`, there will be another. */
  settle(id: string, sent: Sent, at: Date, nextAt: Date | undefined): Promise<void>;
  /** When the next message is due. */
  nextDue(): Promise<Date | undefined>;
  /** Forgets all but the newest messages of each webhook that are done with. */
  prune(kept: number): Promise<void>;
};

/** The messages that wait, in the database: they outlive a process, and each is sent by one. */
export function createQueue(db: Database, newId: () => string): Queue {
  return {
    async enqueue(transaction, version, at) {
      const receivers = await transaction.select({ id: webhooks.id }).from(webhooks).where(isNull(webhooks.removedAt));
      if (receivers.length === 0) return;
      await transaction.insert(deliveries).values(
        receivers.map(({ id: webhookId }) => ({
          id: newId(),
          webhookId,
          version,
          state: "waiting",
          attempts: 0,
          nextAt: at,
          createdAt: at,
        })),
      );
    },

    claim: (at, until, limit) =>
      query(async () => {
        const due = db
          .select({ id: deliveries.id })
          .from(deliveries)
          .where(and(eq(deliveries.state, "waiting"), lte(deliveries.nextAt, at)))
          .orderBy(asc(deliveries.nextAt))
          .limit(limit)
          .for("update", { skipLocked: true });
        const rows = await db
          .update(deliveries)
          .set({ nextAt: until, attempts: sql`${deliveries.attempts} + 1` })
          .where(inArray(deliveries.id, due))
          .returning();
        const receivers = await db
          .select()
          .from(webhooks)
          .where(inArray(webhooks.id, [...new Set(rows.map(({ webhookId }) => webhookId))]));
        const byId = new Map(receivers.map((receiver) => [receiver.id, receiver]));
        return rows.flatMap(({ id, version, attempts, createdAt, webhookId }) => {
          const receiver = byId.get(webhookId);
          return receiver ? [{ id, version, attempts, createdAt, url: receiver.url, secret: receiver.secret }] : [];
        });
      }),

    async settle(id, sent, at, nextAt) {
      const answered =
        "status" in sent ? { lastStatus: sent.status, lastError: null } : { lastStatus: null, lastError: sent.error };
      const delivered = isTaken(sent);
      const state = delivered ? "delivered" : nextAt ? "waiting" : "failed";
      await query(() =>
        db
          .update(deliveries)
          .set({ ...answered, state, nextAt: nextAt ?? null, deliveredAt: delivered ? at : null })
          // A webhook that was removed meanwhile has given its messages up.
          .where(and(eq(deliveries.id, id), eq(deliveries.state, "waiting"))),
      );
    },

    nextDue: () =>
      query(async () => {
        const [row] = await db
          .select({ at: min(deliveries.nextAt) })
          .from(deliveries)
          .where(eq(deliveries.state, "waiting"));
        return row?.at ?? undefined;
      }),

    async prune(kept) {
      const ranked = sql`select id from (select id, row_number() over (partition by webhook_id order by created_at desc, id)
        as place from webhook_deliveries where state <> 'waiting') as ranked where place > ${kept}`;
      await query(() => db.delete(deliveries).where(sql`${deliveries.id} in (${ranked})`));
    },
  };
}

/** A receiver has taken a message when it answers 2xx. */
export function isTaken(sent: Sent): boolean {
  return "status" in sent && sent.status >= 200 && sent.status < 300;
}
