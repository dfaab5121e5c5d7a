import type { Logger } from "@beq/telemetry";

export type Rounds = {
  /** Makes a round now, or right after the one that is being made. Resolves when that is over; never rejects. */
  wake(): Promise<void>;
  /** Makes no more rounds; resolves when the one that is being made is over. */
  close(): Promise<void>;
};

export type RoundsOptions = {
  /** What the log calls it. */
  name: string;
  /** Does what is due, and answers in how many milliseconds there may be more to do. */
  round: () => Promise<number>;
  /** The longest time between two rounds, in milliseconds: other processes may have left work. */
  atMost: number;
  logger: Pick<Logger, "error">;
};

/** Work that comes due: a round at once, then one whenever something is due, one at a time. */
export function createRounds({ name, round, atMost, logger }: RoundsOptions): Rounds {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;
  let again: Promise<void> | undefined;
  let closed = false;

  async function make(): Promise<void> {
    clearTimeout(timer);
    let wait = atMost;
    try {
      wait = await round();
    } catch (error) {
      logger.error(`${name} will be tried again`, { error });
    }
    if (!closed) timer = setTimeout(() => void wake(), Math.min(Math.max(wait, 0), atMost)).unref();
  }

  function begin(): Promise<void> {
    current = make().finally(() => (current = undefined));
    return current;
  }

  function wake(): Promise<void> {
    if (closed) return Promise.resolve();
    if (!current) return begin();
    // What comes while a round is made may have come too late for it.
    again ??= current.then(() => {
      again = undefined;
      return closed ? undefined : begin();
    });
    return again;
  }

  return {
    wake,
    async close() {
      closed = true;
      clearTimeout(timer);
      await current;
    },
  };
}
