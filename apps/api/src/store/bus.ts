import { sql } from "drizzle-orm";
import type { Database } from "./open.ts";

/** What processes on one database tell each other. A process hears what it announces itself, too. */
export type Bus = {
  /** Tells every process, when and only when the transaction commits; `payload` is JSON of less than 7 kB. */
  announce(transaction: Database, topic: string, payload: unknown): Promise<void>;
  /**
   * Calls `heard` with what is announced, and `resumed` after a time in which something may have gone unheard.
   * @returns a function that stops listening
   */
  listen(topic: string, heard: (payload: unknown) => void, resumed?: () => void): () => void;
};

/** The one channel of the database that all topics share. */
export const channel = "beq";

export type Hub = Bus & {
  /** Hands a message of the channel to those who listen to its topic. */
  deliver(message: string): void;
  resumed(): void;
};

type Listener = { topic: string; heard: (payload: unknown) => void; resumed: () => void };

/** The listeners of one process; `onFault` is told what one of them threw, so that the others are told regardless. */
export function createHub(onFault: (error: unknown) => void): Hub {
  const listeners = new Set<Listener>();
  const each = (call: (listener: Listener) => void) => {
    for (const listener of Array.from(listeners)) {
      try {
        call(listener);
      } catch (error) {
        onFault(error);
      }
    }
  };

  return {
    async announce(transaction, topic, payload) {
      await transaction.execute(sql`select pg_notify(${channel}, ${JSON.stringify([topic, payload])})`);
    },

    listen(topic, heard, resumed = () => {}) {
      const listener = { topic, heard, resumed };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    deliver(message) {
      const told = read(message);
      if (told) each(({ topic, heard }) => topic === told.topic && heard(told.payload));
    },

    resumed: () => each(({ resumed }) => resumed()),
  };
}

/** Undefined for what is not ours: anybody who may connect to the database can notify on its channels. */
function read(message: string): { topic: string; payload: unknown } | undefined {
  try {
    const parsed: unknown = JSON.parse(message);
    if (!Array.isArray(parsed) || typeof parsed[0] !== "string") return undefined;
    return { topic: parsed[0], payload: parsed[1] };
  } catch {
    return undefined;
  }
}
