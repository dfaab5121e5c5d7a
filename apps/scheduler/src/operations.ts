import type { z } from "zod";
import { GenerateRequest, invalidList, OptimizeRequest } from "./contract/index.ts";
import type { Facts, Job, Operation, Outcome } from "./job.ts";
import {
  judge,
  type Known,
  type PlanAnswer,
  planWeek,
  posedSchedule,
  posedWeek,
  type Problem,
  replan,
  type ReplanAnswer,
  type Search,
} from "./optimize/index.ts";
import { bounded } from "./surplus.ts";

/** A request that was read: what it asks to solve, and its answer. */
export type Read = {
  ok: true;
  pose: (now: number, heed?: () => void) => Problem;
  /** @returns the answer with the judge's word on it and the numbers that are logged of it */
  answer: (search: Search) => Solved;
};

type Solved = { answer: PlanAnswer | ReplanAnswer; rules: string[]; facts: Omit<Facts, "seconds"> };
type Unread = { ok: false; outcome: Outcome };

/** Reads the body of a job; one that cannot be read is an outcome. What `heed` throws ends the work. */
export function readJob(
  { operation, body }: Pick<Job, "operation" | "body">,
  heed: () => void = () => undefined,
): Read | Unread {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    const problem = error instanceof SyntaxError ? `Malformed JSON: ${error.message}` : "The body is not UTF-8";
    return { ok: false, outcome: { kind: "malformed", problem } };
  }
  heed();
  return operations[operation](value);
}

const operations = { generate, optimize } satisfies Record<Operation, unknown>;

function generate(body: unknown): Read | Unread {
  const request = GenerateRequest.safeParse(body);
  if (!request.success) return invalid(request.error, body);

  return {
    ok: true,
    pose: (now, heed) => posedWeek(request.data, now, heed),
    answer: (search) => {
      const answer = planWeek(request.data, search);
      return solved(request.data, answer, answer.scheduled_events.length, search);
    },
  };
}

function optimize(body: unknown): Read | Unread {
  const request = OptimizeRequest.safeParse(body);
  if (!request.success) return invalid(request.error, body);

  return {
    ok: true,
    pose: (now, heed) => posedSchedule(bounded(request.data, now).request, now, heed),
    answer: (search) => {
      const { request: posed, release } = bounded(request.data, search.now);
      const answer = replan(posed, search);
      const { rules, facts } = solved(posed, answer, answer.optimized_schedule.length, search);
      return { rules, facts, answer: release(answer) };
    },
  };
}

function solved(
  request: GenerateRequest | OptimizeRequest,
  answer: Solved["answer"],
  eventCount: number,
  { now, outOfTime }: Search,
): Solved {
  return {
    answer,
    rules: rulesOf(judge(request, answer, now, () => void outOfTime())),
    facts: {
      user_id: request.user_id,
      success: answer.success,
      event_count: eventCount,
      confidence_score: answer.confidence_score,
      has_existing_events: request.existing_events.length > 0,
    },
  };
}

function rulesOf(violations: readonly { rule: string }[]): string[] {
  return [...new Set(violations.map(({ rule }) => rule))];
}

function invalid(error: z.ZodError, body: unknown): Unread {
  return { ok: false, outcome: { kind: "invalid", detail: invalidList(error.issues, body, () => "body") } };
}

/** What leaves the service of what was solved, `seconds` after it began. */
export function outcomeOf({ answer, rules, facts }: Solved, known: Known, seconds: number): Outcome {
  if (rules.length > 0) return { kind: "broken", rules };

  const processing_time_seconds = Math.round(seconds * 1e4) / 1e4;
  const json = JSON.stringify({ ...answer, processing_time_seconds });
  return { kind: "answer", json, facts: { ...facts, seconds }, known };
}
