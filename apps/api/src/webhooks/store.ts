import { and, count, desc, eq, isNull } from "drizzle-orm";
import { Failure } from "../failure.ts";
import type { Author } from "../flags/wire.ts";
import { webhookDeliveries as deliveries, webhooks } from "../store/managed.ts";
import { type Database, query } from "../store/open.ts";
import { deliveryOf, testVersion, webhookOf } from "./rows.ts";
import type { Delivery, NewWebhook, Webhook } from "./schema.ts";

export type WebhookStore = {
  list(): Promise<Webhook[]>;
  /** @throws {Failure} `conflict` when there are too many */
  create(id: string, made: NewWebhook, secret: string, author: Author, at: Date): Promise<Webhook>;
  /** Gives up what still waits for it; its log stays. */
  remove(id: string, at: Date): Promise<void>;
  /** The newest first. */
  deliveries(webhookId: string, limit: number): Promise<Delivery[]>;
  delivery(id: string): Promise<Delivery>;
  /** Lets a message wait again as if it were new. Its id stays, so that a receiver who has it knows. */
  redeliver(id: string, at: Date): Promise<void>;
  /** Writes a message that tells of nothing. */
  test(webhookId: string, id: string, at: Date): Promise<void>;
};

// Every change is written once for each of them.
const mostWebhooks = 50;

export function createWebhookStore(db: Database): WebhookStore {
  const inUse = (id: string) => and(eq(webhooks.id, id), isNull(webhooks.removedAt));

  async function existing(id: string): Promise<void> {
    const [row] = await db.select({ id: webhooks.id }).from(webhooks).where(inUse(id));
    if (!row) throw new Failure("missing", "There is no such webhook");
  }

  return {
    list: () =>
      query(async () => {
        const rows = await db.select().from(webhooks).where(isNull(webhooks.removedAt)).orderBy(webhooks.createdAt);
        const last = await db
          .selectDistinctOn([deliveries.webhookId])
          .from(deliveries)
          .orderBy(deliveries.webhookId, desc(deliveries.createdAt));
        const byWebhook = new Map(last.map((row) => [row.webhookId, deliveryOf(row)]));
        return rows.map((row) => webhookOf(row, byWebhook.get(row.id)));
      }),

    create: (id, { name, url }, secret, author, createdAt) =>
      query(async () => {
        const [known] = await db.select({ number: count() }).from(webhooks).where(isNull(webhooks.removedAt));
        if ((known?.number ?? 0) >= mostWebhooks)
          throw new Failure("conflict", `There are ${mostWebhooks} webhooks already: remove one first`);
        const row = { id, name, url, secret, author, createdAt, removedAt: null };
        await db.insert(webhooks).values(row);
        return webhookOf(row, undefined);
      }),

    remove: (id, at) =>
      query(() =>
        db.transaction(async (transaction) => {
          const removed = await transaction.update(webhooks).set({ removedAt: at }).where(inUse(id)).returning();
          if (removed.length === 0) throw new Failure("missing", "There is no such webhook");
          await transaction
            .update(deliveries)
            .set({ state: "failed", nextAt: null, lastError: "the webhook was removed" })
            .where(and(eq(deliveries.webhookId, id), eq(deliveries.state, "waiting")));
        }),
      ),

    deliveries: (webhookId, limit) =>
      query(async () => {
        await existing(webhookId);
        const rows = await db
          .select()
          .from(deliveries)
          .where(eq(deliveries.webhookId, webhookId))
          .orderBy(desc(deliveries.createdAt), desc(deliveries.version))
          .limit(limit);
        return rows.map(deliveryOf);
      }),

    delivery: (id) =>
      query(async () => {
        const [row] = await db.select().from(deliveries).where(eq(deliveries.id, id));
        if (!row) throw new Failure("missing", "There is no such delivery");
        return deliveryOf(row);
      }),

    redeliver: (id, at) =>
      query(async () => {
        const [row] = await db.select().from(deliveries).where(eq(deliveries.id, id));
        if (!row) throw new Failure("missing", "There is no such delivery");
        await existing(row.webhookId);
        await db
          .update(deliveries)
          .set({ state: "waiting", attempts: 0, nextAt: at, deliveredAt: null })
          .where(eq(deliveries.id, id));
      }),

    test: (webhookId, id, at) =>
      query(async () => {
        await existing(webhookId);
        const row = { id, webhookId, version: testVersion, state: "waiting", attempts: 0, nextAt: at, createdAt: at };
        await db.insert(deliveries).values(row);
      }),
  };
}
