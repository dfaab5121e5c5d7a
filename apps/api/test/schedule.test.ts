import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { GenerateAnswer, GenerateRequest, OptimizeAnswer, ScheduledEvent } from "@beq/scheduler/contract";
import { serve as serveScheduler } from "@beq/scheduler/testing";
import { createTRPCClient, httpBatchStreamLink } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppRouter } from "../src/router.ts";
import type { z } from "zod";
import { type Api, monday, serve } from "./serve.ts";

const generate = "/api/v1/schedule/generate";
const fixture = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../scheduler/fixtures/week.json", import.meta.url)), "utf8"),
) as z.input<typeof GenerateRequest>;

let scheduler: Awaited<ReturnType<typeof serveScheduler>>;
let api: Api;
let clock = monday;

beforeAll(async () => {
  scheduler = await serveScheduler({ now: () => clock, env: { SCHEDULER_PROOF_SECONDS: "1" } });
  api = await serve({ scheduler: scheduler.url, now: () => clock });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await scheduler[Symbol.asyncDispose]();
});

describe("POST /api/v1/schedule/generate", () => {
  it("plans the fixture week, every task of it", async () => {
    const { status, body } = await api.post(generate, fixture);
    const answer = body as GenerateAnswer;
    expect(status).toBe(200);
    expect(answer).toMatchObject({ success: true, error: null, unscheduled_tasks: [] });
    expect(new Set(tasksOf(answer.scheduled_events).map(({ task_id: task }) => task))).toEqual(
      new Set(fixture.tasks.map(({ id }) => id)),
    );
    expect(answer.scheduled_events.every(({ start_time: start }) => /\+0[12]:00$/.test(start))).toBe(true);
    expect(answer.confidence_score).toBeGreaterThan(0);
    expect(answer.confidence_score).toBeLessThan(1);
  });

  it("has every field of the contract", async () => {
    const { body } = await api.post(generate, weekOf("fields", [task("a")]));
    expect(Object.keys(body as object)).toEqual(
      expect.arrayContaining([
        "success",
        "scheduled_events",
        "reasoning",
        "confidence_score",
        "alternative_suggestions",
        "warnings",
        "unscheduled_tasks",
        "processing_time_seconds",
        "error",
      ]),
    );
    expect((body as GenerateAnswer).scheduled_events[0]).toMatchObject({
      id: "a",
      task_id: "a",
      title: "Task a",
      type: "task",
      priority: "medium",
      category: "work",
      start_time: "2030-03-25T09:00:00+00:00",
      end_time: "2030-03-25T10:00:00+00:00",
    });
  });

  it("stores the plan, which is read back from where it was put", async () => {
    const { body } = await api.post(generate, weekOf("stored", [task("a"), task("b")]));
    expect(await api.get("/api/v1/schedule/stored/")).toMatchObject({
      status: 200,
      body: {
        user_id: "stored",
        last_updated: "2030-03-25T06:00:00.000Z",
        events: (body as GenerateAnswer).scheduled_events,
      },
    });
  });

  it("replaces the plan before it, but not what was pinned by hand", async () => {
    await api.post(generate, weekOf("again", [task("a"), task("b")]));
    await api.post("/api/v1/schedule/again/reschedule", {
      updates: [{ event_id: "b", start_time: "2030-03-26T13:00:00", end_time: "2030-03-26T14:00:00" }],
    });
    await api.post(generate, weekOf("again", [task("b"), task("c")]));
    const events = tasksOf(await eventsOf("again"));
    expect(events.map(({ id }) => id).toSorted()).toEqual(["b", "c"]);
    expect(events.find(({ id }) => id === "b")).toMatchObject({
      start_time: "2030-03-26T13:00:00+00:00",
      pinned: true,
    });
  });

  it("keeps what is over or has begun, and plans the rest around it", async () => {
    const early = weekOf("later", [task("a"), task("b"), task("c")]);
    await api.post(generate, early);
    clock = Date.UTC(2030, 2, 25, 9, 30);
    await api.post(generate, early);
    clock = monday;
    const events = tasksOf(await eventsOf("later"));
    expect(events.filter(({ id }) => id === "a")).toMatchObject([{ start_time: "2030-03-25T09:00:00+00:00" }]);
    expect(events.slice(1).every(({ start_time: start }) => start >= "2030-03-25T10:00")).toBe(true);
    expect(events).toHaveLength(3);
  });

  it("plans no second lunch, and nothing into the one that has begun", async () => {
    const early = { ...weekOf("lunch", [task("a")]), user_preferences: { lunch_time: "13:00" } };
    clock = Date.UTC(2030, 2, 25, 9);
    const meeting = event("meeting", "2030-03-25T12:45:00", "2030-03-25T15:30:00");
    await api.post(generate, { ...early, existing_events: [meeting] });
    const [lunch] = (await eventsOf("lunch")).filter(({ type }) => type === "lunch");
    expect(lunch?.start_time).toBe("2030-03-25T11:45:00+00:00");
    clock = Date.UTC(2030, 2, 25, 12);
    await api.post(generate, { ...early, tasks: [task("b")] });
    clock = monday;
    const today = (await eventsOf("lunch")).filter(({ start_time: start }) => start < "2030-03-26");
    expect(today.filter(({ type }) => type === "lunch")).toEqual([lunch]);
    expect(today.find(({ id }) => id === "b")?.start_time).toBe("2030-03-25T12:45:00+00:00");
  });

  it("reads times without an offset in the stored zone when the request names none", async () => {
    await api.post(generate, { ...weekOf("zoned", [task("a")]), user_preferences: { timezone: "America/New_York" } });
    const blocked = {
      ...weekOf("zoned", [task("b")]),
      existing_events: [event("meeting", "2030-03-25T09:00:00", "2030-03-25T11:00:00")],
    };
    const { body } = await api.post(generate, blocked);
    expect(tasksOf((body as GenerateAnswer).scheduled_events)[0]?.start_time).toMatch(
      /^2030-03-25T(11|12|13).*-04:00$/,
    );
  });

  it("does not lose a plan to another that is made at the same time", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const answers = await Promise.all(names.map((id) => api.post(generate, weekOf("crowd", [task(id)]))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(names).toContain(tasksOf(await eventsOf("crowd"))[0]?.id);
  });

  it("answers 200 without success where nothing can be planned at all", async () => {
    const blocked = {
      ...weekOf("blocked", [task("a")]),
      planning_horizon_days: 1,
      existing_events: [event("all day", "2030-03-25T00:00:00", "2030-03-26T00:00:00")],
    };
    expect(await api.post(generate, blocked)).toMatchObject({
      status: 200,
      body: { success: false, error: expect.any(String), scheduled_events: [], unscheduled_tasks: ["a"] },
    });
  });

  it("tells a task apart from a lunch of the same name", async () => {
    await api.post(generate, weekOf("names", [task("lunch-2030-03-25"), task("break-2030-03-25")]));
    const events = await eventsOf("names");
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const again = { user_id: "names", start_date: "2030-03-25", end_date: "2030-04-01" };
    expect(await api.post("/api/v1/schedule/optimize", again)).toMatchObject({ status: 200, body: { success: true } });
  });

  it("answers an empty plan for no tasks", async () => {
    expect(await api.post(generate, weekOf("idle", []))).toMatchObject({
      status: 200,
      body: { success: true, confidence_score: 1, error: null },
    });
  });
});

describe("bad input of generate", () => {
  const at = (...loc: (string | number)[]) => ["body", ...loc];
  const base = weekOf("bad", [task("a")]);
  it.each([
    [
      "a wrong type",
      { ...base, tasks: [{ ...task("a"), title: 3 }] },
      "string_type",
      at("tasks", 0, "title"),
      /string/,
    ],
    [
      "a number in quotes",
      { ...base, tasks: [{ ...task("a"), estimated_duration_minutes: "60" }] },
      "int_type",
      at("tasks", 0, "estimated_duration_minutes"),
      /integer/,
    ],
    [
      "a missing field",
      { ...base, tasks: [{ id: "a", title: "x" }] },
      "missing",
      at("tasks", 0, "estimated_duration_minutes"),
      /required/,
    ],
    [
      "an unknown word",
      { ...base, tasks: [{ ...task("a"), priority: "asap" }] },
      "enum",
      at("tasks", 0, "priority"),
      /'low', 'medium', 'high' or 'urgent'/,
    ],
    [
      "a title too long",
      { ...base, tasks: [{ ...task("a"), title: "x".repeat(201) }] },
      "string_too_long",
      at("tasks", 0, "title"),
      /200/,
    ],
    [
      "a duration too short",
      { ...base, tasks: [{ ...task("a"), estimated_duration_minutes: 0 }] },
      "greater_than_equal",
      at("tasks", 0, "estimated_duration_minutes"),
      /1/,
    ],
    [
      "a duration too long",
      { ...base, tasks: [{ ...task("a"), estimated_duration_minutes: 1441 }] },
      "less_than_equal",
      at("tasks", 0, "estimated_duration_minutes"),
      /1440/,
    ],
    [
      "text that no database holds",
      { ...base, tasks: [{ ...task("a"), title: "half \ud83d" }] },
      "value_error",
      at("tasks", 0, "title"),
      /surrogate/,
    ],
    [
      "a NUL",
      { ...base, tasks: [{ ...task("a"), category: "a\0b" }] },
      "value_error",
      at("tasks", 0, "category"),
      /NUL/,
    ],
    [
      "no time",
      { ...base, tasks: [{ ...task("a"), deadline: "soon" }] },
      "datetime_from_date_parsing",
      at("tasks", 0, "deadline"),
      /datetime/,
    ],
    [
      "a day that is not",
      { ...base, tasks: [{ ...task("a"), deadline: "2030-02-30T10:00:00" }] },
      "datetime_from_date_parsing",
      at("tasks", 0, "deadline"),
      /datetime/,
    ],
    [
      "an unknown zone",
      { ...base, user_preferences: { timezone: "Mars/Olympus" } },
      "value_error",
      at("user_preferences", "timezone"),
      /Mars\/Olympus/,
    ],
    [
      "an end before its start",
      { ...base, existing_events: [event("e", "2030-03-25T10:00:00", "2030-03-25T09:00:00")] },
      "value_error",
      at("existing_events", 0, "end_time"),
      /after start_time/,
    ],
    [
      "a duplicate task",
      { ...base, tasks: [task("a"), task("a")] },
      "value_error",
      at("tasks", 1, "id"),
      /'a' is used twice/,
    ],
    [
      "a cycle",
      { ...base, tasks: [task("a", ["c"]), task("b", ["a"]), task("c", ["b"])] },
      "value_error",
      at("tasks", 0, "dependencies"),
      /a → c → b → a/,
    ],
    [
      "an unknown dependency",
      { ...base, tasks: [task("a", ["ghost"])] },
      "value_error",
      at("tasks", 0, "dependencies", 0),
      /ghost/,
    ],
    [
      "501 tasks",
      { ...base, tasks: Array.from({ length: 501 }, (_, index) => task(`t${index}`)) },
      "too_long",
      at("tasks"),
      /500/,
    ],
    ["no user", { tasks: [] }, "missing", at("user_id"), /required/],
  ])("names %s", async (_what, body, type, loc, msg) => {
    const answer = await api.post(generate, body);
    expect(answer).toMatchObject({ status: 422, body: { detail: [{ type, loc, msg: expect.stringMatching(msg) }] } });
  });

  it("names every problem at once, the same over tRPC", async () => {
    const body = {
      ...base,
      tasks: [
        { ...task("a"), title: "" },
        { ...task("b"), priority: 1 },
      ],
      planning_horizon_days: 91,
    };
    const { body: rest } = await api.post(generate, body);
    const { status, body: rpc } = await api.post("/trpc/schedule.generate", body);
    const detail = (rest as { detail: unknown[] }).detail;
    expect(detail).toHaveLength(3);
    expect({ status, rpc }).toMatchObject({ status: 422, rpc: { error: { data: { failure: "invalid", detail } } } });
  });
});

describe("GET /api/v1/schedule/{user_id}", () => {
  it("is empty for a user without a plan", async () => {
    expect(await api.get("/api/v1/schedule/nobody")).toMatchObject({
      status: 200,
      body: { user_id: "nobody", events: [], last_updated: null },
    });
  });

  it("gives a half-open period", async () => {
    await api.post(generate, weekOf("period", [task("a"), task("b")]));
    const ids = async (query: string) =>
      tasksOf(((await api.get(`/api/v1/schedule/period?${query}`)).body as { events: ScheduledEvent[] }).events).map(
        ({ id }) => id,
      );
    expect(await ids("end_date=2030-03-25T09:00:00")).toEqual([]);
    expect(await ids("start_date=2030-03-25T09:00:00&end_date=2030-03-25T10:00:00")).toEqual(["a"]);
    expect(await ids("start_date=2030-03-25T10:00:00Z")).toEqual(["b"]);
  });

  it.each([
    ["start_date=tomorrow", "datetime_from_date_parsing", "start_date"],
    ["start_date=2030-03-26&end_date=2030-03-25", "value_error", "end_date"],
  ])("refuses %s", async (query, type, field) => {
    expect(await api.get(`/api/v1/schedule/u?${query}`)).toMatchObject({
      status: 422,
      body: { detail: [{ type, loc: ["query", field] }] },
    });
  });
});

describe("POST /api/v1/schedule/optimize", () => {
  it("plans a period of the stored schedule again", async () => {
    await api.post(generate, weekOf("better", [task("a"), task("b")]));
    const { status, body } = await api.post("/api/v1/schedule/optimize", {
      user_id: "better",
      start_date: "2030-03-25",
      end_date: "2030-03-30",
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        success: true,
        improvements: expect.any(Array),
        confidence_score: expect.any(Number),
        processing_time_seconds: expect.any(Number),
        error: null,
      },
    });
    expect(
      tasksOf((body as OptimizeAnswer).optimized_schedule)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(["a", "b"]);
    expect(tasksOf(await eventsOf("better"))).toHaveLength(2);
  });

  it("leaves alone what is outside of the period", async () => {
    await api.post(generate, weekOf("outside", [task("a"), { ...task("b"), estimated_duration_minutes: 480 }]));
    const before = await eventsOf("outside");
    await api.post("/api/v1/schedule/optimize", {
      user_id: "outside",
      start_date: "2030-03-28T00:00:00",
      end_date: "2030-03-29T00:00:00",
    });
    expect(tasksOf(await eventsOf("outside"))).toEqual(tasksOf(before));
  });

  it("has nothing to do for a user without a plan", async () => {
    expect(
      await api.post("/api/v1/schedule/optimize", {
        user_id: "none",
        start_date: "2030-03-25",
        end_date: "2030-03-30",
      }),
    ).toMatchObject({
      status: 200,
      body: { success: false, error: "Nothing is planned yet for user 'none'" },
    });
  });

  it.each([
    ["an end before the start", { start_date: "2030-03-26", end_date: "2030-03-25" }, "value_error", "end_date"],
    ["no end", { start_date: "2030-03-26" }, "missing", "end_date"],
  ])("refuses %s", async (_what, period, type, field) => {
    expect(await api.post("/api/v1/schedule/optimize", { user_id: "u", ...period })).toMatchObject({
      status: 422,
      body: { detail: [{ type, loc: ["body", field] }] },
    });
  });
});

describe("POST /api/v1/schedule/{user_id}/reschedule", () => {
  it("moves an event and what it displaces, and nothing else", async () => {
    await api.post(generate, weekOf("move", [task("a"), task("b"), task("c")]));
    const before = new Map((await eventsOf("move")).map((one) => [one.id, one.start_time]));
    const target = before.get("b") ?? "";
    const end = new Date(Date.parse(target) + 3_600_000).toISOString();
    const { status, body } = await api.post("/api/v1/schedule/move/reschedule", {
      updates: [{ event_id: "a", start_time: target, end_time: end }],
    });
    expect({ status, body }).toMatchObject({ status: 200, body: { success: true, error: null } });
    const after = new Map((await eventsOf("move")).map((one) => [one.id, one]));
    expect(after.get("a")).toMatchObject({ start_time: target, pinned: true });
    expect(after.get("b")?.start_time).not.toBe(target);
    expect(after.get("c")?.start_time).toBe(before.get("c"));
  });

  it("moves a meeting of the calendar, which then stays there", async () => {
    const meeting = { ...event("standup", "2030-03-25T09:00:00", "2030-03-25T10:00:00"), is_moveable: true };
    await api.post(generate, { ...weekOf("meeting", [task("a")]), existing_events: [meeting] });
    const updates = [{ event_id: "standup", start_time: "2030-03-26T10:00:00", end_time: "2030-03-26T11:00:00" }];
    expect(await api.post("/api/v1/schedule/meeting/reschedule", { updates })).toMatchObject({ status: 200 });
    const { body } = await api.get("/api/v1/schedule/meeting");
    expect(body).toMatchObject({
      existing_events: [{ id: "standup", start_time: "2030-03-26T10:00:00+00:00", is_moveable: false }],
    });
    expect((body as { events: ScheduledEvent[] }).events.some(({ id }) => id === "standup")).toBe(false);
  });

  it("warns of a deadline that the move misses", async () => {
    await api.post(generate, weekOf("late", [{ ...task("a"), deadline: "2030-03-25T12:00:00" }]));
    const { body } = await api.post("/api/v1/schedule/late/reschedule", {
      updates: [{ event_id: "a", start_time: "2030-03-26T09:00:00", end_time: "2030-03-26T10:00:00" }],
    });
    expect((body as OptimizeAnswer).warnings.join(" ")).toMatch(/Task a.*after its deadline/);
  });

  it.each([
    ["no update", [], 422],
    [
      "an end before the start",
      [{ event_id: "a", start_time: "2030-03-26T09:00:00", end_time: "2030-03-26T08:00:00" }],
      422,
    ],
  ])("refuses %s", async (_what, updates, status) => {
    await api.post(generate, weekOf("refused", [task("a")]));
    const answer = await api.post("/api/v1/schedule/refused/reschedule", { updates });
    expect(answer).toMatchObject({ status, body: { detail: expect.any(Array) } });
  });

  it("does not know an event that is not there", async () => {
    await api.post(generate, weekOf("ghostly", [task("a")]));
    const updates = [{ event_id: "ghost", start_time: "2030-03-26T09:00:00", end_time: "2030-03-26T10:00:00" }];
    for (const user of ["ghostly", "without-a-plan"])
      expect(await api.post(`/api/v1/schedule/${user}/reschedule`, { updates })).toMatchObject({
        status: 404,
        body: { detail: { error: "Event 'ghost' not found" } },
      });
  });
});

describe("the scheduler behind it", () => {
  it("is unavailable when it is down, and the API goes on", async () => {
    await using alone = await serve();
    const { status, body, headers } = await alone.post(generate, weekOf("u", [task("a")]));
    expect({ status, body }).toEqual({ status: 503, body: { detail: { error: "The scheduler is not reachable" } } });
    expect(headers.get("retry-after")).toBe("5");
    expect(await alone.get("/api/v1/schedule/u")).toMatchObject({ status: 200, body: { events: [] } });
  });

  it.each([
    ["is too slow", () => undefined, 504, /longer than 1 seconds/],
    ["answers no plan", () => ({ status: 200, text: '{"type":"answer","answer":{"plan":1}}\n' }), 502, /wrongly/],
    ["answers no JSON", () => ({ status: 200, text: "<html>" }), 502, /wrongly/],
    ["refuses what it should take", () => ({ status: 422, text: "{}" }), 502, /422/],
    ["is full", () => ({ status: 503, text: "{}" }), 503, /overloaded/],
    ["breaks off", () => ({ status: 200, text: "" }), 503, /broke off/],
  ])("%s", async (_what, reply, status, error) => {
    const env = status === 504 ? { SCHEDULER_TIMEOUT_SECONDS: "1" } : {};
    await using other = await stranger(reply);
    await using house = await serve({ scheduler: other.url, env });
    const answer = await house.post(generate, weekOf("u", [task("a")]));
    expect(answer).toMatchObject({ status, body: { detail: { error: expect.stringMatching(error) } } });
    expect(await house.get("/health")).toMatchObject({ status: 200 });
  });

  it("gets the ids of the request", async () => {
    const trace = "0af7651916cd43dd8448eb211c80319c";
    await api.post(generate, weekOf("traced", [task("a")]), {
      "x-request-id": "request-1234",
      traceparent: `00-${trace}-b7ad6b7169203331-01`,
    });
    const ours = api
      .lines()
      .find(({ request_id: id, operation }) => id === "request-1234" && operation === "schedule_generation");
    const theirs = scheduler.lines().find(({ request_id: id }) => id === "request-1234");
    expect(ours).toMatchObject({
      trace_id: trace,
      user_id: "traced",
      status: "success",
      service: "api",
      event_count: expect.any(Number),
      duration: expect.any(Number),
    });
    expect(theirs).toMatchObject({ trace_id: trace, service: "scheduler" });
    expect(JSON.stringify([...api.lines(), ...scheduler.lines()])).not.toContain("Task a");
  });
});

describe("schedule.generateLive", () => {
  it("tells its progress, then the answer that generate gives", async () => {
    const stream = await client().schedule.generateLive.mutate({ ...weekOf("live", [task("a"), task("b")]) });
    const seen = [];
    for await (const one of stream) seen.push(one);
    const last = seen.at(-1);
    expect(seen[0]).toMatchObject({ type: "progress" });
    expect(seen.slice(0, -1).every((one) => one.type === "progress" || !one.final)).toBe(true);
    expect(last).toMatchObject({ type: "answer", final: true, answer: { success: true } });
    expect(tasksOf(await eventsOf("live"))).toHaveLength(2);
  });

  it("stores the first plan at once, and what its proof came to after that", async () => {
    const stream = await client().schedule.generateLive.mutate(hard("proven"));
    const answers = [];
    const versions = [];
    for await (const one of stream) {
      if (one.type !== "answer") continue;
      answers.push(one);
      versions.push(((await api.get("/api/v1/schedule/proven")).body as { version: number }).version);
    }
    const [first, last] = answers;
    expect(answers.map(({ final }) => final)).toEqual([false, true]);
    expect(versions[0]).toBe(first?.answer.basis?.version);
    expect(versions[1]).toBe(last?.answer.basis?.version);
    expect(last?.stored).toBe(true);
    expect(last?.answer.cost).toBeLessThanOrEqual(first?.answer.cost ?? 0);
    const shown = tasksOf(last?.answer.scheduled_events ?? []).map(({ id, start_time: start }) => [id, start]);
    expect(tasksOf(await eventsOf("proven")).map(({ id, start_time: start }) => [id, start])).toEqual(shown);
    const counted = await metric(/^beq_schedule_generation_requests_total\{.*user_id="proven".*\} (\d+)/m);
    expect(counted).toBe(1);
  });

  it("leaves alone what the person changed while the proof went on", async () => {
    const stream = await client().schedule.generateLive.mutate(hard("busy"));
    let last: unknown;
    for await (const one of stream) {
      last = one;
      if (one.type !== "answer" || one.final) continue;
      const [event] = tasksOf(one.answer.scheduled_events);
      const friday = { start_time: "2030-03-29T15:00:00+01:00", end_time: "2030-03-29T15:30:00+01:00" };
      const { status } = await api.post("/api/v1/schedule/busy/reschedule", {
        updates: [{ event_id: event?.id, ...friday }],
      });
      expect(status).toBe(200);
    }
    expect(last).toMatchObject({ type: "answer", final: true });
    const { version, events } = (await api.get("/api/v1/schedule/busy")).body as {
      version: number;
      events: ScheduledEvent[];
    };
    expect(version).toBe(2);
    expect(events.filter(({ pinned }) => pinned)).toHaveLength(1);
  });

  it("keeps what it stored when its reader leaves during the proof", async () => {
    const leaving = new AbortController();
    const stream = await client().schedule.generateLive.mutate(hard("content"), { signal: leaving.signal });
    const reading = (async () => {
      for await (const one of stream) if (one.type === "answer") leaving.abort();
    })();
    await reading.catch(() => undefined);
    expect(tasksOf(await eventsOf("content"))).toHaveLength(fixture.tasks.length);
    await expect.poll(async () => ((await scheduler.get("/health")).body as { proofs: number }).proofs).toBe(0);
    expect(api.lines().filter(({ user_id: user, status }) => user === "content" && status === "cancelled")).toEqual([]);
  });

  it.each([
    ["breaks off", ""],
    ["fails", '{"type":"error","status":500,"detail":{"error":"Internal server error"}}\n'],
    ["makes no sense", "<html>\n"],
  ])("keeps the first plan when the proof %s", async (name, rest) => {
    const week = weekOf("unproven", [task("a"), task("b")]);
    const { text } = await scheduler.post("/api/v1/schedule", week);
    const first = `{"type":"answer","final":false,"answer":${text}}\n`;
    await using other = await stranger(() => ({ status: 200, text: first + rest }));
    await using house = await serve({ scheduler: other.url });
    const stream = await client(house).schedule.generateLive.mutate({ ...week, user_id: `unproven-${name}` });
    const seen = [];
    for await (const one of stream) seen.push(one);
    expect(seen).toMatchObject([
      { type: "answer", final: false, stored: true, answer: { basis: { version: 1 } } },
      { type: "answer", final: true, stored: true, answer: { basis: { version: 1 } } },
    ]);
    expect(await house.get("/health")).toMatchObject({ status: 200 });
  });

  it("stores what the proof says of a plan with that plan, as no other version", async () => {
    const week = weekOf("sure", [task("a"), task("b")]);
    const answer = (await scheduler.post("/api/v1/schedule", week)).body as GenerateAnswer;
    const first: GenerateAnswer = { ...answer, lower_bound: null, optimality_gap: null, proof: "none" };
    const proven: GenerateAnswer = { ...answer, lower_bound: answer.cost, optimality_gap: 0, proof: "optimal" };
    const text = [first, proven]
      .map((answer, at) => JSON.stringify({ type: "answer", final: at === 1, answer }))
      .join("\n");
    await using other = await stranger(() => ({ status: 200, text }));
    await using house = await serve({ scheduler: other.url });
    const stream = await client(house).schedule.generateLive.mutate(week);
    for await (const one of stream) expect(one).toMatchObject({ answer: { basis: { version: 1 } } });
    expect(await house.get("/api/v1/schedule/sure")).toMatchObject({
      body: { version: 1, verdict: { proof: "optimal", optimality_gap: 0 } },
    });
  });

  it("stops the work and stores nothing when its reader leaves", async () => {
    const leaving = new AbortController();
    const large = weekOf(
      "gone",
      Array.from({ length: 400 }, (_, index) => task(`t${index}`)),
    );
    const stream = await client().schedule.generateLive.mutate(
      { ...large, planning_horizon_days: 90 },
      { signal: leaving.signal },
    );
    const reading = (async () => {
      for await (const _ of stream) leaving.abort();
    })();
    await reading.catch(() => undefined);
    await expect
      .poll(() => api.lines().some(({ user_id: user, status }) => user === "gone" && status === "cancelled"))
      .toBe(true);
    expect(await eventsOf("gone")).toEqual([]);
  });
});

describe("metrics", () => {
  it("count each generation once, with its duration, events and confidence", async () => {
    const before = await metric(/^beq_schedule_generation_requests_total\{.*user_id="counted".*\} (\d+)/m);
    expect(await api.post(generate, weekOf("counted", [task("a")]))).toMatchObject({ status: 200 });
    expect(
      await metric(/^beq_schedule_generation_requests_total\{.*user_id="counted".*status="success".*\} (\d+)/m),
    ).toBe(before + 1);
    expect(
      await metric(
        /^beq_orchestrator_requests_total\{.*endpoint="\/api\/v1\/schedule\/generate".*status="200".*\} (\d+)/m,
      ),
    ).toBeGreaterThan(0);
    expect(
      await metric(
        /^beq_feature_requests_total\{feature="schedule_generation",user_id="counted",status="started"\} (\d+)/m,
      ),
    ).toBe(1);
  });
});

async function metric(pattern: RegExp): Promise<number> {
  return Number(pattern.exec(String((await api.get("/metrics")).body))?.[1] ?? 0);
}

async function eventsOf(user: string): Promise<ScheduledEvent[]> {
  return ((await api.get(`/api/v1/schedule/${user}`)).body as { events: ScheduledEvent[] }).events;
}

function tasksOf(events: readonly ScheduledEvent[]): ScheduledEvent[] {
  return events.filter(({ type }) => type === "task");
}

function client({ url } = api) {
  return createTRPCClient<AppRouter>({ links: [httpBatchStreamLink({ url: `${url}/trpc`, maxItems: 1 })] });
}

/** A week whose first plan is not known to be the best. */
function hard(user_id: string) {
  return { ...fixture, user_id };
}

function weekOf<T extends object>(user_id: string, tasks: T[]) {
  return { user_id, tasks };
}

function task(id: string, dependencies: string[] = []) {
  return { id, title: `Task ${id}`, estimated_duration_minutes: 60, dependencies };
}

function event(id: string, start_time: string, end_time: string) {
  return { id, title: id, start_time, end_time };
}

/** A server that is no scheduler: it answers whatever it is told, or nothing. */
async function stranger(reply: () => { status: number; text: string } | undefined) {
  const server = createServer((_request, response) => {
    const answer = reply();
    if (answer) response.writeHead(answer.status, { "content-type": "application/x-ndjson" }).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
