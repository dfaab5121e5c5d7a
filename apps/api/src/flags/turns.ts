import { Failure } from "../failure.ts";

/** Runs one after the other, in the order of the calls; each answers as its own run did. */
export type Turns = <T>(run: () => Promise<T>) => Promise<T>;

// Far more than people and jobs do at once; a database that hangs must not gather changes without end.
const mostWaiting = 200;

/** @throws {Failure} `unavailable` when too many wait already */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  return (run) => {
    if (waiting >= mostWaiting)
      return Promise.reject(new Failure("unavailable", "Too many changes are waiting", { retryAfterSeconds: 5 }));

    waiting += 1;
    const turn = last.then(run).finally(() => (waiting -= 1));
    last = turn.catch(() => undefined);
    return turn;
  };
}
