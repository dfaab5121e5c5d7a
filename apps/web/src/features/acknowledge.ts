import type { Api } from "../trpc.ts";

const mostMilliseconds = 5_000;

/**
 * Tells the API, some seconds later, that news came, so that it knows how long they took. How long ago is all that is
 * said: no two clocks are compared. Late and at a random moment, because many tell and the news matter more.
 */
export function acknowledge(api: Api, ack: string): void {
  const came = performance.now();
  setTimeout(() => {
    const held_ms = performance.now() - came;
    // A measurement that is lost is no loss.
    api.flags.acknowledge.mutate({ ack, held_ms }).catch(() => undefined);
  }, Math.random() * mostMilliseconds);
}
