import type { GenerateAnswer, GenerateRequest, Progress } from "@beq/scheduler/contract";
import type { z } from "zod";
import type { Draft } from "./draft.ts";
import { type Failure, failureOf } from "./failure.ts";

export type Asked = z.input<typeof GenerateRequest>;
type Line = Progress | { type: "answer"; answer: GenerateAnswer };

/** Asks for a plan; aborting the signal stops the work on the server. */
export type Generate = (request: Asked, signal: AbortSignal) => Promise<AsyncIterable<Line>>;

/** A plan and the draft it was made from. */
export type Planned = { answer: GenerateAnswer; draft: Draft };

export type RunState = {
  /** What the last run asked for, and the draft it came from. */
  readonly asked: { request: Asked; draft: Draft } | null;
  readonly running: boolean;
  readonly failure: Failure | null;
  readonly planned: Planned | null;
};

/** The one planning run of this page. It goes on while the person looks at another page. */
export function createRun(generate: Generate) {
  let state: RunState = { asked: null, running: false, failure: null, planned: null };
  // Apart from the state: it changes many times a second, and only the bar shows it.
  let progress: Progress | null = null;
  let current: AbortController | null = null;
  const listeners = new Set<() => void>();

  const change = (next: Partial<RunState>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const advance = (next: Progress | null) => {
    progress = next;
    for (const listener of listeners) listener();
  };
  const follow = async (request: Asked, draft: Draft, controller: AbortController) => {
    for await (const line of await generate(request, controller.signal)) {
      // Cancelled or started anew: what still arrives is nobody's.
      if (current !== controller) return;
      if (line.type === "progress") advance(line);
      else change({ running: false, planned: { answer: line.answer, draft } });
    }
    if (current === controller && state.running) throw new Error("The answer ended before the plan was there.");
  };
  return {
    get: () => state,
    progress: () => progress,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Resolves when the run is over, however it ended; the state says how. */
    async start(request: Asked, draft: Draft): Promise<void> {
      current?.abort();
      const controller = new AbortController();
      current = controller;
      progress = null;
      change({ asked: { request, draft }, running: true, failure: null });
      try {
        await follow(request, draft, controller);
      } catch (error) {
        if (current === controller) change({ running: false, failure: failureOf(error) });
      }
    },
    cancel() {
      current?.abort();
      current = null;
      change({ running: false });
    },
    /** Ends a run that was not even asked for, because the request is known to be wrong. */
    refuse: (request: Asked, draft: Draft, failure: Failure) => change({ asked: { request, draft }, failure }),
    forget: () => change({ failure: null }),
  };
}
export type Run = ReturnType<typeof createRun>;
