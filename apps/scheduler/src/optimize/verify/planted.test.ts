import { describe, expect, it } from "vitest";
import type { GenerateRequest, ScheduledEvent } from "../../contract/index.ts";
import { monday, stored, task, week } from "../builders.ts";
import { verify } from "../verify.ts";

// Plans made by hand, so that what is judged owes nothing to the engine. Monday is 2024-03-25.

describe("the judge of starts", () => {
  it.each([
    ["Mon 11:00", "Mon 10:45", "earliest_start", task("a", 60, { earliest_start: "2024-03-25T11:00" })],
    ["Tue 07:00", "Mon 09:00", "hours", task("a", 60, { window: "07:00-08:00" })],
    ["Tue 07:00", "Tue 07:15", "hours", task("a", 60, { window: "07:00-08:00" })],
    ["Wed 01:00", "Wed 02:15", "hours", task("a", 60, { window: "22:00-03:00" })],
    ["Sat 07:00", "Sat 08:15", "hours", task("a", 60, { window: "07:00-08:00", category: "home" })],
    ["Fri 07:00", "Sat 07:00", "hours", task("a", 60, { window: "07:00-08:00" })],
  ])("accepts %s and refuses %s: %s", (good, bad, rule, asked) => {
    const request = week({ tasks: [asked], planning_horizon_days: 7 });
    expect(rules(request, [block("a", good, 60)])).toEqual([]);
    expect(rules(request, [block("a", bad, 60)])).toEqual([rule]);
  });

  it("counts the lag from the last piece of what is waited for, to the minute", () => {
    const first = task("a", 120, { split: { min_minutes: 60, max_minutes: 60 } });
    const request = week({ tasks: [first, task("b", 30, { dependencies: ["a"], dependency_lags: { a: 95 } })] });
    const pieces = [block("a#1", "Mon 09:00", 60), block("a#2", "Mon 10:15", 60)];
    expect(rules(request, [...pieces, block("b", "Mon 12:50", 30)])).toEqual([]);
    expect(rules(request, [...pieces, block("b", "Mon 12:49", 30)])).toEqual(["dependency"]);
  });

  it("lets what waits for a habit start after the first time", () => {
    const habit = task("h", 30, { repeat: { days: ["mon", "tue"] } });
    const request = week({ tasks: [habit, task("b", 30, { dependencies: ["h"] })], planning_horizon_days: 2 });
    const times = [block("h#2024-03-25", "Mon 10:00", 30), block("h#2024-03-26", "Tue 10:00", 30)];
    expect(rules(request, [...times, block("b", "Mon 11:00", 30)])).toEqual([]);
    expect(rules(request, [...times, block("b", "Mon 09:00", 30)])).toEqual(["dependency"]);
  });
});

describe("the judge of buffers", () => {
  const buffers = { buffer_before_minutes: 20, buffer_after_minutes: 10 };
  const tasks = [task("a", 60, buffers), task("b", 60)];

  it.each([
    ["Mon 10:30", []],
    ["Mon 10:10", []],
    ["Mon 10:09", ["buffer"]],
    ["Mon 10:00", ["buffer"]],
    ["Mon 09:30", ["overlap"]],
  ])("keeps the way from a task free: the next at %s breaks %j", (start, broken) => {
    const request = week({ tasks, user_preferences: { break_frequency_minutes: 480 } });
    expect(rules(request, [block("a", "Mon 09:00", 60), block("b", start, 60)])).toEqual(broken);
  });

  it("keeps the way to a task free of tasks, lunch, breaks, events and blocks, working hours or not", () => {
    const request = (more: object) =>
      week({ tasks: tasks.slice(0, 1), user_preferences: { break_frequency_minutes: 480 }, ...more });
    const there = block("a", "Mon 13:00", 60);
    const span = (from: string, to: string) => ({ start_time: `2024-03-25T${from}`, end_time: `2024-03-25T${to}` });
    expect(rules(request({}), [block("a", "Mon 09:00", 60)])).toEqual([]);
    expect(rules(request({}), [there, lunch("Mon 12:00")])).toEqual(["buffer"]);
    expect(rules(request({}), [there, rest("Mon 12:30")])).toEqual(["buffer"]);
    expect(rules(request({ existing_events: [{ id: "e", title: "e", ...span("12:30", "12:45") }] }), [there])).toEqual([
      "buffer",
    ]);
    const constraints = [{ type: "time_block", description: "x", ...span("14:05", "15:00") }];
    expect(rules(request({ constraints }), [there])).toEqual(["constraint"]);
  });

  it("does not let two share the way between them", () => {
    const both = [task("a", 60, buffers), task("c", 60, buffers)];
    const request = week({ tasks: both, user_preferences: { break_frequency_minutes: 480 } });
    expect(rules(request, [block("a", "Mon 09:00", 60), block("c", "Mon 10:30", 60)])).toEqual([]);
    expect(rules(request, [block("a", "Mon 09:00", 60), block("c", "Mon 10:29", 60)])).toEqual(["buffer"]);
  });

  it("keeps clear of what an event keeps free", () => {
    const event = { id: "e", title: "e", start_time: "2024-03-25T11:00", end_time: "2024-03-25T12:00" };
    const request = week({
      tasks: [task("b", 60)],
      existing_events: [{ ...event, buffer_before_minutes: 30, buffer_after_minutes: 15 }],
    });
    expect(rules(request, [block("b", "Mon 09:30", 60)])).toEqual([]);
    expect(rules(request, [block("b", "Mon 09:45", 60)])).toEqual(["buffer"]);
    expect(rules(request, [block("b", "Mon 12:15", 60)])).toEqual([]);
    expect(rules(request, [block("b", "Mon 12:10", 60)])).toEqual(["buffer"]);
  });

  it("does not set out before planning starts", () => {
    const request = week({ tasks: [task("a", 60, { buffer_before_minutes: 90 })] });
    expect(rules(request, [block("a", "Mon 09:30", 60)])).toEqual([]);
    expect(rules(request, [block("a", "Mon 09:15", 60)])).toEqual(["buffer"]);
  });

  it("takes the way to a task for no break", () => {
    const request = week({ tasks: [task("a", 60), task("b", 60, { buffer_before_minutes: 15 })] });
    expect(rules(request, [block("a", "Mon 09:00", 60), block("b", "Mon 10:15", 60)])).toEqual(["rest"]);
    expect(rules(request, [block("a", "Mon 09:00", 60), block("b", "Mon 10:30", 60)])).toEqual([]);
  });
});

describe("the judge of split tasks", () => {
  const split = { min_minutes: 30, max_minutes: 60, max_minutes_per_day: 90 };
  const request = week({ tasks: [task("a", 150, { split })] });
  const good = [block("a#1", "Mon 09:00", 60), block("a#2", "Mon 11:00", 30), block("a#3", "Tue 09:00", 60)];
  const but = (index: number, piece: ScheduledEvent) => good.map((each, at) => (at === index ? piece : each));

  it.each<[string, string[], ScheduledEvent[]]>([
    ["pieces that fit", [], good],
    ["too little of it", ["split"], good.slice(1)],
    ["too much of it", ["split"], but(1, block("a#2", "Mon 15:00", 60)).concat(block("a#4", "Wed 09:00", 30))],
    ["a piece that is too short", ["split"], but(1, block("a#2", "Mon 11:00", 15))],
    ["a piece that is too long", ["split"], but(2, block("a#3", "Tue 09:00", 75))],
    ["pieces in the wrong order", ["split"], but(0, block("a#4", "Mon 09:00", 60))],
    ["too much on one day", ["cap"], but(2, block("a#3", "Mon 14:00", 60))],
    ["pieces at the same time", ["overlap"], but(1, block("a#2", "Mon 09:30", 30))],
  ])("finds of %s %j", (_what, broken, pieces) => {
    expect([...new Set(rules(request, pieces))]).toEqual(expect.arrayContaining(broken));
    expect(rules(request, pieces).length > 0).toBe(broken.length > 0);
  });

  it("lets no task stand in pieces that may not", () => {
    const whole = week({ tasks: [task("a", 120)] });
    const pieces = [block("a#1", "Mon 09:00", 60), block("a#2", "Mon 10:15", 60)];
    expect(rules(whole, pieces)).toContain("twice");
  });
});

describe("the judge of daily work", () => {
  const request = week({
    tasks: [task("a", 60), task("b", 60), task("c", 60)],
    user_preferences: { max_work_minutes_per_day: 120, break_frequency_minutes: 480 },
  });

  it("allows so much and no more on one day", () => {
    const two = [block("a", "Mon 09:00", 60), block("b", "Mon 10:00", 60)];
    expect(rules(request, [...two, block("c", "Tue 09:00", 60)])).toEqual([]);
    expect(rules(request, [...two, block("c", "Mon 15:00", 60)])).toEqual(["cap"]);
  });

  it("counts what the calendar carries out, but blames only what planning adds", () => {
    const long = { id: "e", title: "e", start_time: "2024-03-25T09:00", end_time: "2024-03-25T12:00", task_id: "a" };
    const full = week({ ...request, existing_events: [long] });
    const others = (start: string) => [block("b", start, 60), block("c", "Wed 09:00", 60)];
    expect(rules(full, others("Tue 09:00"))).toEqual([]);
    expect(rules(full, others("Mon 14:00"))).toEqual(["cap"]);
  });
});

describe("the judge of habits", () => {
  const daily = week({ tasks: [task("h", 30, { repeat: { days: ["tue", "thu"] }, category: "home" })] });
  const weekly = week({ tasks: [task("h", 30, { repeat: { times_per_week: 2 } })] });
  const [tue, thu] = [block("h#2024-03-26", "Tue 09:00", 30), block("h#2024-03-28", "Thu 09:00", 30)];
  const [one, two] = [block("h#week-1", "Mon 09:00", 30), block("h#week-2", "Tue 09:00", 30)];

  it.each<[string, GenerateRequest, string[], ScheduledEvent[], string[]?]>([
    ["the days named", daily, [], [tue, thu]],
    ["a day left out and reported", daily, [], [tue], ["h"]],
    ["a day left out in silence", daily, ["lost"], [tue]],
    ["no day at all", daily, ["lost", "lost"], []],
    ["another day", daily, ["repeat"], [tue, thu, block("h#2024-03-27", "Wed 09:00", 30)]],
    ["a day under another's name", daily, ["repeat"], [tue, block("h#2024-03-28", "Wed 09:00", 30)]],
    ["one day twice", daily, ["repeat"], [tue, thu, block("h#2", "Thu 15:00", 30)]],
    ["half of its time", daily, ["duration"], [block("h#2024-03-26", "Tue 09:00", 15), thu]],
    ["so many times a week", weekly, [], [one, two]],
    ["one time too many", weekly, ["repeat"], [one, two, block("h#week-3", "Wed 09:00", 30)]],
    ["two times on a day", weekly, ["repeat"], [one, block("h#week-2", "Mon 14:00", 30)]],
  ])("finds %s right or wrong", (_what, request, broken, events, left) => {
    expect(rules(request, events, left)).toEqual(broken);
  });

  it("takes the night after a day for that day, where its hours run over midnight", () => {
    const night = week({
      tasks: [task("h", 30, { repeat: { days: ["tue"] }, window: "23:00-02:00", category: "home" })],
    });
    expect(rules(night, [block("h#2024-03-26", "Wed 01:00", 30)])).toEqual([]);
    expect(rules(night, [block("h#2024-03-26", "Tue 01:00", 30)])).toEqual([]);
    expect(rules(night, [block("h#2024-03-26", "Thu 01:00", 30)])).toEqual(["repeat"]);
  });

  it("misses one in each whole week", () => {
    const request = week({ ...weekly, planning_horizon_days: 14 });
    expect(rules(request, [one, two])).toEqual(["lost"]);
    expect(rules(request, [one, two, block("h#week-3", "Mon+7 09:00", 30)])).toEqual(["lost"]);
    const four = [one, two, block("h#week-3", "Mon+7 09:00", 30), block("h#week-4", "Thu+7 09:00", 30)];
    expect(rules(request, four)).toEqual([]);
  });
});

describe("the judge of a revised plan", () => {
  it("finds an event of the old plan that is gone without a word, also where the request has no such task", () => {
    const request = stored({ existing_schedule: [block("a", "Mon 09:00", 60), block("b", "Mon 11:00", 60)] });
    const judged = (unscheduled_tasks: string[]) =>
      verify(request, { optimized_schedule: [block("b", "Mon 11:00", 60)], unscheduled_tasks }, monday);
    expect(judged(["a"])).toEqual([]);
    expect(judged([])).toMatchObject([{ rule: "lost", event_ids: ["a"] }]);
  });
});

/** Names of the rules that a plan breaks. */
function rules(request: GenerateRequest, scheduled_events: ScheduledEvent[], unscheduled_tasks: string[] = []) {
  return verify(request, { scheduled_events, unscheduled_tasks }, monday).map(({ rule }) => rule);
}

/** `Mon 09:00` of the first week, `Mon+7 09:00` of the next, on the clock of Paris; summer time comes in between. */
function block(id: string, start: string, minutes: number, type: ScheduledEvent["type"] = "task"): ScheduledEvent {
  const [day = "", clock = ""] = start.split(" ");
  const [name = "", more = "0"] = day.split("+");
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(name) + Number(more);
  const time = Date.parse(`2024-03-25T${clock}:00Z`) + days * 86_400_000;
  const zone = days > 5 ? "+02:00" : "+01:00";
  const shown = (at: number) => new Date(at).toISOString().replace(".000Z", zone);
  return {
    id,
    task_id: type === "task" ? id.replace(/#.*/, "") : null,
    title: id,
    start_time: shown(time),
    end_time: shown(time + minutes * 60_000),
    type,
    priority: null,
    category: null,
    pinned: false,
    reason: "",
    p_on_time: null,
    eta: null,
    explanation: null,
  };
}

function lunch(start: string) {
  return block("lunch-2024-03-25", start, 60, "lunch");
}

function rest(start: string) {
  return block("break-1", start, 15, "break");
}
