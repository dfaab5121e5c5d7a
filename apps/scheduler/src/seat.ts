import type { Progress } from "./contract/index.ts";
import type { Effort, FromWorker, Operation, Outcome } from "./job.ts";
import type { Team } from "./team.ts";
import { createThread } from "./thread.ts";

export type Order = {
  operation: Operation;
  body: Uint8Array;
  /** Epoch milliseconds of the service's clock. */
  now: number;
  effort: Effort;
  onProgress?: (progress: Progress) => void;
};

/** An accepted order. `expires` is on the clock of `performance.now()`; `settle` counts once. */
export type Ticket = {
  order: Order;
  team: Team;
  role: "lead" | "help";
  stop: Int32Array;
  expires: number;
  settle: (outcome: Outcome) => void;
};

export type Seat = {
  isIdle: () => boolean;
  isBusyWith: (ticket: Ticket) => boolean;
  isBusy: () => boolean;
  work: (ticket: Ticket) => void;
  /** Asks the worker to stop; it is ended if it does not listen. */
  stop: () => void;
  end: () => Promise<void>;
};

type Listener = {
  onIdle: () => void;
  /** The thread is gone. `wasReady` tells a crash at work from one that could not even start. */
  onGone: (trace: string, wasReady: boolean) => void;
};

// A worker looks at its stop flag every few milliseconds; one that goes on for this long past its time is stuck.
const graceMilliseconds = 2_000;
// A body of megabytes takes longer to read than a core may be kept from those who wait: a new thread is cheaper.
const stopMilliseconds = 75;

/** One worker thread and the ticket it works on. A crash or a stuck worker costs that ticket only. */
export function createSeat(entry: URL, { onIdle, onGone }: Listener): Seat {
  let ready = false;
  let ticket: Ticket | undefined;
  let ending: Outcome | undefined;
  let timer: NodeJS.Timeout | undefined;
  const thread = createThread(entry, { onMessage, onExit });

  function onMessage(message: FromWorker): void {
    if (message.type === "progress") return ticket?.order.onProgress?.(message.progress);
    if (message.type === "ready") ready = true;
    else finish(message.outcome);
    onIdle();
  }

  function onExit(trace: string): void {
    const wasReady = ready;
    ready = false;
    finish(ending ?? { kind: "crashed", trace });
    onGone(ending ? ending.kind : trace, wasReady);
  }

  function finish(outcome: Outcome): void {
    clearTimeout(timer);
    const finished = ticket;
    ticket = undefined;
    finished?.settle(outcome);
  }

  function endIn(milliseconds: number, outcome: Outcome): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      ending = outcome;
      void thread.terminate();
    }, milliseconds);
  }

  return {
    isIdle: () => ready && !ticket,
    isBusy: () => ticket !== undefined,
    isBusyWith: (other) => ticket === other,
    work: (next) => {
      ticket = next;
      const { onProgress, ...order } = next.order;
      const { team, role, stop } = next;
      const budgetMilliseconds = Math.max(0, next.expires - performance.now());
      endIn(budgetMilliseconds + graceMilliseconds, { kind: "timeout" });
      thread.send({ ...order, budgetMilliseconds, reportsProgress: onProgress !== undefined, team, role, stop });
    },
    stop: () => {
      if (!ticket) return;
      Atomics.store(ticket.stop, 0, 1);
      endIn(stopMilliseconds, { kind: "cancelled" });
    },
    end: async () => {
      clearTimeout(timer);
      await thread.terminate();
    },
  };
}
