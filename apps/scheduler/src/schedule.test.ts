import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GenerateAnswer, GenerateRequest, OptimizeAnswer, Progress } from "./contract/index.ts";
import { judge, verify } from "./optimize/index.ts";
import { prover } from "./testing/program.ts";
import { type Answered, type House, posted, serve } from "./testing/serve.ts";

const week = JSON.parse(readFileSync(new URL("../fixtures/week.json", import.meta.url), "utf8"));
const task = { id: "a", title: "A", estimated_duration_minutes: 30 };
const event = { id: "e", title: "E", start_time: "2030-03-25T09:00", end_time: "2030-03-25T10:00" };
const now = Date.UTC(2030, 2, 25, 6);

// Starting threads is what takes time; the tests of one file ask one service, one after the other.
let house: House;
beforeAll(async () => void (house = await serve({ now: () => now })));
afterAll(() => house[Symbol.asyncDispose]());

describe("POST /api/v1/schedule", () => {
  it("plans the fixture week: every task, no rule broken", async () => {
    const { status, headers, body } = await house.post("/api/v1/schedule", week);
    const answer = GenerateAnswer.parse(body);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(answer).toMatchObject({ success: true, error: null, unscheduled_tasks: [] });
    const planned = answer.scheduled_events.filter(({ type }) => type === "task").map((placed) => placed.task_id);
    expect(planned.toSorted()).toEqual(week.tasks.map(({ id }: { id: string }) => id).toSorted());
    expect(answer.processing_time_seconds).toBeGreaterThan(0);
    expect(verify(GenerateRequest.parse(week), answer, now)).toEqual([]);
  });

  it("plans the same again for the same request", async () => {
    const [first, second] = [await house.post("/api/v1/schedule", week), await house.post("/api/v1/schedule", week)];
    const plan = ({ body }: Answered) => ({ ...(body as object), processing_time_seconds: 0 });
    expect(plan(second)).toEqual(plan(first));
  });

  it("plans the same with however many workers", async () => {
    const plan = ({ body }: Answered) => ({ ...(body as object), processing_time_seconds: 0 });
    await using crowd = await serve({ now: () => now, env: { SCHEDULER_WORKERS: "2" } });
    const alone = plan(await house.post("/api/v1/schedule", week));
    for (let round = 0; round < 3; round += 1) expect(plan(await crowd.post("/api/v1/schedule", week))).toEqual(alone);
  });

  it("has an empty plan for no task", async () => {
    expect((await plan({ tasks: [] })).body).toMatchObject({ success: true, unscheduled_tasks: [], error: null });
  });

  it("says why when the horizon has no free time", async () => {
    const existing_events = [{ ...event, start_time: "2030-03-24T00:00", end_time: "2030-04-10T00:00" }];
    const { status, body } = await plan({ existing_events });
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: false, unscheduled_tasks: ["a"], error: expect.stringMatching(/\w+ \w+/) });
  });
});

describe("bad input is answered in the contract's shape", () => {
  it.each(["{", "", "nope", '{"user_id":"u","tasks":[}'])("malformed JSON: %j", async (text) => {
    expect(await house.post("/api/v1/schedule", text)).toMatchObject({
      status: 400,
      body: { detail: { error: expect.stringContaining("Malformed JSON") } },
    });
  });

  it("bytes that are no UTF-8", async () => {
    expect(await house.post("/api/v1/schedule", new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({ status: 400 });
  });

  it.each<[string, object, (string | number)[], string]>([
    ["a wrong type", { tasks: "none" }, ["body", "tasks"], "list"],
    ["a missing field", { user_id: undefined }, ["body", "user_id"], "required"],
    [
      "an unknown zone",
      { user_preferences: { timezone: "Mars/Base" } },
      ["body", "user_preferences", "timezone"],
      "Mars/Base",
    ],
    [
      "an end before its start",
      { existing_events: [{ ...event, end_time: "2030-03-25T08:00" }] },
      ["body", "existing_events", 0, "end_time"],
      "2030-03-25T08:00",
    ],
    ["an id used twice", { tasks: [task, task] }, ["body", "tasks", 1, "id"], "'a'"],
    [
      "a dependency on nothing",
      { tasks: [{ ...task, dependencies: ["ghost"] }] },
      ["body", "tasks", 0, "dependencies", 0],
      "'ghost'",
    ],
    [
      "a dependency cycle",
      {
        tasks: [
          { ...task, dependencies: ["b"] },
          { ...task, id: "b", dependencies: ["a"] },
        ],
      },
      ["body", "tasks", 0, "dependencies"],
      "a → b → a",
    ],
    [
      "501 tasks",
      { tasks: Array.from({ length: 501 }, (_, index) => ({ ...task, id: `t${index}` })) },
      ["body", "tasks"],
      "at most 500 items",
    ],
  ])("%s", async (_name, change, loc, words) => {
    expect(await plan(change)).toMatchObject({
      status: 422,
      body: { detail: [{ loc, type: expect.any(String), msg: expect.stringContaining(words) }] },
    });
  });

  it("JSON nested beyond measure", async () => {
    const nested = "[".repeat(200_000) + "]".repeat(200_000);
    const { status } = await house.post("/api/v1/schedule", `{"user_id":"u","tasks":[${nested}]}`);
    expect(status).toBe(422);
  });

  it("and leaves the service healthy", async () => {
    expect((await house.get("/health")).body).toMatchObject({ status: "healthy", workers: 1, active_solves: 0 });
    expect((await plan({})).body).toMatchObject({ success: true });
    expect(house.lines().filter(({ level }) => level === "error")).toEqual([]);
  });
});

describe("POST /api/v1/optimize", () => {
  it("improves a plan without losing a task", async () => {
    const { scheduled_events } = GenerateAnswer.parse((await house.post("/api/v1/schedule", week)).body);
    const { status, body } = await house.post("/api/v1/optimize", {
      ...week,
      existing_schedule: scheduled_events,
      optimization_goals: ["improve_efficiency"],
    });
    const answer = OptimizeAnswer.parse(body);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ success: true, error: null, unscheduled_tasks: [] });
    expect(answer.optimized_schedule.filter(({ type }) => type === "task")).toHaveLength(25);
  });

  it("plans by what the events say where no tasks come along", async () => {
    const existing_schedule = [{ ...event, id: "a", task_id: "a", type: "task", priority: "high", category: "work" }];
    const { status, body } = await house.post("/api/v1/optimize", { user_id: "u", existing_schedule });
    expect(status).toBe(200);
    expect(OptimizeAnswer.parse(body).optimized_schedule.map(({ task_id }) => task_id)).toContain("a");
  });

  it("refuses an event without times", async () => {
    const existing_schedule = [{ id: "a", title: "A", task_id: "a", type: "task", priority: null, category: null }];
    expect(await house.post("/api/v1/optimize", { user_id: "u", existing_schedule })).toMatchObject({
      status: 422,
      body: { detail: [{ type: "missing", loc: ["body", "existing_schedule", 0, "start_time"] }, { type: "missing" }] },
    });
  });
});

describe("with Accept: application/x-ndjson", () => {
  const accept = { accept: "application/x-ndjson" };

  it("tells how far it is, then the answer that JSON would have had", async () => {
    const { status, headers, text } = await house.post("/api/v1/schedule", week, accept);
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const last = lines.pop();
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    expect(headers.get("cache-control")).toContain("no-transform");

    const steps = lines.map((line) => Progress.parse(line));
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.map(({ fraction }) => fraction)).toEqual(
      steps.map(({ fraction }) => fraction).toSorted((a, b) => a - b),
    );
    const plain = (await house.post("/api/v1/schedule", week)).body as object;
    expect({ ...last.answer, processing_time_seconds: 0 }).toEqual({ ...plain, processing_time_seconds: 0 });
    expect(last.type).toBe("answer");
  });

  it("gives what is refused at once its status", async () => {
    expect(await house.post("/api/v1/schedule", "{", accept)).toMatchObject({
      status: 400,
      body: { detail: { error: expect.stringContaining("Malformed JSON") } },
    });
  });

  it("gives what is refused after it waited a line of its own", async () => {
    const [, refused] = await Promise.all([plan(week), house.post("/api/v1/schedule", "{", accept)]);
    const lines = refused.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(refused.status).toBe(200);
    expect(lines[0]).toMatchObject({ type: "progress", phase: "queued" });
    expect(lines.at(-1)).toMatchObject({ type: "error", status: 400, detail: { error: expect.any(String) } });
  });
});

describe("with ?proof=true", () => {
  const accept = { accept: "application/x-ndjson" };

  it("gives the plan, then goes on to say how good it is", async () => {
    await using proving = await serve({
      now: () => now,
      effort: { seed: 1, iterations: 400 },
      env: { SCHEDULER_PROOF_SECONDS: "5" },
    });
    const { text } = await proving.post("/api/v1/schedule?proof=true", week, accept);
    const lines = linesOf(text);
    const answers = lines.filter(({ type }) => type === "answer");
    expect(answers.map(({ final }) => final)).toEqual([false, true]);
    const [first, last] = answers.map(({ answer }) => GenerateAnswer.parse(answer));
    const proofs = lines.slice(lines.indexOf(answers[0])).filter(({ type }) => type === "progress");
    expect(new Set(proofs.map(({ phase }) => phase))).toEqual(new Set(["proving"]));
    expect(last?.cost).toBeLessThanOrEqual(first?.cost ?? 0);
    expect(last?.lower_bound).toBeGreaterThanOrEqual(first?.lower_bound ?? 0);
    expect(last && judge(GenerateRequest.parse(week), last, now)).toEqual([]);
    expect((await proving.get("/metrics")).text).toMatch(/^beq_scheduler_proofs_total\{ending="proved"\} 1$/m);
  });

  it("says it once where there is nothing left to prove", async () => {
    const { text } = await house.post("/api/v1/schedule?proof=true", { user_id: "u", tasks: [task] }, accept);
    expect(linesOf(text).filter(({ type }) => type === "answer")).toMatchObject([
      { final: true, answer: { proof: "optimal", optimality_gap: 0 } },
    ]);
  });

  it("gives the plan again where its proof is lost", async () => {
    await using proving = await serve({
      now: () => now,
      effort: { seed: 1, iterations: 400 },
      proofEntry: prover("process.exit(1)"),
    });
    const { text } = await proving.post("/api/v1/schedule?proof=true", week, accept);
    const [first, last, ...more] = linesOf(text).filter(({ type }) => type === "answer");
    expect(more).toEqual([]);
    expect(last).toEqual({ ...first, final: true });
    expect((await proving.post("/api/v1/schedule", week)).status).toBe(200);
  });

  it("says with the plan no less of how good it is than the lines of a proof that is lost", async () => {
    const line = `{ type: "progress", phase: "proving", fraction: 0.5, placed: 1, total: 1, cost: job.known.cost, lower_bound: job.known.cost - 1 }`;
    await using proving = await serve({
      now: () => now,
      effort: { seed: 1, iterations: 400 },
      proofEntry: prover(`report(${line}); setTimeout(() => process.exit(1), 50);`),
    });
    const { text } = await proving.post("/api/v1/schedule?proof=true", week, accept);
    const { answer } = linesOf(text).at(-1);
    const { cost, lower_bound: bound, optimality_gap: gap, proof } = GenerateAnswer.parse(answer);
    expect({ bound, gap, proof }).toEqual({ bound: (cost ?? 0) - 1, gap: 1 / (cost ?? 0), proof: "bounded" });
  });

  it("stops when its reader leaves", async () => {
    await using proving = await serve({ now: () => now, effort: { seed: 1, iterations: 400 } });
    const leave = new AbortController();
    const { body } = await fetch(`${proving.url}/api/v1/schedule?proof=true`, {
      ...posted(week, accept),
      signal: leave.signal,
    });
    const read = async () => {
      for await (const chunk of body ?? [])
        if (new TextDecoder().decode(chunk).includes('"final":false')) leave.abort();
    };
    await expect(read()).rejects.toThrow("aborted");
    await expect
      .poll(async () => (await proving.get("/metrics")).text)
      .toMatch(/^beq_scheduler_proofs_total\{ending="left"\} 1$/m);
    expect((await proving.get("/health")).body).toMatchObject({ proofs: 0 });
  });
});

describe("a client that goes away", () => {
  it("stops the optimizer, and the next is served", async () => {
    await using endless = await serve({ now: () => now, effort: { seed: 1, iterations: 1e9 } });
    const leave = new AbortController();
    const response = await fetch(`${endless.url}/api/v1/schedule`, {
      ...posted(week, { accept: "application/x-ndjson" }),
      signal: leave.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    expect((await endless.get("/health")).body).toMatchObject({ active_solves: 1 });

    leave.abort();
    await reader?.closed.catch(() => undefined);
    await expect
      .poll(async () => (await endless.get("/health")).body, { interval: 20 })
      .toMatchObject({ active_solves: 0 });
    expect((await endless.post("/api/v1/schedule", "{")).status).toBe(400);
  });

  it("is the only one who would wait: the time limit ends an endless search with its best plan", async () => {
    await using endless = await serve({
      now: () => now,
      effort: { seed: 1, iterations: 1e9 },
      env: { SCHEDULER_TIME_LIMIT_SECONDS: "5" },
    });
    const { status, body } = await endless.post("/api/v1/schedule", week);
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, time_limited: true });
  });
});

function plan(change: object): Promise<Answered> {
  return house.post("/api/v1/schedule", { user_id: "u", tasks: [task], ...change });
}

function linesOf(text: string) {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
