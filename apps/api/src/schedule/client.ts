import {
  GenerateAnswer,
  type GenerateRequest,
  OptimizeAnswer,
  type OptimizeRequest,
  Progress,
} from "@beq/scheduler/contract";
import { z } from "zod";
import { Failure } from "../failure.ts";
import { linesOf } from "./lines.ts";

export type SolveOptions = {
  /** Aborting it stops the solve. */
  signal: AbortSignal | undefined;
  onProgress?: (progress: Progress) => void;
};

/** Whoever waits for a proof too is given the first answer as soon as it is there. */
export type ProofOptions<Answer> = SolveOptions & { onFirst?: (answer: Answer) => Promise<void> };

/** The optimizer, wherever it runs. Refusals are `unavailable`, `timeout`, `upstream` and `cancelled`. */
export type Scheduler = {
  plan(request: GenerateRequest, options: ProofOptions<GenerateAnswer>): Promise<GenerateAnswer>;
  replan(request: OptimizeRequest, options: SolveOptions): Promise<OptimizeAnswer>;
  /** Resolves when the service answers its health check. */
  ping(): Promise<void>;
};

export type SchedulerOptions = {
  url: string;
  token: string | undefined;
  timeoutSeconds: number;
  /** Headers that carry the ids of the request under way. */
  trace: () => Record<string, string>;
};

const Line = z.discriminatedUnion("type", [
  Progress,
  z.object({ type: z.literal("answer"), final: z.boolean().default(true), answer: z.unknown() }),
  z.object({ type: z.literal("error"), status: z.int(), detail: z.unknown() }),
]);

/** A client of the scheduler service over HTTP. */
export function createScheduler({ url, token, timeoutSeconds, trace }: SchedulerOptions): Scheduler {
  async function solve<T>(path: string, body: unknown, answer: z.ZodType<T>, options: ProofOptions<T>): Promise<T> {
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    try {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        headers: {
          ...trace(),
          ...authorization(token),
          "content-type": "application/json",
          accept: "application/x-ndjson",
        },
        body: JSON.stringify(body),
        signal,
      });
      if (!response.ok || !response.body) throw refusal(response.status, response.headers.get("retry-after"));
      return await lastAnswer(response.body, answer, options);
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (options.signal?.aborted) throw new Failure("cancelled", "The client went away");
      if (timeout.aborted) throw new Failure("timeout", `The scheduler took longer than ${timeoutSeconds} seconds`);
      throw new Failure("unavailable", "The scheduler is not reachable", { retryAfterSeconds: 5, cause: error });
    }
  }

  return {
    plan: (request, options) =>
      solve(`/api/v1/schedule${options.onFirst ? "?proof=true" : ""}`, request, GenerateAnswer, options),
    replan: (request, options) => solve("/api/v1/optimize", request, OptimizeAnswer, options),
    async ping() {
      const response = await fetch(`${url}/health`, { headers: trace(), signal: AbortSignal.timeout(2_000) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`answered ${response.status}`);
    },
  };
}

/** The last answer of a stream. Once there is a first one, whatever goes wrong with the rest costs only the rest. */
async function lastAnswer<T>(
  body: ReadableStream<Uint8Array>,
  schema: z.ZodType<T>,
  { signal, onProgress, onFirst }: ProofOptions<T>,
): Promise<T> {
  const lines = answersIn(body, schema, onProgress);
  let first: T | undefined;
  try {
    for (;;) {
      const next = await lines.next().catch((error: unknown) => {
        if (first === undefined || signal?.aborted) throw error;
        return { done: true, value: undefined } as const;
      });
      if (next.done) break;
      if (next.value.final) return next.value.answer;
      first = next.value.answer;
      await onFirst?.(first);
    }
  } finally {
    await lines.return(undefined);
  }
  if (first !== undefined) return first;
  throw new Failure("unavailable", "The scheduler broke off", { retryAfterSeconds: 5 });
}

async function* answersIn<T>(
  body: ReadableStream<Uint8Array>,
  schema: z.ZodType<T>,
  onProgress: SolveOptions["onProgress"],
): AsyncGenerator<{ answer: T; final: boolean }, undefined> {
  for await (const text of linesOf(body)) {
    const line = Line.safeParse(json(text));
    if (!line.success) throw wrong();
    if (line.data.type === "error") throw refusal(line.data.status, null);
    if (line.data.type === "progress") {
      onProgress?.(line.data);
      continue;
    }
    const answer = schema.safeParse(line.data.answer);
    if (!answer.success) throw wrong(answer.error);
    yield { answer: answer.data, final: line.data.final };
  }
  return undefined;
}

function refusal(status: number, retryAfter: string | null): Failure {
  if (status === 503)
    return new Failure("unavailable", "The scheduler is overloaded", { retryAfterSeconds: Number(retryAfter) || 5 });
  if (status === 504) return new Failure("timeout", "The scheduler ran out of time");
  return new Failure("upstream", `The scheduler answered ${status}`);
}

function wrong(cause?: unknown): Failure {
  return new Failure("upstream", "The scheduler answered wrongly", { cause });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function authorization(token: string | undefined): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}
