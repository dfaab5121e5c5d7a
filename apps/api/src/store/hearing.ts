import { setTimeout as passed } from "node:timers/promises";
import { Client } from "pg";
import { channel, type Hub } from "./bus.ts";

export type HearingOptions = {
  connectionString: string;
  hub: Pick<Hub, "deliver" | "resumed">;
  /** Told once each time the connection is lost. */
  onError: (error: Error) => void;
  /** Epoch milliseconds of this process, which may differ from the database's. */
  clock?: () => number;
  random?: () => number;
  /** How often the connection is asked whether it is alive, and how long it may take to answer. */
  heartbeatMilliseconds?: number;
  patienceMilliseconds?: number;
};

/** A connection that hears the channel and comes back by itself. */
export type Hearing = {
  /** Milliseconds that the database's clock is ahead of this process's. */
  offset(): number;
  close(): Promise<void>;
};

const shortestPauseMilliseconds = 50;
const longestPauseMilliseconds = 3_000;

/** Listens on a connection of its own, because a pool's connections come and go. Resolves once it hears. */
export async function openHearing(options: HearingOptions): Promise<Hearing> {
  const { hub, onError, random = Math.random } = options;
  const closing = new AbortController();
  let current = await connect(options);

  const follow = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const error = await current.lost(closing.signal);
      if (closing.signal.aborted) return;
      onError(error);
      const next = await reconnect(options, closing.signal, random);
      if (!next) return;
      current = next;
      hub.resumed();
    }
  };
  const following = follow();

  return {
    offset: () => current.offset(),
    async close() {
      closing.abort();
      await current.end();
      await following;
    },
  };
}

/** Tries again with growing, jittered pauses, so that many processes do not come back at one moment. */
async function reconnect(options: HearingOptions, closing: AbortSignal, random: () => number) {
  for (let pause = shortestPauseMilliseconds; ; pause = Math.min(pause * 2, longestPauseMilliseconds)) {
    await passed(pause * (0.5 + random()), undefined, { signal: closing }).catch(() => undefined);
    if (closing.aborted) return undefined;
    try {
      return await connect(options);
    } catch {
      // It is still away; that it is lost has been told.
    }
  }
}

async function connect(options: HearingOptions) {
  const { connectionString, hub, clock = timeOfProcess } = options;
  const { heartbeatMilliseconds = 10_000, patienceMilliseconds = 5_000 } = options;
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: patienceMilliseconds,
    query_timeout: patienceMilliseconds,
    keepAlive: true,
    application_name: "beq listener",
  });
  let ahead = 0;
  const broken = new Promise<Error>((resolve) => {
    client.on("error", resolve);
    client.once("end", () => resolve(new Error("The listening connection ended")));
  });
  client.on("notification", ({ payload = "" }) => hub.deliver(payload));
  const measure = async () => {
    const before = clock();
    const { rows } = await client.query<{ at: number }>("select extract(epoch from clock_timestamp())::float8 as at");
    ahead = (rows[0]?.at ?? 0) * 1000 - (before + clock()) / 2;
  };

  await client.connect();
  try {
    await client.query(`listen ${channel}`);
    await measure();
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    offset: () => ahead,
    // A connection that is dead without knowing it would never end.
    end: () => Promise.race([client.end().catch(() => undefined), passed(1_000, undefined, { ref: false })]),
    /** Resolves with the reason once the connection hears no more. */
    async lost(closing: AbortSignal): Promise<Error> {
      const error = await Promise.race([broken, unanswered(measure, heartbeatMilliseconds, closing)]);
      void client.end().catch(() => undefined);
      return error;
    },
  };
}

/**
 * Asks again and again, and resolves with the reason of the first time that there is no answer: a connection can die
 * without a word, behind a firewall for instance.
 */
async function unanswered(ask: () => Promise<void>, milliseconds: number, closing: AbortSignal): Promise<Error> {
  for (;;) {
    try {
      await passed(milliseconds, undefined, { signal: closing, ref: false });
      await ask();
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

function timeOfProcess(): number {
  return performance.timeOrigin + performance.now();
}
