import { Preferences, type GenerateAnswer, type Progress } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { emptyDraft } from "./draft.ts";
import { createRun, type Generate } from "./run.ts";

const draft = emptyDraft(Preferences.parse({}));
const request = { user_id: "local", tasks: [] };

it("shows progress, then the plan together with the draft it was made from", async () => {
  const seen: (string | undefined)[] = [];
  const run = createRun(answering(progress("constructing"), progress("improving"), { type: "answer", answer }));
  run.subscribe(() => seen.push(run.progress()?.phase));
  await run.start(request, draft);
  expect(seen).toEqual([undefined, "constructing", "improving", "improving"]);
  expect(run.get()).toEqual({ asked: { request, draft }, running: false, failure: null, planned: { answer, draft } });
});

it("keeps the last plan when the next run fails", async () => {
  let fails = false;
  const run = createRun((...call) =>
    fails ? Promise.reject(refusal("unavailable")) : answering({ type: "answer", answer })(...call),
  );
  await run.start(request, draft);
  fails = true;
  await run.start(request, draft);
  expect(run.get()).toMatchObject({
    running: false,
    planned: { answer },
    failure: { kind: "unreachable", message: "no" },
  });
});

it("aborts the request when it is cancelled and ignores what still comes", async () => {
  let release = (): void => undefined;
  let signal: AbortSignal | undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const run = createRun(async (_, its) => {
    signal = its;
    return late(gate);
  });
  const over = run.start(request, draft);
  await Promise.resolve();
  run.cancel();
  release();
  await over;
  expect(signal?.aborted).toBe(true);
  expect(run.get()).toMatchObject({ running: false, failure: null, planned: null });
});

it("does not take a stream that ends early for a plan", async () => {
  const run = createRun(answering(progress("reading")));
  await run.start(request, draft);
  expect(run.get()).toMatchObject({ running: false, planned: null, failure: { kind: "unreachable" } });
});

it.each([
  ["invalid", { kind: "invalid", items: [] }],
  ["feature_disabled", { kind: "disabled" }],
  ["unauthenticated", { kind: "unauthenticated" }],
  ["timeout", { kind: "unreachable" }],
  ["internal", { kind: "defect", requestId: "r-1" }],
])("tells the refusal %s apart", async (code, failure) => {
  const run = createRun(() => Promise.reject(refusal(code)));
  await run.start(request, draft);
  expect(run.get().failure).toMatchObject(failure);
});

const answer: GenerateAnswer = {
  success: true,
  scheduled_events: [],
  reasoning: "",
  confidence_score: 1,
  alternative_suggestions: [],
  warnings: [],
  unscheduled_tasks: [],
  unscheduled: [],
  processing_time_seconds: 0,
  grid_minutes: 15,
  error: null,
};

function progress(phase: Progress["phase"]): Progress {
  return { type: "progress", phase, fraction: 0, placed: 0, total: 0, cost: null };
}

function answering(...lines: (Progress | { type: "answer"; answer: GenerateAnswer })[]): Generate {
  return async () =>
    (async function* () {
      yield* lines;
    })();
}

async function* late(gate: Promise<void>) {
  await gate;
  yield { type: "answer" as const, answer };
}

function refusal(failure: string): Error {
  return Object.assign(new Error("no"), { data: { failure, httpStatus: 0, detail: { request_id: "r-1" } } });
}
