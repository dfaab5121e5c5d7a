import type { Committed } from "../flags/wire.ts";
import { waitAfter } from "./backoff.ts";
import { changedBody, testBody } from "./payload.ts";
import { type Claimed, isTaken, type Queue } from "./queue.ts";
import { testVersion } from "./rows.ts";
import type { Send, Sent } from "./send.ts";
import { signed } from "./signature.ts";

export type DeliverDeps = {
  queue: Queue;
  send: Send;
  /** The change of a version, if it is known. */
  change: (version: number) => Promise<Committed | undefined>;
  now: () => number;
  random: () => number;
};

// Longer than an attempt can take.
const leaseMilliseconds = 60_000;
const atOnce = 16;
const kept = 1_000;
const gone = 410;

/**
 * Makes one round of deliveries: sends what is due, says what came of it, and answers in how many milliseconds the next
 * is due.
 * @param stopping aborted when the process ends: what is then on its way is sent again by another
 */
export async function deliverDue(deps: DeliverDeps, stopping: AbortSignal): Promise<number> {
  const { queue, now } = deps;
  const claimed = await queue.claim(new Date(now()), new Date(now() + leaseMilliseconds), atOnce);
  await Promise.all(claimed.map((message) => attempt(deps, message, stopping)));
  if (claimed.length > 0) await queue.prune(kept);

  const next = await queue.nextDue();
  return next ? next.getTime() - now() : Infinity;
}

async function attempt(deps: DeliverDeps, message: Claimed, stopping: AbortSignal): Promise<void> {
  const { queue, send, now, random } = deps;
  const body = await bodyOf(deps, message);
  const sent: Sent =
    body === undefined
      ? { error: "the change is not known any more" }
      : await send(message.url, headersOf(message, body, now()), body, stopping);
  const wait = stopping.aborted && !isTaken(sent) ? 0 : waitOf(message, sent, body, random());
  await queue.settle(message.id, sent, new Date(now()), wait === undefined ? undefined : new Date(now() + wait));
}

async function bodyOf({ change }: DeliverDeps, { id, version, createdAt }: Claimed): Promise<string | undefined> {
  if (version === testVersion) return testBody(id, createdAt.toISOString());
  const committed = await change(version);
  return committed && changedBody(id, committed);
}

function headersOf({ id, secret }: Claimed, body: string, now: number): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "BeQ-Webhooks",
    ...signed(secret, id, Math.floor(now / 1000), body),
  };
}

/** Milliseconds to the next attempt, or undefined when there is none: taken, tried long enough, or told to stop. */
function waitOf(
  { attempts, version }: Claimed,
  sent: Sent,
  body: string | undefined,
  chance: number,
): number | undefined {
  const isOver = isTaken(sent) || body === undefined || version === testVersion;
  if (isOver || ("status" in sent && sent.status === gone)) return undefined;
  return waitAfter(attempts, chance);
}
