import type { Progress } from "./contract/index.ts";
import type { Outcome, ProofJob } from "./job.ts";
import { outcomeOf, readJob } from "./operations.ts";
import { gapOf, type Known, placedTasks, type Problem, pursue, recall, sound } from "./optimize/index.ts";
import { sparing } from "./sparing.ts";
import { traceOf } from "./thread.ts";

/** Looks for a proof and a better plan; tells of the best plan's cost and the bound as they get better. */
export type Prove = (
  problem: Problem,
  known: Known,
  options: {
    seed: number;
    milliseconds: number;
    outOfTime: () => boolean;
    onBound: (cost: number, lowerBound: number | null) => void;
  },
) => Promise<Known>;

type Tools = {
  prove: Prove;
  /** Monotonic milliseconds. */
  clock: () => number;
  report: (progress: Progress) => void;
};

/** Goes on from a plan that is known, and answers like a solve. Total, as that is. */
export async function proveJob(job: ProofJob, { prove, clock, report }: Tools): Promise<Outcome> {
  const started = clock();
  const tell = sparing(report, clock);
  const read = readJob(job);
  if (!read.ok) return read.outcome;

  try {
    // Cut as the plan has it: where tasks may be split, a proof is about that.
    const state = recall(read.pose(job.now), job.known);
    const problem = state.problem;
    const placed = placedTasks(state);
    const total = problem.items.filter(({ kind }) => kind === "task").length;
    const proven = await prove(problem, job.known, {
      seed: job.effort.seed,
      milliseconds: job.milliseconds,
      outOfTime: () => clock() - started > job.milliseconds,
      onBound: (cost, lowerBound) =>
        tell({
          type: "progress",
          phase: "proving",
          fraction: Math.min(1, (clock() - started) / job.milliseconds),
          placed,
          total,
          cost,
          lower_bound: lowerBound,
          optimality_gap: gapOf(cost, lowerBound),
          confidence_score: cost < job.known.cost ? null : job.confidence,
        }),
    });
    const known = sound(problem, proven, job.known);
    let first = true;
    const solved = read.answer({
      now: job.now,
      ...job.effort,
      outOfTime: () => false,
      find: (other, pursuit) => {
        if (!first) return pursue(other, pursuit);
        first = false;
        return known;
      },
    });
    return outcomeOf(solved, known, (clock() - started) / 1_000);
  } catch (error) {
    return { kind: "failed", trace: traceOf(error) };
  }
}
