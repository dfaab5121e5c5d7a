import { z } from "zod";
import { Author, Text } from "../flags/wire.ts";

/** One message to one webhook, and what came of it. `version` is the flags' version that it tells of; null: a test. */
export const Delivery = z.object({
  id: z.string(),
  webhook_id: z.string(),
  version: z.number().nullable(),
  state: z.enum(["waiting", "delivered", "failed"]),
  attempts: z.number(),
  /** When it is tried next, while it waits. */
  next_at: z.string().nullable(),
  /** The HTTP status of the last attempt, where there was an answer. */
  last_status: z.number().nullable(),
  last_error: z.string().nullable(),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** A receiver of changes. Its secret is told once, when it is made. */
export const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  created_at: z.string(),
  author: Author,
  last_delivery: Delivery.nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

export const NewWebhook = z.object({ name: Text.trim().min(1).max(100), url: Text.min(1).max(2_000) });
export type NewWebhook = z.infer<typeof NewWebhook>;
