import type { Progress } from "./contract/index.ts";
import type { Job, Outcome } from "./job.ts";
import { outcomeOf, type Read, readJob } from "./operations.ts";
import { better, type Known, pursue, type Pursuit } from "./optimize/index.ts";
import { sparing } from "./sparing.ts";
import { help, isNeedless, lead } from "./team.ts";
import { traceOf } from "./thread.ts";

export type Tools = {
  /** Monotonic milliseconds. */
  clock: () => number;
  report: (progress: Progress) => void;
  /** Holds on to what it was given last: the functions of a search, which the next one finds compiled. */
  hold: (searched: unknown) => void;
};

/** Of a job's time, what its search may take: simulating, telling and judging a very large plan take the rest. */
const searchShare = 0.6;

/** Reads, plans and judges one job. Total: whatever goes wrong is an outcome, and the worker stays usable. */
export function solve(job: Job, { clock, report, hold }: Tools): Outcome {
  const started = clock();
  // Nobody waits any more: leaving the search from inside spares what it would still do with its plan.
  const heed = (): void => {
    if (Atomics.load(job.stop, 0) !== 0 || (job.role === "help" && isNeedless(job.team))) throw new Stopped();
  };
  const outOfTime = (): boolean => {
    heed();
    return clock() - started > searchShare * job.budgetMilliseconds;
  };
  try {
    const read = readJob(job, heed);
    if (!read.ok) return job.role === "help" ? { kind: "helped" } : read.outcome;
    if (job.role === "help") return helped(job, read, { outOfTime, hold });

    let known: Known | undefined;
    const solved = read.answer({
      now: job.now,
      ...job.effort,
      outOfTime,
      ...(job.reportsProgress && { onProgress: sparing(report, clock) }),
      find: (problem, pursuit) => {
        // The plan comes first, its alternatives after it.
        if (known) return pursue(problem, pursuit);
        known = lead(
          job.team,
          (offset, share) => pursue(problem, partOf({ ...pursuit, hold }, offset, share)),
          outOfTime,
        );
        return known;
      },
      onCheaper: (plan) => {
        if (known) known = better(known, { ...plan, lowerBound: null, proof: "none", cut: null });
      },
    });
    heed();
    if (!known) return { kind: "failed", trace: "an answer without a plan" };
    return outcomeOf(solved, known, (clock() - started) / 1_000);
  } catch (error) {
    return error instanceof Stopped ? { kind: "cancelled" } : { kind: "failed", trace: traceOf(error) };
  }
}

/** The same search from another seed, with a share of the steps; the first one tells how far it is. */
function partOf({ onStep, onBound, ...pursuit }: Pursuit, offset: number, share: number): Pursuit {
  const part = { ...pursuit, seed: pursuit.seed + offset, iterations: Math.ceil(pursuit.iterations * share) };
  return {
    ...part,
    ...(offset === 0 && { ...(onStep && { onStep }), ...(onBound && { onBound }) }),
  };
}

function helped(job: Job, read: Read, watch: Pick<Pursuit, "outOfTime" | "hold">): Outcome {
  const problem = read.pose(job.now, () => void watch.outOfTime());
  help(job.team, (offset, share) => pursue(problem, partOf({ ...job.effort, ...watch }, offset, share)));
  return { kind: "helped" };
}

class Stopped extends Error {}
