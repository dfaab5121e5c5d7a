import type { Progress } from "./contract/index.ts";
import type { Outcome, ProofJob } from "./job.ts";
import { outcomeOf, type Read, readJob } from "./operations.ts";
import {
  createIncumbent,
  createLikely,
  type Known,
  type Listen,
  type Problem,
  pursue,
  type Pursuit,
  recall,
  type State,
} from "./optimize/index.ts";
import { sparing } from "./sparing.ts";
import { traceOf } from "./thread.ts";

/** Told of a cost and the plan of it, and of what no plan costs less than, however tasks are cut; in any order. */
type Teller = {
  onStep: (cost: number, plan: () => State<Problem>) => void;
  onBound: NonNullable<Pursuit["onBound"]>;
};

/**
 * Looks for a proof and a better plan, in which of a split task all pieces stand or none. What it answers of the best
 * plan is no less than what it told.
 */
export type Prove = (
  problem: Problem,
  known: Known,
  options: Teller & {
    seed: number;
    milliseconds: number;
    outOfTime: () => boolean;
    /** Told of what is known better before a step that may not come back. */
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
  const read = readJob(job);
  if (!read.ok) return read.outcome;

  try {
    // Cut as the plan has it: where tasks may be split, a proof is about that.
    const state = recall(read.pose(job.now), job.known);
    const passed = () => clock() - started;
    const outOfTime = () => passed() > job.milliseconds;
    const answer = (known: Known) => outcomeOf(answered(read, job, known), known, passed() / 1_000);
    const proven = await prove(state.problem, job.known, {
      ...telling(job, state, passed, sparing(report, clock)),
      seed: job.effort.seed,
      milliseconds: job.milliseconds,
      outOfTime,
      onPlan: (better) => keep(answer(better)),
    });
    return answer(ended(proven, outOfTime(), job));
  } catch (error) {
    return { kind: "failed", trace: traceOf(error) };
  }
}

/** Each line has the best plan and the best bound so far, from those that there are already on. */
function telling(job: ProofJob, state: State<Problem>, passed: () => number, listen: Listen): Teller {
  const { now, effort, known, confidence, milliseconds } = job;
  const { problem } = state;
  const likely = createLikely(problem, { now, seed: effort.seed, heed: () => undefined });
  const incumbent = createIncumbent(problem, likely);
  incumbent.settle(state, confidence);
  incumbent.bound(known.lowerBound);
  // There may be no line for a plan when it is told of: the next one is.
  let meet = (): void => undefined;
  const tell = () =>
    listen("proving", Math.min(1, passed() / milliseconds), () => {
      meet();
      return incumbent.standing();
    });
  return {
    onStep: (cost, plan) => {
      meet = () => incumbent.meet(cost, plan);
      tell();
    },
    onBound: (bound) => {
      incumbent.bound(bound);
      tell();
    },
  };
}

/** Nothing but time ends a proof before its end. */
function ended(proven: Known, isOver: boolean, { effort: { iterations } }: ProofJob): Known {
  if (proven.proof === "optimal") return { ...proven, cut: null };
  return isOver ? { ...proven, cut: proven.cut ?? { done: iterations, asked: iterations } } : proven;
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
