import { describe, expect, it } from "vitest";
import { OptimizeRequest } from "./answer.ts";
import { type Invalid, invalidList } from "./invalid.ts";
import { GenerateRequest, WeekAsked } from "./request.ts";
import { dependencyCycle } from "./rules.ts";
import { Weights } from "./weights.ts";

const task = { id: "a", title: "A", estimated_duration_minutes: 30 };
const event = { id: "e", title: "E", start_time: "2030-03-25T09:00", end_time: "2030-03-25T10:00" };

it("fills in every default of the contract", () => {
  expect(GenerateRequest.parse({ user_id: "u", tasks: [task], more: "ignored" })).toEqual({
    user_id: "u",
    tasks: [
      {
        ...task,
        category: "work",
        priority: "medium",
        deadline_is_hard: false,
        dependencies: [],
        dependency_lags: {},
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
      },
    ],
    existing_events: [],
    constraints: [],
    planning_horizon_days: 7,
    weights: Weights.parse({}),
    actuals: [],
    alternatives: 0,
    user_preferences: {
      timezone: "UTC",
      work_start_time: "09:00",
      work_end_time: "17:00",
      work_days: ["mon", "tue", "wed", "thu", "fri"],
      break_frequency_minutes: 90,
      break_duration_minutes: 15,
      lunch_time: "12:00",
      lunch_duration_minutes: 60,
      preferred_task_duration_minutes: 90,
      energy_peak_hours: ["09:00-11:00", "14:00-16:00"],
      avoid_scheduling_after: "18:00",
      freeze_minutes: 120,
    },
  });
});

it("leaves the zone open where the stored one may hold", () => {
  expect(WeekAsked.parse({ tasks: [] }).user_preferences.timezone).toBeUndefined();
});

describe("a request is refused, with the offending element, for", () => {
  it.each<[string, object, Partial<Invalid>]>([
    ["no user", { user_id: undefined }, { type: "missing", loc: ["body", "user_id"] }],
    ["no tasks", { tasks: undefined }, { type: "missing", loc: ["body", "tasks"] }],
    ["an empty user", { user_id: "" }, { type: "string_too_short", loc: ["body", "user_id"] }],
    [
      "a task without a title",
      { tasks: [{ ...task, title: undefined }] },
      { type: "missing", loc: ["body", "tasks", 0, "title"] },
    ],
    [
      "a number in a string",
      { tasks: [{ ...task, estimated_duration_minutes: "30" }] },
      { type: "int_type", loc: ["body", "tasks", 0, "estimated_duration_minutes"], input: "30" },
    ],
    [
      "a task of no length",
      { tasks: [{ ...task, estimated_duration_minutes: 0 }] },
      { type: "greater_than_equal", ctx: { ge: 1 } },
    ],
    [
      "a task of more than a day",
      { tasks: [{ ...task, estimated_duration_minutes: 1_441 }] },
      { type: "less_than_equal", ctx: { le: 1_440 } },
    ],
    [
      "an unknown priority",
      { tasks: [{ ...task, priority: "asap" }] },
      { type: "enum", loc: ["body", "tasks", 0, "priority"] },
    ],
    [
      "a long title",
      { tasks: [{ ...task, title: "x".repeat(201) }] },
      { type: "string_too_long", ctx: { max_length: 200 } },
    ],
    [
      "a deadline that is no time",
      { tasks: [{ ...task, deadline: "soon" }] },
      { type: "datetime_from_date_parsing", loc: ["body", "tasks", 0, "deadline"], input: "soon" },
    ],
    [
      "an unknown zone",
      { user_preferences: { timezone: "Mars/Base" }, existing_events: [event] },
      { type: "value_error", loc: ["body", "user_preferences", "timezone"], msg: expect.stringContaining("Mars/Base") },
    ],
    [
      "a zone of a megabyte",
      { user_preferences: { timezone: "M".repeat(2 ** 20) } },
      { type: "value_error", msg: expect.stringMatching(/^Value error, 'M{1000}…' is not a known/) },
    ],
    [
      "a list for an object",
      { user_preferences: [] },
      { type: "model_attributes_type", loc: ["body", "user_preferences"] },
    ],
    [
      "an event that ends before it starts",
      { existing_events: [{ ...event, end_time: "2030-03-25T08:00" }] },
      { type: "value_error", loc: ["body", "existing_events", 0, "end_time"] },
    ],
    [
      "a constraint that ends when it starts",
      {
        constraints: [
          { type: "lunch", description: "d", start_time: "2030-03-25T08:00", end_time: "2030-03-25T08:00" },
        ],
      },
      { type: "value_error", loc: ["body", "constraints", 0, "end_time"] },
    ],
    [
      "two tasks of one id",
      { tasks: [task, task] },
      { type: "value_error", loc: ["body", "tasks", 1, "id"], msg: expect.stringContaining("'a' is used twice") },
    ],
    [
      "two events of one id",
      { existing_events: [event, event] },
      { type: "value_error", loc: ["body", "existing_events", 1, "id"], msg: expect.stringContaining("'e'") },
    ],
    [
      "an unknown dependency",
      { tasks: [{ ...task, dependencies: ["ghost"] }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "dependencies", 0],
        msg: expect.stringContaining("unknown task 'ghost'"),
      },
    ],
    [
      "a dependency cycle",
      {
        tasks: [
          { ...task, dependencies: ["b"] },
          { ...task, id: "b", dependencies: ["a"] },
        ],
      },
      { type: "value_error", msg: expect.stringContaining("a → b → a") },
    ],
    [
      "501 tasks",
      { tasks: Array.from({ length: 501 }, (_, index) => ({ ...task, id: `t${index}` })) },
      { type: "too_long", loc: ["body", "tasks"], ctx: { max_length: 500 }, msg: expect.stringContaining("500") },
    ],
    [
      "a start at the end of time",
      { planning_start: "9999-12-31" },
      { type: "value_error", loc: ["body", "planning_start"] },
    ],
    [
      "a lag after what it does not wait for",
      { tasks: [{ ...task, dependency_lags: { ghost: 30 } }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "dependency_lags", "ghost"],
        msg: "Value error, task 'a' has a lag after 'ghost', which is not among its dependencies",
      },
    ],
    [
      "an empty window",
      { tasks: [{ ...task, window: "09:00-09:00" }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "window"],
        msg: "Value error, the window '09:00-09:00' is empty: it ends when it starts",
      },
    ],
    [
      "pieces of which the shortest is the longest",
      { tasks: [{ ...task, split: { min_minutes: 30, max_minutes: 20 } }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "split", "min_minutes"],
        msg: "Value error, min_minutes 30 must not be above max_minutes 20",
      },
    ],
    [
      "pieces of a habit",
      { tasks: [{ ...task, split: {}, repeat: { times_per_week: 2 } }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "split"],
        msg: "Value error, task 'a' repeats: each of its times is done in one, not in pieces",
      },
    ],
    [
      "pieces longer than their task",
      { tasks: [{ ...task, split: { min_minutes: 45 } }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "split", "min_minutes"],
        msg: "Value error, min_minutes 45 must not be above the task's own 30 minutes",
      },
    ],
    [
      "days that hold no piece",
      { tasks: [{ ...task, split: { min_minutes: 30, max_minutes_per_day: 20 } }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "split", "max_minutes_per_day"],
        msg: "Value error, max_minutes_per_day 20 must not be below min_minutes 30",
      },
    ],
    [
      "pieces that never make the whole",
      { tasks: [{ ...task, estimated_duration_minutes: 100, split: { min_minutes: 60, max_minutes: 70 } }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "split", "max_minutes"],
        msg: "Value error, 100 minutes cannot be cut into pieces of 60 to 70 minutes",
      },
    ],
    [
      "a habit of no day",
      { tasks: [{ ...task, repeat: { days: ["funday"] } }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "repeat"],
        msg: 'Value error, {"days":["funday"]} is neither {"days": one or more of mon, tue, wed, thu, fri, sat, sun} nor {"times_per_week": 1 to 7}',
      },
    ],
    [
      "a habit nested beyond measure",
      { tasks: [{ ...task, repeat: nested(100_000) }] },
      { type: "value_error", loc: ["body", "tasks", 0, "repeat"] },
    ],
    [
      "more lags than there can be dependencies",
      {
        tasks: [
          { ...task, dependency_lags: Object.fromEntries(Array.from({ length: 150_000 }, (_, key) => [key, -1])) },
        ],
      },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "dependency_lags"],
        msg: "Value error, there are at most 500 of them",
      },
    ],
    [
      "very many pieces",
      { tasks: [{ ...task, estimated_duration_minutes: 1_440, split: { min_minutes: 5, max_minutes: 5 } }] },
      {
        type: "value_error",
        loc: ["body", "tasks", 0, "split", "max_minutes"],
        msg: "Value error, 1440 minutes in pieces of 5 are 288 pieces; at most 100 are planned",
      },
    ],
    [
      "habits that come to too many blocks",
      {
        tasks: Array.from({ length: 40 }, (_, index) => ({ ...task, id: `t${index}`, repeat: { times_per_week: 7 } })),
        planning_horizon_days: 90,
      },
      { type: "value_error", loc: ["body", "tasks"], msg: expect.stringContaining("the tasks are 3600 blocks") },
    ],
    [
      "a weight above its bound",
      { weights: { tardiness_per_minute: 201 } },
      { type: "less_than_equal", loc: ["body", "weights", "tardiness_per_minute"], ctx: { le: 200 } },
    ],
    ["91 days", { planning_horizon_days: 91 }, { type: "less_than_equal", ctx: { le: 90 } }],
  ])("%s", (_name, change, expected) => {
    expect(refusal(GenerateRequest, { user_id: "u", tasks: [task], ...change })).toMatchObject([expected]);
  });

  it.each([null, "text", 3, []])("a body that is %j", (body) => {
    expect(refusal(GenerateRequest, body)).toMatchObject([{ type: "model_attributes_type", loc: ["body"] }]);
  });
});

it("takes an end before its start by the clock, but after it by the zone", () => {
  const existing_events = [{ ...event, start_time: "2030-03-25T09:00+02:00", end_time: "2030-03-25T08:30Z" }];
  expect(GenerateRequest.safeParse({ user_id: "u", tasks: [], existing_events }).success).toBe(true);
});

it("lets a task wait for one that stands in the calendar", () => {
  const existing_events = [{ ...event, task_id: "before" }];
  const tasks = [{ ...task, dependencies: ["before"] }];
  expect(GenerateRequest.safeParse({ user_id: "u", tasks, existing_events }).success).toBe(true);
});

describe("a schedule to optimize", () => {
  const placed = { ...event, id: "a", task_id: "a", type: "task", priority: null, category: null };

  it("may hold the tasks that others wait for", () => {
    const tasks = [{ ...task, id: "b", dependencies: ["a"] }];
    expect(OptimizeRequest.safeParse({ user_id: "u", existing_schedule: [placed], tasks }).success).toBe(true);
  });

  it.each<[string, object, Partial<Invalid>]>([
    ["a time that is none", { start_time: "later" }, { type: "datetime_from_date_parsing" }],
    ["an end before the start", { end_time: "2030-03-25T08:00" }, { type: "value_error" }],
    ["no task_id", { task_id: undefined }, { type: "missing" }],
  ])("is refused with %s", (_name, change, expected) => {
    const body = { user_id: "u", existing_schedule: [{ ...placed, ...change }] };
    const [found] = refusal(OptimizeRequest, body);
    expect(found).toMatchObject({ ...expected, loc: expect.arrayContaining(["body", "existing_schedule", 0]) });
  });

  it("is refused when two of its events share an id", () => {
    expect(refusal(OptimizeRequest, { user_id: "u", existing_schedule: [placed, placed] })).toMatchObject([
      { type: "value_error", loc: ["body", "existing_schedule", 1, "id"] },
    ]);
  });
});

describe("dependencyCycle", () => {
  it("finds the cycle without what leads to it", () => {
    const tasks = [
      { id: "start", dependencies: ["a"] },
      { id: "a", dependencies: ["b"] },
      { id: "b", dependencies: ["c"] },
      { id: "c", dependencies: ["a"] },
    ];
    expect(dependencyCycle(tasks)).toEqual(["a", "b", "c"]);
  });

  it("finds a task that waits for itself", () => {
    expect(dependencyCycle([{ id: "a", dependencies: ["a"] }])).toEqual(["a"]);
  });

  it("finds none in a diamond or a chain of 10,000", () => {
    const diamond = ["", "a", "a", "bc"].map((waits, index) => ({ id: "abcd"[index] ?? "", dependencies: [...waits] }));
    const chain = Array.from({ length: 10_000 }, (_, index) => ({ id: `${index}`, dependencies: [`${index + 1}`] }));
    expect(dependencyCycle(diamond)).toEqual([]);
    expect(dependencyCycle(chain)).toEqual([]);
  });
});

function refusal(schema: typeof GenerateRequest | typeof OptimizeRequest, body: unknown): Invalid[] {
  const parsed = schema.safeParse(body);
  return parsed.success ? [] : invalidList(parsed.error.issues, body, () => "body");
}

function nested(depth: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);
}
