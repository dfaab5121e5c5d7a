import { createCrew } from "./crew.ts";
import type { Outcome } from "./job.ts";
import { begun } from "./optimize/progress.ts";
import type { Order, Ticket } from "./seat.ts";
import { createTeam, release } from "./team.ts";

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

/**
 * Long-lived worker threads behind a bounded queue, first come first served. An order has `timeLimitSeconds` from its
 * arrival: waiting counts, so that a client knows when it has its answer.
 */
export function createPool({ queueLimit, timeLimitSeconds, onStart, ...hiring }: PoolOptions): Pool {
  const milliseconds = timeLimitSeconds * 1_000;
  const queue: Ticket[] = [];
  const accepted = new Set<Ticket>();
  let onDrained: (() => void) | undefined;
  const crew = createCrew({ ...hiring, onIdle: dispatch });

  function dispatch(): void {
    for (let seat = crew.idle(); seat; seat = crew.idle()) {
      const ticket = queue.shift();
      if (!ticket) return;
      onStart((milliseconds - (ticket.expires - performance.now())) / 1_000);
      seat.work(ticket);
      // Whoever has nothing to do helps; the plan is the same without.
      if (queue.length === 0) crew.idle()?.work(helpWith(ticket));
    }
  }

  function refusal(signal: AbortSignal): Outcome | undefined {
    if (signal.aborted) return { kind: "cancelled" };
    if (onDrained) return { kind: "closing" };
    return !crew.idle() && queue.length >= queueLimit ? { kind: "full" } : undefined;
  }

  function drop(ticket: Ticket, outcome: Outcome): void {
    const position = queue.indexOf(ticket);
    if (position >= 0) queue.splice(position, 1);
    for (const seat of crew.seats()) if (seat.isBusyWith(ticket)) seat.stop();
    ticket.settle(outcome);
  }

  function accept(order: Order, signal: AbortSignal, resolve: (outcome: Outcome) => void): void {
    const leave = (): void => drop(ticket, { kind: "cancelled" });
    const expiry = setTimeout(() => queue.includes(ticket) && drop(ticket, { kind: "expired" }), milliseconds);
    const ticket: Ticket = {
      order,
      team: createTeam(),
      role: "lead",
      stop: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
      expires: performance.now() + milliseconds,
      settle: (outcome) => {
        clearTimeout(expiry);
        signal.removeEventListener("abort", leave);
        accepted.delete(ticket);
        resolve(outcome);
        if (accepted.size === 0) onDrained?.();
      },
    };
    signal.addEventListener("abort", leave);
    accepted.add(ticket);
    queue.push(ticket);
    dispatch();
    if (queue.includes(ticket)) order.onProgress?.({ type: "progress", phase: "queued", fraction: 0, ...begun(0) });
  }

  return {
    ready: crew.ready,
    run: (order, signal) =>
      new Promise((resolve) => {
        const refused = refusal(signal);
        if (refused) resolve(refused);
        else accept(order, signal, resolve);
      }),
    counts: () => {
      const seats = crew.seats();
      return { active: seats.filter((seat) => seat.isBusy()).length, queued: queue.length, workers: seats.length };
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        onDrained = resolve;
        if (accepted.size === 0) resolve();
      });
      await crew.end();
    },
  };
}

/** A part of the work on an order, for a worker that would be idle. However it ends, the order itself goes on. */
function helpWith({ order: { onProgress: _progress, ...order }, team, stop, expires }: Ticket): Ticket {
  return { order, team, role: "help", stop, expires, settle: () => release(team) };
}
