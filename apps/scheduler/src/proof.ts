import type { Progress } from "./contract/index.ts";
import type { Outcome, ProofJob } from "./job.ts";
import { outcomeOf, type Read, readJob } from "./operations.ts";
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
    /** Told of a better plan before a step that may not come back. */
    onPlan: (better: Known) => void;
  },
) => Promise<Known>;

type Tools = {
  prove: Prove;
  /** Monotonic milliseconds. */
  clock: () => number;
  report: (progress: Progress) => void;
  /** Keeps an answer for the case that there is no other. */
  keep: (outcome: Outcome) => void;
};

/** Goes on from a plan that is known, and answers like a solve. Total, as that is. */
export async function proveJob(job: ProofJob, { prove, clock, report, keep }: Tools): Promise<Outcome> {
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
    const answer = (found: Known): Outcome => {
      const known = sound(problem, found, job.known);
      return outcomeOf(answered(read, job, known), known, (clock() - started) / 1_000);
    };
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
      onPlan: (better) => keep(answer(better)),
    });
    return answer(proven);
  } catch (error) {
    return { kind: "failed", trace: traceOf(error) };
  }
}

/** Says in words what the plan is, which is known; other plans that are asked for are searched. */
function answered(read: Read, { now, effort }: ProofJob, known: Known): ReturnType<Read["answer"]> {
  let isFirst = true;
  return read.answer({
    now,
    ...effort,
    outOfTime: () => false,
    find: (problem, pursuit) => {
      if (!isFirst) return pursue(problem, pursuit);
      isFirst = false;
      return known;
    },
  });
}
