import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GenerateAnswer, GenerateRequest, Weights } from "./contract/index.ts";
import { judge } from "./optimize/index.ts";
import { type House, serve } from "./testing/serve.ts";

// Monday 25 March 2030, 07:00 in Berlin.
const now = Date.UTC(2030, 2, 25, 6);
const zone = "Europe/Berlin";

let house: House;
beforeAll(async () => {
  house = await serve({ now: () => now, effort: { seed: 1, iterations: 500 } });
});
afterAll(() => house[Symbol.asyncDispose]());

describe("what cannot be meant is refused, with the value and what was expected:", () => {
  const inRing = (count: number) =>
    Array.from({ length: count }, (_, index) => task(`t${index}`, 30, { dependencies: [`t${(index + 1) % count}`] }));

  it.each<[string, object, string]>([
    ["a task that waits for itself", { tasks: inRing(1) }, "dependency cycle: t0 → t0"],
    ["a ring of three", { tasks: inRing(3) }, "dependency cycle: t0 → t1 → t2 → t0"],
    ["a ring of 500", { tasks: inRing(500) }, "t498 → t499 → t0"],
    ["a dependency on nothing", { tasks: [task("a", 30, { dependencies: ["b"] })] }, "unknown task 'b'"],
    ["two tasks of one id", { tasks: [task("a", 30), task("a", 60)] }, "'a' is used twice"],
    ["two events of one id", { existing_events: [event("e", "09:00", "10:00"), event("e", "11:00", "12:00")] }, "'e'"],
    ["no duration", { tasks: [task("a", 0)] }, "greater than or equal to 1"],
    ["a negative duration", { tasks: [task("a", -30)] }, "greater than or equal to 1"],
    ["half a minute", { tasks: [task("a", 0.5)] }, "integer"],
    ["more than a day at once", { tasks: [task("a", 1_441)] }, "less than or equal to 1440"],
    ["an event of no minutes", { existing_events: [event("e", "09:00", "09:00")] }, "must be after"],
    ["an event within one second", { existing_events: [timed("09:00:00.2", "09:00:00.9")] }, "must be after"],
    ["a block that ends before it starts", { constraints: [block("10:00", "09:00")] }, "must be after"],
    ["a negative buffer", { tasks: [task("a", 30, { buffer_before_minutes: -5 })] }, "greater than or equal to 0"],
    ["a buffer beyond eight hours", { tasks: [task("a", 30, { buffer_after_minutes: 481 })] }, "equal to 480"],
    ["pieces longer at least than at most", { tasks: [cut(120, 60, 30)] }, "min_minutes 60 must not be above"],
    ["pieces longer than the whole", { tasks: [cut(45, 60, 90)] }, "min_minutes 60 must not be above"],
    ["pieces that leave a rest", { tasks: [cut(100, 60, 75)] }, "cannot be cut into pieces of 60 to 75"],
    ["days too short for a piece", { tasks: [cut(120, 60, 60, { max_minutes_per_day: 45 })] }, "not be below min"],
    [
      "a lag after what it does not wait for",
      { tasks: [task("a", 30, { dependency_lags: { b: 60 } })] },
      "lag after 'b'",
    ],
    [
      "a lag after __proto__",
      { tasks: [task("a", 30, { dependency_lags: JSON.parse('{"__proto__":60}') })] },
      "can be no key",
    ],
    ["a window of no minutes", { tasks: [task("a", 30, { window: "09:00-09:00" })] }, "empty"],
    ["a habit on no day", { tasks: [task("a", 30, { repeat: { days: [] } })] }, "at least 1 item"],
    ["a habit eight times a week", { tasks: [task("a", 30, { repeat: { times_per_week: 8 } })] }, "equal to 7"],
    ["a habit on a day that is none", { tasks: [task("a", 30, { repeat: { days: ["funday"] } })] }, "repeat"],
    ["a weight below nothing", { weights: { late: -1 } }, "greater than or equal to 0"],
    ["a weight beyond measure", { weights: { late: 1e9 } }, "less than or equal to 10000"],
    ["no days", { planning_horizon_days: 0 }, "greater than or equal to 1"],
    ["91 days", { planning_horizon_days: 91 }, "less than or equal to 90"],
  ])("%s", async (_what, request, words) => {
    const { status, text } = await plan(request);
    expect(status).toBe(422);
    expect(text).toContain(words);
  });
});

describe("what cannot be done is answered, with the reason:", () => {
  const everyHour = { start_time: "2030-03-20T00:00", end_time: "2030-05-01T00:00" };
  const weekend = { planning_start: "2030-03-30T00:00", planning_horizon_days: 2 };
  const nights = [25, 26, 27, 28, 29].flatMap((day) => [
    { ...event(`n${day}`, "00:00", "08:00"), ...on(day, "00:00", "08:00") },
    { ...event(`e${day}`, "00:00", "08:00"), ...on(day, "18:00", "23:59") },
  ]);

  it.each<[string, object, string, RegExp]>([
    ["a hard deadline that has passed", { tasks: [dated("2030-03-24T12:00")] }, "hard_deadline", /deadline/],
    ["a hard deadline before work starts", { tasks: [dated("2030-03-25T08:00")] }, "hard_deadline", /deadline/],
    ["a week of no working days", { user_preferences: { timezone: zone, work_days: [] } }, "no_working_time", /hours/],
    ["two days off", weekend, "no_working_time", /hours/],
    ["a block over everything", { constraints: [{ ...block("09:00", "10:00"), ...everyHour }] }, ".", /free|window/],
    ["an event over everything", { existing_events: [{ ...event("e", "09:00", "10:00"), ...everyHour }] }, ".", /free/],
    ["a task longer than any day", { tasks: [task("a", 600)] }, "longer_than_any_window", /10 h/],
    ["a window in which it does not fit", { tasks: [task("a", 60, { window: "10:00-10:45" })] }, ".", /1 h/],
    ["a window out of the horizon", { tasks: [task("a", 60, { earliest_start: "2031-01-01" })] }, ".", /./],
    ["a start after a hard deadline", { tasks: [{ ...dated("2030-03-26"), earliest_start: "2030-03-27" }] }, ".", /./],
    ["a lag beyond the horizon", { tasks: chain(2, 30, { t0: 43_200 }) }, ".", /./],
    ["a cap below the smallest task", { tasks: [task("a", 60)], user_preferences: cap(45) }, ".", /1 h/],
    ["a habit on days off", { tasks: [task("a", 30, { repeat: { days: ["sat", "sun"] } })] }, ".", /./],
    ["a chain longer than the days", { tasks: chain(6, 480), planning_horizon_days: 5 }, ".", /./],
  ])("%s", async (_what, request, code, words) => {
    const answer = await planned(request);
    expect(answer.unscheduled.length).toBeGreaterThan(0);
    for (const { reason } of answer.unscheduled) expect(reason).toMatch(/^[A-Z].{10,}\.$/);
    expect(answer.unscheduled[0]).toMatchObject({
      code: expect.stringMatching(code),
      reason: expect.stringMatching(words),
    });
  });

  it("one task of a hundred that each take most of a day finds a place, and the others are told", async () => {
    const tasks = Array.from({ length: 100 }, (_, index) => task(`t${index}`, 300, { priority: "high" }));
    const answer = await planned({ tasks, planning_horizon_days: 1 });
    expect(answer).toMatchObject({ success: true, error: null });
    expect(answer.unscheduled).toHaveLength(99);
  });

  it("buffers for which no day is long enough", async () => {
    // Lunch keeps a work day from having so much time in a row; Saturday has it.
    const tasks = [task("a", 60, { buffer_before_minutes: 480, buffer_after_minutes: 480, category: "home" })];
    expect((await planned({ tasks })).unscheduled).toEqual([]);
    expect((await planned({ tasks, existing_events: nights, planning_horizon_days: 5 })).unscheduled).toHaveLength(1);
  });
});

describe("what is odd is planned all the same:", () => {
  it("a soft deadline that has passed is late, and warned of", async () => {
    const answer = await planned({ tasks: [task("a", 60, { deadline: "2030-03-01" })] });
    expect(answer.unscheduled).toEqual([]);
    expect(answer.warnings.join()).toContain("has passed");
  });

  it("events that overlap each other are all kept, and warned of", async () => {
    const existing_events = Array.from({ length: 200 }, (_, index) => event(`e${index}`, "09:00", "12:00"));
    const answer = await planned({ existing_events });
    expect(answer.warnings.join()).toContain("overlap");
    expect(answer.scheduled_events[0]?.start_time).toBe("2030-03-25T12:00:00+01:00");
  });

  it.each([true, false])("5,000 events, moveable: %s", async (is_moveable) => {
    const existing_events = Array.from({ length: 5_000 }, (_, index) => {
      const start = now + (index * 7 * 60 + (index % 5) * 15) * 60_000;
      const time = (at: number) => new Date(at).toISOString();
      return { ...event(`e${index}`, "", ""), is_moveable, start_time: time(start), end_time: time(start + 5_400_000) };
    });
    const answer = await planned({ existing_events, planning_horizon_days: 90 });
    expect(answer.unscheduled).toEqual([]);
  });

  it("500 tasks over 90 days", async () => {
    const tasks = Array.from({ length: 500 }, (_, index) => task(`t${index}`, 15 + (index % 4) * 15));
    const answer = await planned({ tasks, planning_horizon_days: 90 });
    expect(answer.unscheduled).toEqual([]);
  });

  it("500 tasks in one chain", async () => {
    const answer = await planned({ tasks: chain(500, 15), planning_horizon_days: 90 });
    expect(answer.unscheduled).toEqual([]);
  });

  it.each([
    ["nothing", "minimum"],
    ["all they can be", "maximum"],
  ] as const)("weights that are %s", async (_what, end) => {
    const weights = weightsAt(end);
    const tasks = Array.from({ length: 30 }, (_, index) =>
      task(`t${index}`, 30 + (index % 4) * 15, {
        deadline: `2029-0${1 + (index % 9)}-10`,
        preferred_time: "evening",
        category: index % 2 === 0 ? "work" : "home",
      }),
    );
    const answer = await planned({ tasks, weights, planning_horizon_days: 30 });
    expect(answer.weights).toEqual(weights);
    expect(answer.cost).toSatisfy((cost) => (end === "minimum" ? cost === 0 : Number.isSafeInteger(cost) && cost > 0));
  });

  it.each(["constructor", "__proto__", "toString", "🦄 #1"])("a task called %s, for which others wait", async (id) => {
    const dependencies = [id];
    const tasks = [task(id, 30, { priority: "low" }), task("b", 30, { priority: "urgent", dependencies })];
    const { scheduled_events } = await planned({ tasks });
    expect(scheduled_events.filter(({ type }) => type === "task").map((event) => event.id)).toEqual([id, "b"]);
  });

  it("pieces with thousands of years for them", { timeout: 10_000 }, async () => {
    const long = cut(480, 60, 75, { max_minutes_per_day: 240 });
    const tasks = [{ ...long, deadline: "9999-12-31T23:59", deadline_is_hard: true }];
    expect((await planned({ tasks })).unscheduled).toEqual([]);
  });

  it("an event of a minute in the break between two tasks", async () => {
    const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const tasks = ["a", "b", "c", "d", "e"].map((id) => task(id, 10, { repeat: { days } }));
    const short = { id: "e", title: "", start_time: "2030-03-29T10:41", end_time: "2030-03-29T10:42" };
    const answer = await planned({
      tasks,
      existing_events: [{ ...short, is_moveable: true }],
      user_preferences: {
        timezone: zone,
        work_days: days,
        work_start_time: "09:30",
        work_end_time: "23:45",
        break_frequency_minutes: 15,
        break_duration_minutes: 5,
        lunch_time: "06:30",
        lunch_duration_minutes: 180,
        avoid_scheduling_after: "16:20",
      },
      planning_horizon_days: 6,
    });
    expect(answer.unscheduled).toEqual([]);
  });

  it("weights that are no whole numbers, by costs that are", async () => {
    const tasks = ["a", "b", "c"].map((id) => task(id, 30, { category: id }));
    const weights = { category_switch: 2.4, fragment: 0.3, balance: 0.1 };
    expect((await planned({ tasks, weights })).unscheduled).toEqual([]);
  });

  it.each(["0001-01-01T00:00", "9998-12-30T00:00"])("planning from %s on", async (planning_start) => {
    expect((await planned({ planning_start })).success).toBe(true);
  });
});

it("none of it upset the service", async () => {
  expect((await house.get("/health")).body).toMatchObject({ status: "healthy", active_solves: 0 });
  expect(house.lines().filter(({ level }) => level === "error")).toEqual([]);
});

function plan(change: object) {
  return house.post("/api/v1/schedule", asked(change));
}

function asked(change: object) {
  return { user_id: "u", tasks: [task("a", 30)], user_preferences: { timezone: zone }, ...change };
}

/** A plan, judged once more than it is by the service itself. */
async function planned(change: object): Promise<GenerateAnswer> {
  const { status, text, body } = await plan(change);
  expect([status, text]).toEqual([200, expect.stringMatching(/^\{"success"/)]);
  const answer = GenerateAnswer.parse(body);
  expect(judge(GenerateRequest.parse(asked(change)), answer, now)).toEqual([]);
  return answer;
}

function task(id: string, minutes: number, more: object = {}) {
  return { id, title: id, estimated_duration_minutes: minutes, ...more };
}

function chain(count: number, minutes: number, dependency_lags: Record<string, number> = {}) {
  return Array.from({ length: count }, (_, index) =>
    task(`t${index}`, minutes, index === 0 ? {} : { dependencies: [`t${index - 1}`], dependency_lags }),
  );
}

function dated(deadline: string) {
  return task("a", 60, { deadline, deadline_is_hard: true });
}

function cut(minutes: number, min_minutes: number, max_minutes: number, more: object = {}) {
  return task("a", minutes, { split: { min_minutes, max_minutes, ...more } });
}

function cap(max_work_minutes_per_day: number) {
  return { timezone: zone, max_work_minutes_per_day };
}

/** Every weight at the end of what its schema allows. */
function weightsAt(end: "minimum" | "maximum"): unknown {
  type Schema = { properties?: Record<string, Schema>; minimum?: number; maximum?: number };
  const valueOf = (schema: Schema): unknown =>
    schema.properties
      ? Object.fromEntries(Object.entries(schema.properties).map(([name, each]) => [name, valueOf(each)]))
      : schema[end];
  return valueOf(z.toJSONSchema(Weights) as Schema);
}

function on(day: number, from: string, until: string) {
  return { start_time: `2030-03-${day}T${from}`, end_time: `2030-03-${day}T${until}` };
}

function event(id: string, from: string, until: string) {
  return { id, title: id, ...on(25, from, until) };
}

function timed(from: string, until: string) {
  return { ...event("e", from, until), is_moveable: true };
}

function block(from: string, until: string) {
  return { type: "time_block", description: "busy", ...on(25, from, until) };
}
