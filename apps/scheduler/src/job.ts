import type { Invalid, Progress } from "./contract/index.ts";
import type { Known } from "./optimize/index.ts";
import type { Team } from "./team.ts";

export type Operation = "generate" | "optimize";

/** How hard to search: the same effort and input give the same plan. */
export type Effort = { seed: number; iterations: number };

/** One solve, as it crosses into a worker thread. */
export type Job = {
  operation: Operation;
  /** The request's body as it came; it is parsed where the solving is done, so that reading 2 MB delays no one. */
  body: Uint8Array;
  /** The service's clock, epoch milliseconds. */
  now: number;
  effort: Effort;
  budgetMilliseconds: number;
  reportsProgress: boolean;
  /** What threads share that search for this plan together; this one leads, or helps and answers nothing. */
  team: Team;
  role: "lead" | "help";
  /** Shared with the service; element 0 turns 1 when nobody waits for the answer any more. */
  stop: Int32Array;
};

/** A plan to go on with: to prove how good it is, and to better it where it is not the best. */
export type ProofJob = Pick<Job, "operation" | "body" | "now" | "effort"> & {
  known: Known;
  /** That the plan so far holds. */
  confidence: number;
  milliseconds: number;
};

/** What is recorded of an answer: counts and shares, none of what the person wrote. */
export type Facts = {
  user_id: string;
  success: boolean;
  event_count: number;
  confidence_score: number;
  has_existing_events: boolean;
  seconds: number;
};

/** How a job ended. An answer comes with the places that it says in words, for who goes on from them. `broken` is a plan that the independent check refused, `failed` a defect, `crashed` a lost worker. */
export type Outcome =
  | { kind: "answer"; json: string; facts: Facts; known: Known }
  | { kind: "helped" }
  | { kind: "malformed"; problem: string }
  | { kind: "invalid"; detail: Invalid[] }
  | { kind: "broken"; rules: string[] }
  | { kind: "failed"; trace: string }
  | { kind: "crashed"; trace: string }
  | { kind: "timeout" }
  | { kind: "cancelled" }
  | { kind: "full" }
  | { kind: "expired" }
  | { kind: "closing" };

/** `thread` is the number that the system has for it, where there is one. */
export type FromWorker =
  | { type: "ready"; thread: number | undefined }
  | { type: "progress"; progress: Progress }
  | { type: "outcome"; outcome: Outcome };

/** `meanwhile` answers with the best plan before a step that may not come back. */
export type FromProver =
  | { type: "progress"; progress: Progress }
  | { type: "meanwhile"; outcome: Outcome }
  | { type: "proved"; outcome: Outcome };
