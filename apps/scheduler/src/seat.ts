import type { Progress } from "./contract/index.ts";
import { timeOn } from "./cpu.ts";
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
// What is in the way of looking for longer than this is stuck too. On a core, where that is known: one that is kept
// waiting for a core is well, and a new thread would wait as long.
const stopMilliseconds = 75;

/** One worker thread and the ticket it works on. A crash or a stuck worker costs that ticket only. */
export function createSeat(entry: URL, { onIdle, onGone }: Listener): Seat {
  let ready = false;
  let number: number | undefined;
  let ticket: Ticket | undefined;
  let ending: Outcome | undefined;
  let timer: NodeJS.Timeout | undefined;
  const thread = createThread(entry, { onMessage, onExit });

  function onMessage(message: FromWorker): void {
    if (message.type === "progress") return ticket?.order.onProgress?.(message.progress);
    if (message.type === "outcome") finish(message.outcome);
    else [ready, number] = [true, message.thread];
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

  function after(milliseconds: number, act: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  }

  function dismiss(outcome: Outcome): void {
    ending = outcome;
    void thread.terminate();
  }

  /** Milliseconds that the worker had for work: on a core, or at all where that is not known. */
  function worked(): number {
    return (number === undefined ? undefined : timeOn(number)) ?? performance.now();
  }

  /** Ends the worker once it has had its time to look. */
  function dismissOnce(until: number, latest: number): void {
    const left = until - worked();
    if (left <= 0 || performance.now() >= latest) return dismiss({ kind: "cancelled" });
    after(Math.max(1, left), () => dismissOnce(until, latest));
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
      after(budgetMilliseconds + graceMilliseconds, () => dismiss({ kind: "timeout" }));
      thread.send({ ...order, budgetMilliseconds, reportsProgress: onProgress !== undefined, team, role, stop });
    },
    stop: () => {
      if (!ticket) return;
      Atomics.store(ticket.stop, 0, 1);
      dismissOnce(worked() + stopMilliseconds, performance.now() + graceMilliseconds);
    },
    end: async () => {
      clearTimeout(timer);
      await thread.terminate();
    },
  };
}
