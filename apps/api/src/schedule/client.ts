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

/** The optimizer, wherever it runs. Refusals are `unavailable`, `timeout`, `upstream` and `cancelled`. */
export type Scheduler = {
  plan(request: GenerateRequest, options: SolveOptions): Promise<GenerateAnswer>;
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
  z.object({ type: z.literal("answer"), answer: z.unknown() }),
  z.object({ type: z.literal("error"), status: z.int(), detail: z.unknown() }),
]);

/** A client of the scheduler service over HTTP. */
export function createScheduler({ url, token, timeoutSeconds, trace }: SchedulerOptions): Scheduler {
  async function solve<T>(path: string, body: unknown, answer: z.ZodType<T>, options: SolveOptions): Promise<T> {
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
      return await lastAnswer(response.body, answer, options.onProgress);
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (options.signal?.aborted) throw new Failure("cancelled", "The client went away");
      if (timeout.aborted) throw new Failure("timeout", `The scheduler took longer than ${timeoutSeconds} seconds`);
      throw new Failure("unavailable", "The scheduler is not reachable", { retryAfterSeconds: 5, cause: error });
    }
  }

  return {
    plan: (request, options) => solve("/api/v1/schedule", request, GenerateAnswer, options),
    replan: (request, options) => solve("/api/v1/optimize", request, OptimizeAnswer, options),
    async ping() {
      const response = await fetch(`${url}/health`, { headers: trace(), signal: AbortSignal.timeout(2_000) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`answered ${response.status}`);
    },
  };
}

async function lastAnswer<T>(
  body: ReadableStream<Uint8Array>,
  answer: z.ZodType<T>,
  onProgress: SolveOptions["onProgress"],
): Promise<T> {
  for await (const text of linesOf(body)) {
    const line = Line.safeParse(json(text));
    if (!line.success) throw wrong();
    switch (line.data.type) {
      case "progress":
        onProgress?.(line.data);
        break;
      case "error":
        throw refusal(line.data.status, null);
      case "answer": {
        const parsed = answer.safeParse(line.data.answer);
        if (!parsed.success) throw wrong(parsed.error);
        return parsed.data;
      }
    }
  }
  throw new Failure("unavailable", "The scheduler broke off", { retryAfterSeconds: 5 });
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
