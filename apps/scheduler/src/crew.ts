import { createSeat, type Seat } from "./seat.ts";

type CrewOptions = {
  /** The worker's program; see worker.ts. */
  entry: URL;
  size: number;
  /** Told whenever a seat has nothing to do. */
  onIdle: () => void;
  /** Told of each worker that crashed or had to be ended. */
  onLoss: (trace: string) => void;
};

export type Crew = {
  /** Resolves when the first worker can solve; rejects when a worker cannot even start. */
  ready: Promise<void>;
  seats: () => Seat[];
  idle: () => Seat | undefined;
  end: () => Promise<void>;
};

// A worker that cannot start would otherwise be started again without a pause.
const restartMilliseconds = 1_000;

/** As many seats as there are to be: one that is lost is replaced. */
export function createCrew({ entry, size, onIdle, onLoss }: CrewOptions): Crew {
  const seats = new Set<Seat>();
  const restarts = new Set<NodeJS.Timeout>();
  const first = latch();
  for (let seat = 0; seat < size; seat += 1) add();

  function add(): void {
    const seat = createSeat(entry, {
      onIdle: () => {
        first.open();
        onIdle();
      },
      onGone: (trace, wasReady) => replace(seat, trace, wasReady),
    });
    seats.add(seat);
  }

  function replace(seat: Seat, trace: string, wasReady: boolean): void {
    if (!seats.delete(seat)) return;

    onLoss(trace);
    if (wasReady) return add();
    first.fail(new Error(`a solver thread did not start: ${trace}`));
    const timer = setTimeout(() => {
      restarts.delete(timer);
      add();
    }, restartMilliseconds);
    restarts.add(timer);
  }

  return {
    ready: first.opened,
    seats: () => [...seats],
    idle: () => [...seats].find((seat) => seat.isIdle()),
    end: async () => {
      for (const timer of restarts) clearTimeout(timer);
      const last = [...seats];
      seats.clear();
      await Promise.all(last.map((seat) => seat.end()));
    },
  };
}

function latch(): { opened: Promise<void>; open: () => void; fail: (error: Error) => void } {
  let open = (): void => undefined;
  let fail = (_error: Error): void => undefined;
  const opened = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  // Whoever waits gets the failure; that nobody waits is no reason to end the process.
  opened.catch(() => undefined);
  return { opened, open, fail };
}
