import { Preferences } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { readCsv, writeCsv } from "./csv.ts";
import { readJson } from "./json.ts";

const context = { taken: new Set(["task-1"]), today: "2030-03-25", end: "17:00" };
const preferences = Preferences.parse({ timezone: "Europe/Berlin" });

it("reads a CSV with its dependencies, weekday deadlines and other people's column names", () => {
  const { tasks, refused, problem } = readCsv(
    '\uFEFFID,Title,Duration,Priority,Due,Depends on\na,Write,60,High,fri,\nb,"Send, then rest",15,,2030-03-29T12:00,a; c\n,No id,30,,,\n',
    context,
  );
  expect({ refused, problem }).toEqual({ refused: [], problem: null });
  expect(tasks).toMatchObject([
    { id: "a", title: "Write", estimated_duration_minutes: 60, priority: "high", deadline: "2030-03-29T17:00" },
    { id: "b", title: "Send, then rest", priority: "medium", deadline: "2030-03-29T12:00", dependencies: ["a", "c"] },
    { id: "task-2", title: "No id" },
  ]);
});

it("keeps what a file says of pieces, habits, time around tasks and weights", () => {
  const task = {
    id: "a",
    title: "Write",
    estimated_duration_minutes: 240,
    split: { min_minutes: 30, max_minutes: 90, max_minutes_per_day: 180 },
    repeat: { days: ["mon", "thu"] },
    window: "07:00-09:00",
    earliest_start: "2030-03-26T10:00",
    buffer_before_minutes: 15,
  };
  const { tasks, setting, refused } = readJson(
    JSON.stringify({ tasks: [task], weights: { late: 500 } }),
    context,
    preferences,
  );
  expect(refused).toEqual([]);
  expect(tasks).toMatchObject([task]);
  expect(setting.weights).toMatchObject({ late: 500, energy: 60 });
  expect(readCsv("title,duration,buffer_after_minutes,window\nRun,45,30,07:00-09:00\n", context).tasks).toMatchObject([
    { buffer_after_minutes: 30, window: "07:00-09:00" },
  ]);
});

it("names each wrong cell of a CSV, keeps the good rows, and gives the bad ones back to be corrected", () => {
  const text =
    "title,estimated_duration_minutes,priority,deadline,constructor\nGood,30,,,red\nLong,2000,,,\nNone,,,,\nOdd,soon,top,someday,\n";
  const { tasks, refused, ignored } = readCsv(text, context);
  expect(tasks.map(({ title }) => title)).toEqual(["Good"]);
  expect(ignored).toEqual(["constructor"]);
  expect(refused.map(({ where, problems }) => `${where}: ${problems.join("; ")}`)).toEqual([
    "Row 3: estimated_duration_minutes: Input should be less than or equal to 1440 (got 2000)",
    "Row 4: estimated_duration_minutes: Field required",
    expect.stringMatching(
      /^Row 5: .*priority: Input should be .*got "top".*estimated_duration_minutes: .*got "soon".*deadline: .*got "someday"/,
    ),
  ]);

  const corrected = writeCsv(refused.map(({ row }) => row as Record<string, unknown>))
    .replace("2000", "200")
    .replace("None,", "None,5")
    .replace("soon,top,someday", "25,low,fri");
  expect(readCsv(corrected, context)).toMatchObject({
    tasks: [{ title: "Long" }, { title: "None" }, { title: "Odd" }],
    refused: [],
  });
});

it.each(["", "a,b\n1,2\n", "just words"])("says that %j has no title column", (text) => {
  expect(readCsv(text, context)).toMatchObject({ tasks: [], problem: expect.stringContaining("title") });
});

it("refuses the second of two rows with one id and says where the first is", () => {
  const { tasks, refused } = readCsv("id,title,duration\nx,One,10\nx,Two,10\n", context);
  expect(tasks).toHaveLength(1);
  expect(refused).toMatchObject([{ where: "Row 3", problems: ["id: 'x' is already used by Row 2"] }]);
});

it("reads a bare list of tasks", () => {
  expect(readJson('[{"id":"a","title":"Write","estimated_duration_minutes":30}]', context, preferences)).toMatchObject({
    tasks: [{ id: "a", title: "Write", category: "work" }],
    setting: {},
    problem: null,
  });
});

it("reads a whole week and lays its preferences over those in force", () => {
  const { setting, refused } = readJson(
    JSON.stringify({
      tasks: [],
      user_preferences: { work_start_time: "08:00", unknown: 1 },
      constraints: [
        { type: "time_block", start_time: "2030-03-26T10:00", end_time: "2030-03-26T11:00", description: "Dentist" },
      ],
      planning_start: "2030-03-25T08:00:00",
      planning_horizon_days: 5,
    }),
    context,
    preferences,
  );
  expect(refused).toEqual([]);
  expect(setting).toMatchObject({
    preferences: { timezone: "Europe/Berlin", work_start_time: "08:00" },
    constraints: [{ description: "Dentist", is_hard_constraint: true }],
    planning_start: "2030-03-25T08:00:00",
    planning_horizon_days: 5,
  });
});

it("names every part of a JSON file that it cannot take and takes the rest", () => {
  const { tasks, setting, refused } = readJson(
    JSON.stringify({
      tasks: [{ title: "Good", estimated_duration_minutes: 5 }, { title: "Text", estimated_duration_minutes: "60" }, 7],
      user_preferences: { timezone: "Mars/Base", lunch_time: "13:00" },
      constraints: [{ type: "nap", description: "x" }],
      planning_start: "soon",
      planning_horizon_days: 400,
    }),
    context,
    preferences,
  );
  expect(tasks.map(({ title }) => title)).toEqual(["Good"]);
  expect(setting).toEqual({ preferences: { ...preferences, lunch_time: "13:00" } });
  expect(refused.map(({ where }) => where)).toEqual([
    "tasks[1]",
    "tasks[2]",
    "constraints[0]",
    "planning_start",
    "planning_horizon_days",
    "user_preferences",
  ]);
});

it.each(["", "{", "[1,", "not json"])("says that %j is not JSON", (text) => {
  expect(readJson(text, context, preferences).problem).toMatch(/^This is not valid JSON: /);
});

it.each(['"text"', "7", "null", '{"a":1}', '{"tasks":{}}'])("says that %s holds no tasks", (text) => {
  expect(readJson(text, context, preferences).problem).toMatch(/^No tasks in it/);
});
