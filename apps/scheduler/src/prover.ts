import { Worker } from "node:worker_threads";
import type { Progress } from "./contract/index.ts";
import type { FromProver, Outcome, ProofJob } from "./job.ts";
import { traceOf } from "./thread.ts";
import { createTurns, type Turn } from "./turns.ts";

export type ProverOptions = {
  /** The program of the thread; see proving.ts. */
  entry: URL;
  seconds: number;
  /** A thread starts, reads its job and says what came of it besides proving; one that takes so much longer is stuck. */
  graceSeconds: number;
  /** By how much a proof may make the process grow. */
  megabytes: number;
  queueLimit: number;
  /** Resident bytes of the process. */
  resident: () => number;
  onEnd: (ending: Ending, trace: string) => void;
};

/** How a proof ended: `stuck` did not answer in its time, `large` needed more memory than there is for it. */
export type Ending = Exclude<Turn, "mine"> | "proved" | "failed" | "stuck" | "large";

export type ProofOrder = Omit<ProofJob, "milliseconds"> & { onProgress: (progress: Progress) => void };

export type Prover = {
  /** The plan with its proof, or a better one, even of a proof that was lost; undefined where there is none to be had. Never rejects. */
  prove: (order: ProofOrder, signal: AbortSignal) => Promise<Outcome | undefined>;
  counts: () => { running: number; waiting: number };
  /** Ends what runs; what waits finds no turn. */
  close: () => Promise<void>;
};

type Ended = { ending: Ending; outcome?: Outcome; trace: string };

const watchMilliseconds = 100;
const megabyte = 1024 * 1024;

/**
 * One proof at a time, each in a thread of its own: ending the thread stops it wherever it is, and gives its memory
 * back. Who would wait for longer than a proof may take, until its thread counts as stuck, does without.
 */
export function createProver(options: ProverOptions): Prover {
  const { seconds, graceSeconds, queueLimit, onEnd } = options;
  const turns = createTurns(queueLimit);
  const closing = new AbortController();
  const running = new Set<Promise<Ended>>();

  async function prove(order: ProofOrder, gone: AbortSignal): Promise<Outcome | undefined> {
    if (seconds === 0) return undefined;

    const signal = AbortSignal.any([gone, closing.signal]);
    const turn = await turns.take((seconds + graceSeconds) * 1_000, signal);
    if (turn !== "mine") return end({ ending: turn, trace: "" });

    const run = runThread(order, signal, options);
    running.add(run);
    const ended = await run;
    running.delete(run);
    turns.giveBack();
    return end(ended);
  }

  function end({ ending, outcome, trace }: Ended): Outcome | undefined {
    onEnd(ending, trace);
    return outcome;
  }

  return {
    prove,
    counts: () => ({ running: running.size, waiting: turns.waiting() }),
    close: async () => {
      closing.abort();
      await Promise.all(running);
    },
  };
}

type RunOptions = Pick<ProverOptions, "entry" | "seconds" | "graceSeconds" | "megabytes" | "resident">;

async function runThread(order: ProofOrder, signal: AbortSignal, options: RunOptions): Promise<Ended> {
  const { entry, seconds, graceSeconds, megabytes, resident } = options;
  const { onProgress, ...job } = order;
  const milliseconds = seconds * 1_000;
  const most = resident() + megabytes * megabyte;
  // Too large to be met before `most` is: a thread that meets its own limit in one large step takes the process along.
  const resourceLimits = { maxOldGenerationSizeMb: 2 * megabytes };
  const worker = new Worker(entry, { workerData: { ...job, milliseconds }, execArgv: [], resourceLimits });
  let meanwhile: Outcome | undefined;
  let end = (_ended: Ended): void => undefined;
  const ended = new Promise<Ended>((resolve) => (end = resolve));
  worker.on("message", (message: FromProver) => {
    if (message.type === "progress") onProgress(message.progress);
    else if (message.type === "meanwhile") meanwhile = message.outcome;
    else end({ ending: "proved", outcome: message.outcome, trace: "" });
  });
  worker.on("error", (error) => end(isLarge(error) ? { ending: "large", trace: "" } : failed(traceOf(error))));
  worker.on("exit", () => end(failed("the thread ended")));
  const leave = (): void => end({ ending: "left", trace: "" });
  signal.addEventListener("abort", leave);
  const timer = setTimeout(() => end({ ending: "stuck", trace: "" }), milliseconds + graceSeconds * 1_000);
  const watch = setInterval(() => resident() > most && end({ ending: "large", trace: "" }), watchMilliseconds);
  if (signal.aborted) leave();

  const how = await ended;
  clearTimeout(timer);
  clearInterval(watch);
  signal.removeEventListener("abort", leave);
  await worker.terminate();
  return meanwhile ? { outcome: meanwhile, ...how } : how;
}

/** Its own limit was met all the same, in steps small enough to be told of. */
function isLarge(error: Error): boolean {
  return "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

function failed(trace: string): Ended {
  return { ending: "failed", trace };
}
