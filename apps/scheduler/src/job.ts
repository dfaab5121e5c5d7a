import type { Invalid, Progress } from "./contract/index.ts";

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
  /** Shared with the service; element 0 turns 1 when nobody waits for the answer any more. */
  stop: Int32Array;
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

/** How a job ended. `broken` is a plan that the independent check refused, `failed` a defect, `crashed` a lost worker. */
export type Outcome =
  | { kind: "answer"; json: string; facts: Facts }
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

export type FromWorker =
  | { type: "ready" }
  | { type: "progress"; progress: Progress }
  | { type: "outcome"; outcome: Outcome };
