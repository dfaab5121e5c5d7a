import type { Logger, Observation, Telemetry } from "@beq/telemetry";
import express, { type Request, type Response, Router } from "express";
import { limits, type Progress } from "./contract/index.ts";
import { type Failure, failure, internal, invalid, Refused } from "./failure.ts";
import type { Effort, Operation, Outcome } from "./job.ts";
import type { Locals } from "./observe.ts";
import { gapOf } from "./optimize/progress.ts";
import type { Pool } from "./pool.ts";
import type { Prover } from "./prover.ts";
import { lineReply, plainReply, type Reply } from "./reply.ts";

export type ScheduleDeps = {
  pool: Pool;
  prover: Prover;
  effort: Effort;
  now: () => number;
  telemetry: Pick<Telemetry, "record">;
  logger: Pick<Logger, "error">;
};

/** `POST /schedule` and `POST /optimize`: the body goes to a worker as it came. */
export function scheduleRoutes(deps: ScheduleDeps): Router {
  const router = Router();
  const body = express.raw({ type: isJson, limit: limits.bodyBytes });
  router.post("/schedule", body, (request, response) => solveFor("generate", request, response, deps));
  router.post("/optimize", body, (request, response) => solveFor("optimize", request, response, deps));
  return router;
}

async function solveFor(operation: Operation, request: Request, response: Response, deps: ScheduleDeps): Promise<void> {
  if (!isJson(request)) throw new Refused(failure("unsupported", "Content-Type must be application/json"));

  const { ids } = response.locals as Locals;
  const reply = wantsLines(request) ? lineReply(response) : plainReply(response);
  const body: Uint8Array = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
  const order = { operation, body, now: deps.now(), effort: deps.effort };
  const gone = new AbortController();
  response.once("close", () => gone.abort());

  const proving = async (first: Answered): Promise<Answered> => {
    const { known, facts } = first;
    let told = -Infinity;
    const onProgress = (progress: Progress): void => {
      told = Math.max(told, progress.lower_bound ?? -Infinity);
      reply.listening.onProgress?.(progress);
    };
    const proven = await deps.prover.prove(
      { ...order, known, confidence: facts.confidence_score, onProgress },
      gone.signal,
    );
    if (proven) complain(proven, operation, deps.logger);
    return bounded(proven?.kind === "answer" ? proven : first, told);
  };
  const started = performance.now();
  const outcome = await deps.pool.run({ ...order, ...reply.listening }, gone.signal);
  const seconds = (performance.now() - started) / 1_000;

  complain(outcome, operation, deps.logger);
  deps.telemetry.record(observed(operation, outcome, seconds));
  if (outcome.kind === "answer") return goOn(outcome, reply, wantsProof(request) ? proving : undefined);
  if (outcome.kind !== "cancelled") reply.fail(failureOf(outcome, ids.request_id));
}

type Answered = Extract<Outcome, { kind: "answer" }>;

/** Answers at once; where a proof is wanted and there is none yet, once more when it is there. */
async function goOn(
  first: Answered,
  reply: Reply,
  prove: ((first: Answered) => Promise<Answered>) | undefined,
): Promise<void> {
  if (!prove || first.known.proof === "optimal") return reply.answer(first.json, true);

  reply.answer(first.json, false);
  reply.answer((await prove(first)).json, true);
}

/** An answer says no less than lines before it: a proof that was lost may have come further than its last answer. */
function bounded(answer: Answered, told: number): Answered {
  const { json, known } = answer;
  if (told <= (known.lowerBound ?? -Infinity)) return answer;

  const said: { cost: number } = JSON.parse(json);
  const proof = told >= said.cost ? "optimal" : "bounded";
  const bound = { lower_bound: Math.min(told, said.cost), optimality_gap: gapOf(said.cost, told), proof };
  return { ...answer, json: JSON.stringify({ ...said, ...bound }) };
}

function isJson(request: Pick<Request, "headers">): boolean {
  const type = request.headers["content-type"] ?? "";
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?$/i.test(type);
}

function wantsLines(request: Request): boolean {
  return (request.headers.accept ?? "").split(",").some((type) => type.trim().startsWith("application/x-ndjson"));
}

/** A plan that comes line by line may go on to its proof. */
function wantsProof(request: Request): boolean {
  return wantsLines(request) && new URL(request.url, "http://localhost").searchParams.get("proof") === "true";
}

type Unanswered = Exclude<Outcome, { kind: "answer" } | { kind: "cancelled" }>;

// Long enough for a solve or two, short enough that a person still waits.
const retryAfterSeconds = 2;

function failureOf(outcome: Unanswered, requestId: string): Failure {
  switch (outcome.kind) {
    case "malformed":
      return failure("malformed", outcome.problem);
    case "invalid":
      return invalid(outcome.detail);
    case "timeout":
      return failure("timeout", "No plan was found within the time limit");
    case "full":
    case "expired":
      return failure("unavailable", "The scheduler is busy: its queue is full", retryAfterSeconds);
    case "closing":
      return failure("unavailable", "The scheduler is shutting down", retryAfterSeconds);
    case "broken":
    case "failed":
    case "crashed":
    case "helped":
      return internal(requestId);
    default:
      return unreachable(outcome);
  }
}

function complain(outcome: Outcome, operation: Operation, logger: ScheduleDeps["logger"]): void {
  if (outcome.kind === "broken")
    logger.error("Plan refused by its check", { operation: named[operation], rules: outcome.rules });
  if (outcome.kind === "failed" || outcome.kind === "crashed")
    logger.error(`Solve ${outcome.kind}`, { operation: named[operation], trace: outcome.trace });
}

const named = { generate: "schedule_generation", optimize: "schedule_optimization" } satisfies Record<
  Operation,
  string
>;

const errorTypes = {
  malformed: "invalid",
  invalid: "invalid",
  broken: "other",
  failed: "other",
  crashed: "other",
  helped: "other",
  timeout: "timeout",
  full: "unavailable",
  expired: "unavailable",
  closing: "unavailable",
} satisfies Record<Unanswered["kind"], string>;

function observed(operation: Operation, outcome: Outcome, seconds: number): Observation {
  const common = { operation: named[operation], seconds };
  if (outcome.kind === "cancelled") return { ...common, outcome: "cancelled" };
  if (outcome.kind !== "answer") return { ...common, outcome: "error", error_type: errorTypes[outcome.kind] };

  const { user_id, success, event_count, confidence_score, has_existing_events } = outcome.facts;
  const facts = { event_count, confidence_score, has_existing_events };
  return { ...common, outcome: success ? "success" : "infeasible", user_id, facts };
}

function unreachable(value: never): never {
  throw new Error(`unexpected ${String(value)}`);
}
