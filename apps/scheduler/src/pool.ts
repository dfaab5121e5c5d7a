import type { Progress } from "./contract/index.ts";
import type { Outcome } from "./job.ts";
import { createSeat, type Order, type Seat, type Ticket } from "./seat.ts";

export type PoolOptions = {
  /** The worker's program; see worker.ts. */
  entry: URL;
  size: number;
  queueLimit: number;
  timeLimitSeconds: number;
  /** Told of each worker that crashed or had to be ended. */
  onLoss: (trace: string) => void;
  /** Told how long an order waited for its worker. */
  onStart: (waitedSeconds: number) => void;
};

export type Pool = {
  /** How the job ended; never rejects. Aborting `signal` takes it off the queue or stops its worker. */
  run: (order: Order, signal: AbortSignal) => Promise<Outcome>;
  /** Resolves when the first worker can solve; rejects when a worker cannot even start. */
  ready: Promise<void>;
  counts: () => { active: number; queued: number; workers: number };
  /** Finishes what was accepted, refuses the rest, ends the workers. */
  close: () => Promise<void>;
};

const queued: Progress = { type: "progress", phase: "queued", fraction: 0, placed: 0, total: 0, cost: null };

// A worker that cannot start would otherwise be started again without a pause.
const restartMilliseconds = 1_000;

/**
 * Long-lived worker threads behind a bounded queue, first come first served. An order has `timeLimitSeconds` from its
 * arrival: waiting counts, so that a client knows when it has its answer.
 */
export function createPool(options: PoolOptions): Pool {
  const queue: Ticket[] = [];
  const accepted = new Set<Ticket>();
  const seats = new Set<Seat>();
  const restarts = new Set<NodeJS.Timeout>();
  const first = latch();
  const drained = latch();
  let closing = false;
  for (let seat = 0; seat < options.size; seat += 1) add();

  function add(): void {
    const seat = createSeat(options.entry, {
      onIdle: () => {
        first.open();
        dispatch();
      },
      onGone: (trace, wasReady) => replace(seat, trace, wasReady),
    });
    seats.add(seat);
  }

  function replace(seat: Seat, trace: string, wasReady: boolean): void {
    if (!seats.delete(seat)) return;

    options.onLoss(trace);
    if (wasReady) return add();
    first.fail(new Error(`a solver thread did not start: ${trace}`));
    const timer = setTimeout(() => {
      restarts.delete(timer);
      add();
    }, restartMilliseconds);
    restarts.add(timer);
  }

  function dispatch(): void {
    for (const seat of seats) {
      if (!seat.isIdle()) continue;
      const ticket = queue.shift();
      if (!ticket) return;
      options.onStart(options.timeLimitSeconds - (ticket.expires - performance.now()) / 1_000);
      seat.work(ticket);
    }
  }

  function refusal(signal: AbortSignal): Outcome | undefined {
    if (signal.aborted) return { kind: "cancelled" };
    if (closing) return { kind: "closing" };
    const idle = [...seats].some((seat) => seat.isIdle());
    return !idle && queue.length >= options.queueLimit ? { kind: "full" } : undefined;
  }

  function drop(ticket: Ticket, outcome: Outcome): void {
    const position = queue.indexOf(ticket);
    if (position >= 0) queue.splice(position, 1);
    for (const seat of seats) if (seat.isBusyWith(ticket)) seat.stop();
    ticket.settle(outcome);
  }

  function accept(order: Order, signal: AbortSignal, resolve: (outcome: Outcome) => void): void {
    const milliseconds = options.timeLimitSeconds * 1_000;
    const abort = (): void => drop(ticket, { kind: "cancelled" });
    const expiry = setTimeout(() => queue.includes(ticket) && drop(ticket, { kind: "expired" }), milliseconds);
    const ticket: Ticket = {
      order,
      stop: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
      expires: performance.now() + milliseconds,
      settle: (outcome) => {
        clearTimeout(expiry);
        signal.removeEventListener("abort", abort);
        accepted.delete(ticket);
        resolve(outcome);
        if (closing && accepted.size === 0) drained.open();
      },
    };
    signal.addEventListener("abort", abort);
    accepted.add(ticket);
    queue.push(ticket);
    dispatch();
    if (queue.includes(ticket)) order.onProgress?.(queued);
  }

  return {
    ready: first.opened,
    run: (order, signal) =>
      new Promise((resolve) => {
        const refused = refusal(signal);
        if (refused) resolve(refused);
        else accept(order, signal, resolve);
      }),
    counts: () => ({
      active: [...seats].filter((seat) => seat.isBusy()).length,
      queued: queue.length,
      workers: seats.size,
    }),
    close: async () => {
      closing = true;
      if (accepted.size > 0) await drained.opened;
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
