import type { GenerateAnswer, ScheduledEvent } from "@beq/scheduler/contract";
import { serve as serveScheduler } from "@beq/scheduler/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChangedSchedule, GeneratedWeek, RevisedWeek, StoredSchedule } from "../src/schedule/schema.ts";
import { type Answer, type Api, monday, serve } from "./serve.ts";

let scheduler: Awaited<ReturnType<typeof serveScheduler>>;
let api: Api;
let clock = monday;

beforeAll(async () => {
  scheduler = await serveScheduler({ now: () => clock, effort: { seed: 1, iterations: 500 } });
  api = await serve({ scheduler: scheduler.url, now: () => clock });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await scheduler[Symbol.asyncDispose]();
});

const afternoon = { start_time: "2030-03-25T15:00:00", end_time: "2030-03-25T16:00:00" };

describe("a preview", () => {
  it("says what would change and stores nothing", async () => {
    const user = await planned("looking", ["a", "b", "c"]);
    const before = await user.get();
    const shown = await user.reschedule({ updates: [{ event_id: "a", ...afternoon }], preview: true });
    expect(shown).toMatchObject({ success: true, basis: { version: 1 } });
    expect(shown.changes).toContainEqual(expect.objectContaining({ event_id: "a", kind: "moved" }));
    expect(await user.get()).toEqual(before);
  });

  it("is what is stored once it is applied", async () => {
    const user = await planned("applying", ["a", "b", "c"]);
    const shown = await user.reschedule({ updates: [{ event_id: "a", ...afternoon }], preview: true });
    const { status, body } = await user.apply(shown);
    expect({ status, body }).toMatchObject({ status: 200, body: { version: 2, unscheduled: [] } });
    expect((body as ChangedSchedule).changes).toContainEqual(
      expect.objectContaining({ event_id: "a", kind: "moved", to: "2030-03-25T15:00:00+00:00" }),
    );
    const stored = (await user.get()).events;
    expect(stored.find(({ id }) => id === "a")).toMatchObject({
      start_time: "2030-03-25T15:00:00+00:00",
      pinned: true,
    });
    expect(stored).toEqual(shown.events);
  });

  it("of a period is applied alike", async () => {
    const user = await planned("period", ["a", "b"]);
    const path = "/api/v1/schedule/optimize";
    const period = { user_id: "period", start_date: "2030-03-25", end_date: "2030-03-30" };
    const shown = (await api.post(path, { ...period, preview: true })).body as RevisedWeek;
    expect((await user.get()).version).toBe(1);
    expect(await user.apply(shown)).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await user.get()).events).toEqual(shown.events);
  });

  it("is refused, with what others changed, when the week has become another", async () => {
    const user = await planned("stale", ["a", "b", "c"]);
    const shown = await user.reschedule({ updates: [{ event_id: "a", ...afternoon }], preview: true });
    await user.reschedule({ updates: [{ event_id: "c", ...afternoon }] });
    const after = await user.get();
    expect(await user.apply(shown)).toMatchObject({
      status: 409,
      body: {
        detail: {
          error: "The schedule was changed in the meantime",
          version: 2,
          changes: expect.arrayContaining([expect.objectContaining({ event_id: "c", kind: "moved" })]),
        },
      },
    });
    expect(await user.get()).toEqual(after);
  });

  it("is refused when the plan breaks a hard rule, which is named", async () => {
    const user = await planned("broken", ["a", "b", "c"]);
    const shown = await user.reschedule({ updates: [{ event_id: "a", ...afternoon }], preview: true });
    const [first] = tasksOf(shown.optimized_schedule);
    const optimized_schedule = shown.optimized_schedule.map((event) =>
      event.type === "task"
        ? { ...event, start_time: first?.start_time ?? "", end_time: first?.end_time ?? "" }
        : event,
    );
    const { status, body } = await user.apply({ ...shown, optimized_schedule });
    expect(status).toBe(422);
    expect((body as { detail: { msg: string }[] }).detail[0]?.msg).toMatch(/does not hold: .*\w/);
    expect((await user.get()).version).toBe(1);
  });

  it.each([
    ["that counts on time that has passed", 4 * 60],
    ["that is over an hour old", 61],
  ])("%s is refused", async (name, minutes) => {
    const user = await planned(name.replaceAll(" ", "-"), ["a", "b"]);
    const shown = await user.reschedule({
      updates: [{ event_id: "a", start_time: "2030-03-25T09:30:00", end_time: "2030-03-25T10:30:00" }],
      preview: true,
    });
    clock = monday + minutes * 60_000;
    const answer = await user.apply(shown);
    clock = monday;
    expect(answer).toMatchObject({
      status: 409,
      body: { detail: { error: expect.stringContaining("preview it again") } },
    });
  });

  it("leaves out what it has no place for, with the reason it gave", async () => {
    const user = await planned("full", ["a"]);
    const big = { ...task("big"), estimated_duration_minutes: 600 };
    const shown = await user.reschedule({ new_tasks: [big], preview: true });
    expect(shown.unscheduled_tasks).toEqual(["big"]);
    await user.apply(shown);
    expect((await user.get()).unscheduled).toEqual(shown.unscheduled);
  });
});

describe("another plan", () => {
  it("takes the place of the one that was stored, pinned and past events staying", async () => {
    const tasks = Array.from({ length: 12 }, (_, index) => ({
      ...task(`t${index}`),
      priority: index % 2 ? "high" : "low",
    }));
    const week = { user_id: "alternative", tasks, alternatives: 2 };
    const { body } = await api.post("/api/v1/schedule/generate", week);
    const { basis, alternatives } = body as GeneratedWeek;
    const [other] = alternatives;
    expect(other).toBeDefined();
    const { scheduled_events, confidence_score } = other ?? { scheduled_events: [], confidence_score: 0 };
    const applied = await api.post("/api/v1/schedule/alternative/apply", { basis, scheduled_events, confidence_score });
    expect(applied).toMatchObject({ status: 200, body: { version: 2, events: scheduled_events } });
    expect((applied.body as ChangedSchedule).changes.length).toBeGreaterThan(0);
  });
});

describe("what has become different", () => {
  it("gives the time of a finished task back, and frees those who waited for it", async () => {
    const user = await planned("finished", [task("a"), { ...task("b", ["a"]), dependency_lags: { a: 30 } }]);
    const answer = await user.reschedule({ finished: ["a"] });
    expect(answer.changes).toContainEqual(expect.objectContaining({ event_id: "a", kind: "dropped" }));
    const { tasks, events } = await user.get();
    expect(tasks).toMatchObject([{ id: "b", dependencies: [] }]);
    expect(tasksOf(events).map(({ id }) => id)).toEqual(["b"]);
  });

  it("ends a running block now when its task is finished early", async () => {
    const user = await planned("early", [task("a"), task("b")]);
    clock = Date.UTC(2030, 2, 25, 9, 30);
    await user.reschedule({ finished: ["a"] });
    clock = monday;
    const block = tasksOf((await user.get()).events).find(({ id }) => id === "a");
    expect(block).toMatchObject({ start_time: "2030-03-25T09:00:00+00:00", end_time: "2030-03-25T09:30:00+00:00" });
  });

  it("pushes back what an overrun takes the time of, and nothing before that", async () => {
    const user = await planned("overrun", [task("a"), task("b"), task("c")]);
    const [first, second] = tasksOf((await user.get()).events);
    clock = Date.parse(first?.start_time ?? "") + 30 * 60_000;
    const longer = { task_id: first?.id, estimated_duration_minutes: 90 };
    const { warnings } = await user.reschedule({ task_changes: [longer] });
    clock = monday;
    const after = new Map(tasksOf((await user.get()).events).map((event) => [event.id, event]));
    expect(Date.parse(after.get(first?.id ?? "")?.end_time ?? "")).toBe(
      Date.parse(first?.start_time ?? "") + 90 * 60_000,
    );
    expect(Date.parse(after.get(second?.id ?? "")?.start_time ?? "")).toBeGreaterThanOrEqual(
      Date.parse(first?.start_time ?? "") + 90 * 60_000,
    );
    expect(warnings).toEqual([]);
  });

  it("answers what would be if a task took three times as long", async () => {
    const user = await planned("what-if", [{ ...task("a"), deadline: "2030-03-25T12:00:00" }, task("b")]);
    const shown = await user.reschedule({
      task_changes: [{ task_id: "a", estimated_duration_minutes: 180 }],
      preview: true,
    });
    const [block] = tasksOf(shown.optimized_schedule).filter(({ id }) => id === "a");
    expect(Date.parse(block?.end_time ?? "") - Date.parse(block?.start_time ?? "")).toBe(180 * 60_000);
    expect(shown.confidence_score).toBeLessThan((await user.get()).confidence_score ?? 0);
    expect((await user.get()).tasks[0]).toMatchObject({ estimated_duration_minutes: 60 });
  });

  it("takes a new task in and one out at once", async () => {
    const user = await planned("in-and-out", ["a", "b"]);
    await user.reschedule({ new_tasks: [task("c", ["b"])], dropped: ["a"] });
    const { events, tasks } = await user.get();
    expect(tasks.map(({ id }) => id)).toEqual(["b", "c"]);
    expect(tasksOf(events).map(({ id }) => id)).toEqual(["b", "c"]);
  });

  it.each<[string, object, number, unknown]>([
    ["nothing", {}, 422, [{ type: "missing", loc: ["body", "updates"] }]],
    ["an unknown task", { finished: ["ghost"] }, 404, { error: "Task 'ghost' not found" }],
    ["a task that there is already", { new_tasks: [task("a")] }, 422, [{ loc: ["body", "new_tasks", 0, "id"] }]],
    [
      "a dependency on nothing",
      { new_tasks: [task("c", ["ghost"])] },
      422,
      [{ loc: ["body", "new_tasks", 0, "dependencies", 0], msg: expect.stringContaining("ghost") }],
    ],
    [
      "a cycle",
      { task_changes: [{ task_id: "a", dependencies: ["b"] }] },
      422,
      [{ loc: ["body", "task_changes", 0, "dependencies"], msg: expect.stringContaining("a → b → a") }],
    ],
  ])("refuses %s", async (name, changes, status, detail) => {
    const user = await planned(`refuses-${name.replaceAll(" ", "-")}`, [task("a"), task("b", ["a"])]);
    expect(await user.post("reschedule", changes)).toMatchObject({ status, body: { detail } });
  });
});

describe("what was put by hand", () => {
  const there = { event_id: "a", start_time: "2030-03-25T15:00:00+00:00" };
  const stands = async (user: Awaited<ReturnType<typeof planned>>) =>
    (await user.get()).events.find(({ id }) => id === "a");

  it("is planned again once it is let go of, after a preview that changes nothing", async () => {
    const user = await planned("let-go", ["a", "b"]);
    await user.reschedule({ updates: [{ event_id: "a", ...afternoon }] });
    const shown = await user.reschedule({ unpinned: [there], preview: true });
    expect(await stands(user)).toMatchObject({ pinned: true });
    expect(await user.apply(shown)).toMatchObject({ status: 200 });
    expect(await stands(user)).toMatchObject({ pinned: false });

    expect((await week("let-go", {})).body).toMatchObject({ success: true });
    expect((await stands(user))?.start_time).not.toBe(there.start_time);
  });

  it("gets another place at once where the week is planned anew, previewed or not", async () => {
    const user = await planned("anew", ["a", "b"]);
    await user.reschedule({ updates: [{ event_id: "a", ...afternoon }] });
    const shown = (await week("anew", { unpinned: [there], preview: true })).body as GeneratedWeek;
    expect(shown.kept_events).toEqual([]);
    const { basis, scheduled_events, unscheduled, warnings, confidence_score } = shown;
    const plan = { basis, scheduled_events, unscheduled, warnings, confidence_score };
    expect(await user.post("apply", plan)).toMatchObject({ status: 200 });
    expect((await user.get()).events.filter(({ id }) => id === "a")).toMatchObject([{ pinned: false }]);

    await user.reschedule({ updates: [{ event_id: "a", ...afternoon }] });
    expect(await week("anew", { unpinned: [there] })).toMatchObject({ status: 200, body: { success: true } });
    expect((await user.get()).events.filter(({ id }) => id === "a")).toMatchObject([{ pinned: false }]);
  });

  it("stays where it was put since, whoever lets go of the place before", async () => {
    const user = await planned("put-since", ["a", "b"]);
    const evening = { start_time: "2030-03-26T15:00:00", end_time: "2030-03-26T16:00:00" };
    await user.reschedule({ updates: [{ event_id: "a", ...evening }] });
    expect(await week("put-since", { unpinned: [there] })).toMatchObject({ status: 200 });
    expect(await stands(user)).toMatchObject({ pinned: true, start_time: "2030-03-26T15:00:00+00:00" });
  });

  function week(user_id: string, more: object): Promise<Answer> {
    return api.post("/api/v1/schedule/generate", { user_id, tasks: ["a", "b"].map((id) => task(id)), ...more });
  }
});

describe("going back", () => {
  it("brings the plan before back, as a version of its own", async () => {
    const user = await planned("undo", ["a", "b", "c"]);
    const before = await user.get();
    await user.reschedule({ updates: [{ event_id: "a", ...afternoon }] });
    const { status, body } = await user.post("restore", { version: 2 });
    expect({ status, body }).toMatchObject({ status: 200, body: { version: 3, events: before.events } });
    expect((body as ChangedSchedule).changes).toContainEqual(expect.objectContaining({ event_id: "a", kind: "moved" }));
    expect(await user.get()).toEqual({ ...before, version: 3 });
    expect(await user.post("restore", { version: 3, to: 2 })).toMatchObject({ status: 200, body: { version: 4 } });
    expect(((await api.get("/api/v1/schedule/undo/versions")).body as { versions: object[] }).versions).toMatchObject([
      { version: 4, operation: "restore" },
      { version: 3, operation: "restore" },
      { version: 2, operation: "reschedule" },
      { version: 1, operation: "generate" },
    ]);
  });

  it("leaves what is past and what has begun as it came, and says whose time has passed", async () => {
    const user = await planned("late-undo", ["a", "b"]);
    const [first, second] = tasksOf((await user.get()).events);
    const tomorrow = { start_time: "2030-03-26T09:00:00", end_time: "2030-03-26T10:00:00" };
    const today = { start_time: first?.start_time, end_time: first?.end_time };
    await user.reschedule({
      updates: [
        { event_id: first?.id, ...tomorrow },
        { event_id: second?.id, ...today },
      ],
    });
    clock = Date.parse(first?.start_time ?? "") + 30 * 60_000;
    const { body } = await user.post("restore", { version: 2 });
    clock = monday;
    const { events, unscheduled } = body as StoredSchedule;
    expect(tasksOf(events).map(({ id }) => id)).toContain(second?.id);
    expect(unscheduled).toMatchObject([{ task_id: first?.id, reason: expect.stringContaining("has passed") }]);
  });

  it.each([
    ["a version that is not in force", { version: 7 }, 409],
    ["a version that is not kept", { version: 1 }, 404],
    ["a later version", { version: 1, to: 1 }, 404],
  ])("refuses %s", async (name, body, status) => {
    const user = await planned(`refuse-${name.replaceAll(" ", "-")}`, ["a"]);
    expect(await user.post("restore", body)).toMatchObject({ status });
  });

  it("has nothing to go back to for who has no plan", async () => {
    expect(await api.post("/api/v1/schedule/nobody/restore", { version: 1 })).toMatchObject({ status: 404 });
    expect(await api.get("/api/v1/schedule/nobody/versions")).toMatchObject({ status: 200, body: { versions: [] } });
  });
});

/** A user with a planned week, and what they may do with it. */
async function planned(user_id: string, tasks: (string | object)[]) {
  const week = { user_id, tasks: tasks.map((one) => (typeof one === "string" ? task(one) : one)) };
  expect(await api.post("/api/v1/schedule/generate", week)).toMatchObject({ status: 200, body: { success: true } });
  const post = (verb: string, body: object): Promise<Answer> => api.post(`/api/v1/schedule/${user_id}/${verb}`, body);
  return {
    post,
    get: async () => (await api.get(`/api/v1/schedule/${user_id}`)).body as StoredSchedule,
    async reschedule(body: object): Promise<RevisedWeek> {
      const answer = await post("reschedule", body);
      expect(answer).toMatchObject({ status: 200, body: { success: true } });
      return answer.body as RevisedWeek;
    },
    apply: (shown: RevisedWeek) => {
      const { basis, optimized_schedule: scheduled_events, unscheduled, warnings, confidence_score } = shown;
      const verdict = { ...shown, reasoning: shown.improvements.join(" "), alternative_suggestions: [] };
      return post("apply", { basis, scheduled_events, unscheduled, warnings, confidence_score, verdict });
    },
  };
}

function tasksOf(events: GenerateAnswer["scheduled_events"]): ScheduledEvent[] {
  return events.filter(({ type }) => type === "task");
}

function task(id: string, dependencies: string[] = []) {
  return { id, title: `Task ${id}`, estimated_duration_minutes: 60, dependencies };
}
