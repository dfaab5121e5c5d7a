import type { GenerateRequest, Progress } from "@beq/scheduler/contract";
import type { z } from "zod";
import type { Outputs } from "../trpc.ts";
import type { Draft } from "./draft.ts";
import { type Failure, failureOf } from "./failure.ts";

/** A week to be planned, and what of the stored plan may be placed again though it was put by hand. */
export type Asked = z.input<typeof GenerateRequest> & { unpinned?: { event_id: string; start_time: string }[] };
/**
 * What the server tells while it plans: how far it is, then the plan, stored already. One that is not `final` is
 * followed by the search for a better one or a proof, and by its outcome; one not `stored` gave way to other changes.
 */
type Line = Progress | { type: "answer"; answer: Answer; final?: boolean; stored?: boolean };

/** Asks for a plan; aborting the signal stops the work on the server. */
export type Generate = (request: Asked, signal: AbortSignal) => Promise<AsyncIterable<Line>>;

/** An answer; its basis names the stored version that holds it, and is sent back as it came. */
export type Answer = Outputs["schedule"]["generate"];

/** A plan and the draft it was made from. */
export type Planned = { answer: Answer; draft: Draft };

/** A plan that was put in place: for which draft, what that is called, and the way back. */
export type Taken = { draft: Draft; label: string; back: () => void };

/** A plan that was gone back from: for which draft, what it is called, and the way to it again. */
export type Left = { draft: Draft; label: string; again: () => void };

export type RunState = {
  /** What the last run asked for, and the draft it came from. */
  readonly asked: { request: Asked; draft: Draft } | null;
  readonly running: boolean;
  /** The plan is there; the search for a better one, or for proof that there is none, goes on. */
  readonly proving: boolean;
  readonly failure: Failure | null;
  readonly planned: Planned | null;
  /** The plan that the last one took the place of, when more search found a better one. */
  readonly beaten: Planned | null;
  /** It can be gone back from as long as the draft is the one that it was put in for. */
  readonly taken: Taken | null;
  /** It can be gone to again as long as the draft is the one that it was left with, and no other was made. */
  readonly left: Left | null;
};

/** The one planning run of this page. It goes on while the person looks at another page. */
export function createRun(generate: Generate) {
  let state: RunState = {
    asked: null,
    running: false,
    proving: false,
    failure: null,
    planned: null,
    beaten: null,
    taken: null,
    left: null,
  };
  // Apart from the state: it changes many times a second, and only what shows progress listens to it.
  let progress: readonly Progress[] = [];
  let current: AbortController | null = null;
  const listeners = new Set<() => void>();

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const change = (next: Partial<RunState>) => {
    state = { ...state, ...next };
    tell();
  };
  const advance = (line: Progress) => {
    const [first] = progress;
    // The first plan with as many tasks in it and the newest say how far the search has come.
    const isAlike = first !== undefined && first.cost !== null && first.placed === line.placed;
    progress = isAlike ? [first, line] : [line];
    tell();
  };
  const take = ({ answer, final = true, stored = true }: Exclude<Line, Progress>, draft: Draft) => {
    const first = state.proving ? state.planned : null;
    if (first && !stored) return change({ proving: false });
    const beaten = first && costs(answer) < costs(first.answer) ? first : null;
    change({ running: false, proving: !final, planned: { answer, draft }, beaten, taken: null });
  };
  const follow = async (request: Asked, draft: Draft, controller: AbortController) => {
    for await (const line of await generate(request, controller.signal)) {
      // Cancelled or started anew: what still arrives is nobody's.
      if (current !== controller) return;
      if (line.type === "progress") advance(line);
      else take(line, draft);
    }
    if (current === controller && state.running) throw new Error("The answer ended before the plan was there.");
  };
  return {
    get: () => state,
    /** The first report of a plan with as many tasks as the newest one's, and the newest; one where they are the same. */
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
      progress = [];
      change({ asked: { request, draft }, running: true, proving: false, failure: null, beaten: null, left: null });
      try {
        await follow(request, draft, controller);
      } catch (error) {
        // A plan that is there is not lost because the search for a better one broke off.
        if (current === controller && state.running) change({ failure: failureOf(error) });
      }
      if (current === controller && (state.running || state.proving)) change({ running: false, proving: false });
    },
    /** Ends the run; a plan that is there already stays. */
    cancel() {
      current?.abort();
      current = null;
      change({ running: false, proving: false });
    },
    /** Puts a plan in place that was made or chosen otherwise; `step` says how to go back. */
    adopt(planned: Planned | null, step?: Omit<Taken, "draft">) {
      current?.abort();
      current = null;
      const taken = planned && step ? { draft: planned.draft, ...step } : null;
      const left = step ? null : state.left;
      change({ running: false, proving: false, failure: null, planned, beaten: null, taken, left });
    },
    /** Remembers a plan that was just gone back from. */
    leave: (left: Left) => change({ left }),
    /** What was beaten has been told to the person. */
    noticeBeaten: () => change({ beaten: null }),
    /** Ends a run that was not even asked for, because the request is known to be wrong. */
    refuse: (request: Asked, draft: Draft, failure: Failure) => change({ asked: { request, draft }, failure }),
    forget: () => change({ failure: null }),
  };
}
export type Run = ReturnType<typeof createRun>;

function costs({ cost }: Answer): number {
  return cost ?? Infinity;
}
