import { Preferences, type Progress } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { emptyDraft } from "./draft.ts";
import { type Answer, createRun, type Generate } from "./run.ts";

const draft = emptyDraft(Preferences.parse({}));
const request = { user_id: "local", tasks: [] };

it("shows progress, then the plan together with the draft it was made from", async () => {
  const seen: (string | undefined)[] = [];
  const run = createRun(answering(progress("constructing"), progress("improving"), { type: "answer", answer }));
  run.subscribe(() => seen.push(run.progress().at(-1)?.phase));
  await run.start(request, draft);
  expect(seen).toEqual([undefined, "constructing", "improving", "improving"]);
  expect(run.get()).toEqual({
    asked: { request, draft },
    running: false,
    proving: false,
    failure: null,
    planned: { answer, draft },
    beaten: null,
    taken: null,
    left: null,
  });
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

it("shows the first plan while the search for a better one goes on, and keeps it to go back to", async () => {
  const seen: unknown[] = [];
  const better = { ...answer, cost: 90, proof: "optimal" as const };
  const run = createRun(answering(first, progress("proving"), { type: "answer", answer: better, final: true }));
  run.subscribe(() => seen.push([run.get().proving, run.get().planned?.answer.cost]));
  await run.start(request, draft);
  expect(seen).toEqual([
    [false, undefined],
    [true, 100],
    [true, 100],
    [false, 90],
  ]);
  expect(run.get().beaten?.answer).toBe(first.answer);
});

it("remembers the plan that was gone back from until another one is made or put in place", async () => {
  const run = createRun(answering({ type: "answer", answer }));
  const left = { draft, label: "Re-plan", again: () => {} };
  run.leave(left);
  run.adopt(null);
  expect(run.get().left).toBe(left);
  run.adopt({ answer, draft }, { label: "Re-plan", back: () => {} });
  expect(run.get().left).toBeNull();
  run.leave(left);
  await run.start(request, draft);
  expect(run.get().left).toBeNull();
});

it("does not call a plan beaten that was only proven", async () => {
  const proven = { ...first.answer, proof: "optimal" as const };
  const run = createRun(answering(first, { type: "answer", answer: proven, final: true }));
  await run.start(request, draft);
  expect(run.get()).toMatchObject({ beaten: null, proving: false, planned: { answer: proven } });
});

it("keeps the first plan when a better one gave way to changes made meanwhile", async () => {
  const last = { ...answer, cost: 90 };
  const run = createRun(answering(first, { type: "answer", answer: last, final: true, stored: false }));
  await run.start(request, draft);
  expect(run.get()).toMatchObject({ proving: false, planned: { answer: first.answer } });
});

it("keeps the first plan, without a failure, when the search for a better one breaks off", async () => {
  const run = createRun(async () => breaking(first));
  await run.start(request, draft);
  expect(run.get()).toMatchObject({ running: false, proving: false, failure: null, planned: { answer: first.answer } });
});

it("can go back from a plan that was put in place, until another one is made", async () => {
  const back = () => run.adopt(null);
  const run = createRun(answering(first, { type: "answer", answer, final: true }));
  run.adopt({ answer, draft }, { label: "Improve", back });
  expect(run.get()).toMatchObject({ planned: { answer }, taken: { draft, back } });
  await run.start(request, draft);
  expect(run.get().taken).toBeNull();
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

const answer: Answer = {
  success: true,
  scheduled_events: [],
  reasoning: "",
  confidence_score: 1,
  alternative_suggestions: [],
  warnings: [],
  unscheduled_tasks: [],
  unscheduled: [],
  processing_time_seconds: 0,
  alternatives: [],
  grid_minutes: 15,
  cost: null,
  lower_bound: null,
  optimality_gap: null,
  proof: "none",
  time_limited: false,
  weights: null,
  days: [],
  pinned_events: [],
  kept_events: [],
  error: null,
  basis: null,
};

const first = { type: "answer" as const, answer: { ...answer, cost: 100 }, final: false };

function progress(phase: Progress["phase"]): Progress {
  return {
    type: "progress",
    phase,
    fraction: 0,
    placed: 0,
    total: 0,
    cost: null,
    lower_bound: null,
    optimality_gap: null,
    confidence_score: null,
  };
}

type Line = Progress | { type: "answer"; answer: Answer; final?: boolean; stored?: boolean };

function answering(...lines: Line[]): Generate {
  return async () =>
    (async function* () {
      yield* lines;
    })();
}

async function* breaking(line: Line) {
  yield line;
  throw new Error("the connection was lost");
}

async function* late(gate: Promise<void>) {
  await gate;
  yield { type: "answer" as const, answer };
}

function refusal(failure: string): Error {
  return Object.assign(new Error("no"), { data: { failure, httpStatus: 0, detail: { request_id: "r-1" } } });
}
