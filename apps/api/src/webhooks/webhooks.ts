import { randomBytes, randomUUID } from "node:crypto";
import type { Logger } from "@beq/telemetry";
import { Failure } from "../failure.ts";
import type { Author, Committed } from "../flags/wire.ts";
import type { Database } from "../store/open.ts";
import { createRounds } from "../store/rounds.ts";
import { problemOf } from "./address.ts";
import { deliverDue } from "./deliver.ts";
import { createQueue } from "./queue.ts";
import type { Delivery, NewWebhook, Webhook } from "./schema.ts";
import type { Send } from "./send.ts";
import { secretOf } from "./signature.ts";
import { createWebhookStore, type WebhookStore } from "./store.ts";

export type Webhooks = Pick<WebhookStore, "list" | "deliveries"> & {
  /** @throws {Failure} `invalid` when the address may not be used */
  create(made: NewWebhook, author: Author): Promise<Webhook & { secret: string }>;
  remove(id: string): Promise<void>;
  redeliver(deliveryId: string): Promise<Delivery>;
  /** Sends a message that tells of nothing, once, and answers what came of it. */
  test(id: string): Promise<Delivery>;
  /** Writes the messages of a change, as part of its transaction. */
  outbox(transaction: Database, committed: Pick<Committed, "version">): Promise<void>;
  /** Sends what is due, now; resolves when that is done. Never rejects. */
  wake(): Promise<void>;
  /** Gives up what is on its way, for another process or the next start, and stops. */
  close(): Promise<void>;
};

export type WebhooksDeps = {
  db: Database;
  send: Send;
  /** The change of a version, if it is known. */
  change: (version: number) => Promise<Committed | undefined>;
  /** Addresses in private networks are fine. */
  allowPrivate: boolean;
  logger: Pick<Logger, "error" | "info">;
  now: () => number;
};

// Messages that a process left behind, or that were due while none ran, wait no longer than this.
const longestMilliseconds = 30_000;

/** Tells other systems of every change, each at least once. */
export function createWebhooks({ db, send, change, allowPrivate, logger, now }: WebhooksDeps): Webhooks {
  const store = createWebhookStore(db);
  const newId = () => `msg_${randomUUID()}`;
  const queue = createQueue(db, newId);
  const stopping = new AbortController();
  const at = () => new Date(now());
  const rounds = createRounds({
    name: "Sending webhooks",
    atMost: longestMilliseconds,
    logger,
    round: () => deliverDue({ queue, send, change, now, random: Math.random }, stopping.signal),
  });
  void rounds.wake();

  return {
    list: store.list,
    deliveries: store.deliveries,
    async create(made, author) {
      const problem = problemOf(made.url, allowPrivate);
      if (problem !== undefined) throw refused(made.url, problem);
      const secret = secretOf(randomBytes(32));
      return { ...(await store.create(`hook_${randomUUID()}`, made, secret, author, at())), secret };
    },
    remove: (id) => store.remove(id, at()),
    async redeliver(deliveryId) {
      await store.redeliver(deliveryId, at());
      await rounds.wake();
      return store.delivery(deliveryId);
    },
    async test(webhookId) {
      const id = newId();
      await store.test(webhookId, id, at());
      await rounds.wake();
      return store.delivery(id);
    },
    outbox: (transaction, { version }) => queue.enqueue(transaction, version, at()),
    wake: rounds.wake,
    close: () => {
      stopping.abort();
      return rounds.close();
    },
  };
}

function refused(url: string, problem: string): Failure {
  const detail = [{ type: "value_error", loc: ["body", "url"], msg: problem, input: url }];
  return new Failure("invalid", `url ${problem}`, { detail });
}
