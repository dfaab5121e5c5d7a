/** Whether it is one's turn, or why it will not be. */
export type Turn = "mine" | "full" | "late" | "left";

export type Turns = {
  /** Resolves with `mine` when nobody else has the turn; who got it gives it back. */
  take: (milliseconds: number, signal: AbortSignal) => Promise<Turn>;
  giveBack: () => void;
  waiting: () => number;
};

/** One at a time, first come first served; no more than `limit` wait. */
export function createTurns(limit: number): Turns {
  const queue: ((turn: Turn) => void)[] = [];
  let isTaken = false;

  function wait(milliseconds: number, signal: AbortSignal): Promise<Turn> {
    return new Promise((resolve) => {
      const settle = (turn: Turn): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", leave);
        const position = queue.indexOf(settle);
        if (position >= 0) queue.splice(position, 1);
        resolve(turn);
      };
      const leave = (): void => settle("left");
      const timer = setTimeout(() => settle("late"), milliseconds);
      signal.addEventListener("abort", leave);
      queue.push(settle);
    });
  }

  return {
    take: async (milliseconds, signal) => {
      if (signal.aborted) return "left";
      if (isTaken) return queue.length >= limit ? "full" : wait(milliseconds, signal);
      isTaken = true;
      return "mine";
    },
    giveBack: () => {
      const [next] = queue;
      if (next) next("mine");
      else isTaken = false;
    },
    waiting: () => queue.length,
  };
}
