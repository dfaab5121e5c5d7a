import type { Progress } from "./contract/index.ts";
import type { Job, Outcome } from "./job.ts";
import { outcomeOf, readJob } from "./operations.ts";
import { type Known, pursue } from "./optimize/index.ts";
import { traceOf } from "./thread.ts";

export type Tools = {
  /** Monotonic milliseconds. */
  clock: () => number;
  report: (progress: Progress) => void;
};

/** Reads, plans and judges one job. Total: whatever goes wrong is an outcome, and the worker stays usable. */
export function solve(job: Job, { clock, report }: Tools): Outcome {
  const started = clock();
  const read = readJob(job);
  if (!read.ok) return read.outcome;

  // Nobody waits any more: leaving the search from inside spares what it would still do with its plan.
  const heed = (): void => {
    if (Atomics.load(job.stop, 0) !== 0) throw new Stopped();
  };
  const outOfTime = (): boolean => {
    heed();
    return clock() - started > job.budgetMilliseconds;
  };
  const onProgress = (progress: Progress): void => {
    heed();
    if (job.reportsProgress) report(progress);
  };
  let known: Known | undefined;
  try {
    const solved = read.answer({
      now: job.now,
      ...job.effort,
      outOfTime,
      onProgress,
      find: (problem, pursuit) => {
        const found = pursue(problem, pursuit);
        // The plan comes first, its alternatives after it.
        known ??= found;
        return found;
      },
    });
    heed();
    if (!known) return { kind: "failed", trace: "an answer without a plan" };
    return outcomeOf(solved, known, (clock() - started) / 1_000);
  } catch (error) {
    return error instanceof Stopped ? { kind: "cancelled" } : { kind: "failed", trace: traceOf(error) };
  }
}

class Stopped extends Error {}
