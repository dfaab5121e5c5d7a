import type { webhookDeliveries, webhooks } from "../store/managed.ts";
import { Author } from "../flags/wire.ts";
import { Delivery, type Webhook } from "./schema.ts";

/** The version that stands in the row of a test, which tells of none. */
export const testVersion = 0;

export function deliveryOf(row: typeof webhookDeliveries.$inferSelect): Delivery {
  const waiting = row.state === "waiting";
  return {
    id: row.id,
    webhook_id: row.webhookId,
    version: row.version === testVersion ? null : row.version,
    state: Delivery.shape.state.parse(row.state),
    attempts: row.attempts,
    next_at: waiting ? (row.nextAt?.toISOString() ?? null) : null,
    last_status: row.lastStatus,
    last_error: row.lastError,
    created_at: row.createdAt.toISOString(),
    delivered_at: row.deliveredAt?.toISOString() ?? null,
  };
}

export function webhookOf(row: typeof webhooks.$inferSelect, last: Delivery | undefined): Webhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    created_at: row.createdAt.toISOString(),
    author: Author.parse(row.author),
    last_delivery: last ?? null,
  };
}
