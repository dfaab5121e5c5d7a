import type { Actor } from "./actor.ts";
import { concerns, type Revoked } from "./verified.ts";

/** Streams that end when what they came with is taken back. */
export type Watch = {
  tell(revoked: Revoked): void;
  /** Aborted when what the actor came with is taken back; `left` ends the watch. */
  untilRevoked(actor: Actor, left: AbortSignal | undefined): AbortSignal;
};

export function createWatch(): Watch {
  const watchers = new Set<(revoked: Revoked) => void>();

  return {
    tell(revoked) {
      for (const heard of Array.from(watchers)) heard(revoked);
    },
    untilRevoked(actor, left) {
      const ended = new AbortController();
      const heard = (revoked: Revoked) => {
        if (concerns(revoked, actor)) ended.abort();
      };
      watchers.add(heard);
      const stop = () => void watchers.delete(heard);
      for (const signal of [ended.signal, left]) signal?.addEventListener("abort", stop, { once: true });
      return ended.signal;
    },
  };
}
