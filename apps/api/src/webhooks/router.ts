import { z } from "zod";
import { authorOf } from "../access/actor.ts";
import { Text } from "../flags/wire.ts";
import { administrator } from "../procedure.ts";
import { router } from "../trpc.ts";
import { Delivery, NewWebhook, Webhook } from "./schema.ts";

const tag = "Webhooks";
const path = "/api/v1/webhooks" as const;
const post = "post" as const;
const get = "get" as const;

const Id = z.object({ id: Text.max(100) });

export const webhooksRouter = router({
  list: administrator
    .meta({ http: { method: get, path, summary: "The receivers of changes", tag } })
    .output(z.object({ items: z.array(Webhook) }))
    .query(async ({ ctx }) => ({ items: await ctx.webhooks.list() })),

  /** The secret is in this answer and in no other. */
  create: administrator
    .meta({ http: { method: post, path, summary: "Tell another system of changes", tag } })
    .input(NewWebhook)
    .output(Webhook.extend({ secret: z.string() }))
    .mutation(({ ctx, input }) => ctx.webhooks.create(input, authorOf(ctx.actor))),

  remove: administrator
    .meta({ http: { method: post, path: `${path}/{id}/remove`, summary: "Remove a receiver", tag } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx, input: { id } }) => {
      await ctx.webhooks.remove(id);
      return { id };
    }),

  deliveries: administrator
    .meta({ http: { method: get, path: `${path}/{id}/deliveries`, summary: "What was sent, the newest first", tag } })
    .input(Id.extend({ limit: z.number().int().min(1).max(1_000).default(100) }))
    .output(z.object({ items: z.array(Delivery) }))
    .query(async ({ ctx, input: { id, limit } }) => ({ items: await ctx.webhooks.deliveries(id, limit) })),

  redeliver: administrator
    .meta({ http: { method: post, path: `${path}/deliveries/{id}/redeliver`, summary: "Send a message again", tag } })
    .input(Id)
    .output(Delivery)
    .mutation(({ ctx, input: { id } }) => ctx.webhooks.redeliver(id)),

  test: administrator
    .meta({ http: { method: post, path: `${path}/{id}/test`, summary: "Send a message that tells of nothing", tag } })
    .input(Id)
    .output(Delivery)
    .mutation(({ ctx, input: { id } }) => ctx.webhooks.test(id)),
});
