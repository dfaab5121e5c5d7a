import { Worker } from "node:worker_threads";
import type { FromWorker, Job } from "./job.ts";

export type Thread = {
  send: (job: Job) => void;
  terminate: () => Promise<number>;
};

type Listener = {
  onMessage: (message: FromWorker) => void;
  /** Called once, whatever ended it; `trace` says what it died of, or is empty. */
  onExit: (trace: string) => void;
};

// The largest problem of the contract (500 tasks, 90 days) needs a fraction; a runaway is ended before the machine swaps.
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

/** A worker thread running `entry`, which speaks {@link Job} and {@link FromWorker}. */
export function createThread(entry: URL, { onMessage, onExit }: Listener): Thread {
  // Flags such as --import or --inspect of the parent are its own business.
  const worker = new Worker(entry, { execArgv: [], resourceLimits });
  let trace = "";
  worker.on("message", onMessage);
  worker.on("error", (error) => void (trace = traceOf(error)));
  worker.on("exit", () => onExit(trace));
  return {
    // Nothing is transferred: a small body lies in memory that Node shares among many.
    send: (job) => worker.postMessage(job, []),
    terminate: () => worker.terminate(),
  };
}

/** Where an error came from without its message, which may quote what a person wrote. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;

  const code = "code" in error ? ` ${String(error.code)}` : "";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [`${error.name}${code}`, ...frames.map((line) => line.trim()).slice(0, 8)].join(" ");
}
