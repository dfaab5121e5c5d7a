import type { z } from "zod";
import { GenerateRequest, invalidList, OptimizeRequest, type Progress } from "./contract/index.ts";
import type { Facts, Job, Operation, Outcome } from "./job.ts";
import { type PlanAnswer, planWeek, replan, type ReplanAnswer, type Search, verify } from "./optimize/index.ts";
import { traceOf } from "./thread.ts";

export type Tools = {
  /** Monotonic milliseconds. */
  clock: () => number;
  report: (progress: Progress) => void;
};

type Solved = { answer: object; rules: string[]; facts: Omit<Facts, "seconds"> };
type Read = { value: unknown } | { problem: string };

/** Reads, plans and judges one job. Total: whatever goes wrong is an outcome, and the worker stays usable. */
export function solve(job: Job, { clock, report }: Tools): Outcome {
  const started = clock();
  const body = read(job.body);
  if ("problem" in body) return { kind: "malformed", problem: body.problem };

  // Nobody waits any more: leaving the search from inside spares what it would still do with its plan.
  const heed = (): void => {
    if (Atomics.load(job.stop, 0) !== 0) throw new Stopped();
  };
  const search: Search = {
    now: job.now,
    ...job.effort,
    outOfTime: () => {
      heed();
      return clock() - started > job.budgetMilliseconds;
    },
    onProgress: (progress) => {
      heed();
      if (job.reportsProgress) report(progress);
    },
  };
  try {
    const solved = operations[job.operation](body.value, search);
    heed();
    if ("kind" in solved) return solved;
    if (solved.rules.length > 0) return { kind: "broken", rules: solved.rules };

    return answered(solved, (clock() - started) / 1_000);
  } catch (error) {
    return error instanceof Stopped ? { kind: "cancelled" } : { kind: "failed", trace: traceOf(error) };
  }
}

class Stopped extends Error {}

const operations = { generate, optimize } satisfies Record<Operation, unknown>;

function generate(body: unknown, search: Search): Solved | Outcome {
  const request = GenerateRequest.safeParse(body);
  if (!request.success) return invalid(request.error, body);

  const answer = planWeek(request.data, search);
  return solved(request.data, answer, answer.scheduled_events.length, search);
}

function optimize(body: unknown, search: Search): Solved | Outcome {
  const request = OptimizeRequest.safeParse(body);
  if (!request.success) return invalid(request.error, body);

  const answer = replan(request.data, search);
  return solved(request.data, answer, answer.optimized_schedule.length, search);
}

/** An answer with the judge's word on it and the numbers that are logged of it. */
function solved(
  request: GenerateRequest | OptimizeRequest,
  answer: PlanAnswer | ReplanAnswer,
  eventCount: number,
  { now }: Search,
): Solved {
  return {
    answer,
    rules: rulesOf(verify(request, answer, now)),
    facts: {
      user_id: request.user_id,
      success: answer.success,
      event_count: eventCount,
      confidence_score: answer.confidence_score,
      has_existing_events: request.existing_events.length > 0,
    },
  };
}

function read(body: Uint8Array): Read {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? `Malformed JSON: ${error.message}` : "The body is not UTF-8" };
  }
}

function invalid(error: z.ZodError, body: unknown): Outcome {
  return { kind: "invalid", detail: invalidList(error.issues, body, () => "body") };
}

function rulesOf(violations: readonly { rule: string }[]): string[] {
  return [...new Set(violations.map(({ rule }) => rule))];
}

function answered({ answer, facts }: Solved, seconds: number): Outcome {
  const processing_time_seconds = Math.round(seconds * 1e4) / 1e4;
  return { kind: "answer", json: JSON.stringify({ ...answer, processing_time_seconds }), facts: { ...facts, seconds } };
}
