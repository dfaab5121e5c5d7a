import { describe, expect, it } from "vitest";
import { monday, search, span, task, text, times, week } from "./builders.ts";
import { planWeek, verify } from "./index.ts";

type Input = NonNullable<Parameters<typeof week>[0]>;

describe("a plan puts", () => {
  it("work in working hours, from the next grid point on", () => {
    expect(times({ tasks: [task("a", 60)] }, monday + 7_000)).toEqual({ a: "Mon 09:00-10:00" });
    expect(times({ tasks: [task("a", 60)] }, at("2024-03-25T10:07"))).toEqual({ a: "Mon 10:15-11:15" });
  });

  it("work that no longer fits on Friday on Monday, everything else on any day until 22:00", () => {
    const now = at("2024-03-29T16:30");
    expect(times({ tasks: [task("a", 60)] }, now)).toEqual({ a: "Mon 09:00-10:00" });
    expect(times({ tasks: [task("a", 60, { category: "home" })] }, now)).toEqual({ a: "Fri 16:30-17:30" });
    expect(times({ tasks: [task("a", 60, { category: "home" })] }, at("2024-03-30T21:30"))).toEqual({
      a: "Sun 09:00-10:00",
    });
  });

  it("nothing over fixed events, and uses what two that overlap leave", () => {
    const existing_events = [event("e", "09:00", "11:00"), event("f", "10:30", "11:30")];
    const plan = planWeek(week({ tasks: [task("a", 30)], existing_events }), search());
    expect(span(plan, "a")).toBe("Mon 11:30-12:00");
    expect(plan.warnings).toContain("'e' and 'f' overlap; both were kept.");
  });

  it("a task after what it waits for, also where that is pinned in the calendar", () => {
    const tasks = [task("b", 60, { dependencies: ["a"] }), task("a", 60)];
    expect(times({ tasks })).toEqual({ a: "Mon 09:00-10:00", b: "Mon 10:15-11:15" });
    const existing_events = [{ ...event("e", "14:00", "15:00"), task_id: "a" }];
    expect(times({ tasks, existing_events })).toEqual({ b: "Mon 15:15-16:15" });
  });

  it("the urgent task before the low one, and both by their deadlines where it can", () => {
    const tasks = [task("low", 60, { priority: "low" }), task("urgent", 60, { priority: "urgent" })];
    expect(times({ tasks })).toMatchObject({ urgent: "Mon 09:00-10:00", low: "Mon 10:15-11:15" });
    const dated = [
      task("low", 60, { priority: "low", deadline: "2024-03-25T10:00" }),
      task("high", 60, { priority: "high", deadline: "2024-03-25T12:00" }),
    ];
    expect(times({ tasks: dated })).toEqual({ low: "Mon 09:00-10:00", high: "Mon 10:15-11:15" });
  });

  it.each([
    ["morning", "Tue 09:00-10:00", "2024-03-25T13:00"],
    ["afternoon", "Mon 13:00-14:00", "2024-03-25T08:00"],
  ] as const)("a task in its preferred %s", (preferred_time, expected, now) => {
    expect(times({ tasks: [task("a", 60, { preferred_time })] }, at(now))).toEqual({ a: expected });
  });

  it("a demanding task in an energy peak, an easy one not", () => {
    const now = at("2024-03-25T13:00");
    expect(times({ tasks: [task("a", 60, { priority: "high" })] }, now)).toEqual({ a: "Mon 14:00-15:00" });
    expect(times({ tasks: [task("a", 60)] }, now)).toEqual({ a: "Mon 13:00-14:00" });
  });

  it("nothing after avoid_scheduling_after while there is other time soon, but something if there is not", () => {
    const user_preferences = { work_end_time: "20:00", avoid_scheduling_after: "15:00" };
    const now = at("2024-03-25T15:00");
    expect(times({ tasks: [task("a", 60)], user_preferences }, now)).toEqual({ a: "Tue 09:00-10:00" });
    const deadline = "2024-03-25T18:00";
    expect(times({ tasks: [task("a", 60, { deadline })], user_preferences }, now)).toEqual({ a: "Mon 15:00-16:00" });
  });

  it("a night shift's work across midnight", () => {
    const user_preferences = { work_start_time: "22:00", work_end_time: "06:00", break_frequency_minutes: 480 };
    expect(times({ tasks: [task("a", 300)], user_preferences })).toEqual({ a: "Mon 22:00-03:00" });
  });

  it("two hours of elapsed time across the night in which clocks go forward", () => {
    const user_preferences = { work_start_time: "23:00", work_end_time: "06:00", work_days: ["sat" as const] };
    const plan = planWeek(week({ tasks: [task("a", 240)], user_preferences }), search(at("2024-03-30T12:00")));
    const { start_time, end_time } = plan.scheduled_events.find(({ id }) => id === "a") ?? {};
    expect([start_time, end_time]).toEqual(["2024-03-30T23:00:00+01:00", "2024-03-31T04:00:00+02:00"]);
  });
});

describe("constraints", () => {
  const block = { description: "school run", start_time: "2024-03-25T09:00", end_time: "2024-03-25T11:00" };

  it.each(["time_block", "break", "lunch"] as const)("of type %s keep tasks out when hard", (type) => {
    expect(times({ tasks: [task("a", 30)], constraints: [{ ...block, type }] })).toEqual({ a: "Mon 11:00-11:30" });
  });

  it("cost when soft: an urgent deadline goes over them, anything else around", () => {
    const constraints = [{ ...block, type: "time_block" as const, is_hard_constraint: false }];
    expect(times({ tasks: [task("a", 30)], constraints })).toEqual({ a: "Mon 11:00-11:30" });
    const tasks = [task("a", 30, { deadline: "2024-03-25T09:30", priority: "urgent" })];
    expect(times({ tasks, constraints })).toEqual({ a: "Mon 09:00-09:30" });
  });

  it("of focus time attract demanding tasks and repel the others", () => {
    const focus = { ...block, type: "focus_time" as const };
    const tasks = [task("easy", 60, { priority: "low" }), task("hard", 60, { priority: "high" })];
    expect(times({ tasks, constraints: [focus] })).toEqual({ hard: "Mon 09:00-10:00", easy: "Mon 11:00-12:00" });
  });

  it("against meetings move a moveable event, and leave tasks alone", () => {
    const constraints = [{ ...block, type: "no_meetings" as const }];
    const existing_events = [{ ...event("e", "09:30", "10:00"), is_moveable: true }];
    expect(times({ tasks: [task("a", 60)], existing_events, constraints })).toEqual({
      a: "Mon 09:00-10:00",
      e: "Mon 11:00-11:30",
    });
  });

  it("without times are ignored with a warning", () => {
    const plan = planWeek(
      week({ tasks: [task("a", 30)], constraints: [{ type: "break", description: "some rest" }] }),
      search(),
    );
    expect(plan.warnings).toEqual(["Constraint 'some rest' was ignored: it has no start time."]);
  });
});

describe("rest", () => {
  it("comes as a break before continuous work passes the limit", () => {
    const plan = planWeek(
      week({
        tasks: ["a", "b", "c"].map((id) => task(id, 45, { dependencies: id === "a" ? [] : [id === "b" ? "a" : "b"] })),
      }),
      search(),
    );
    expect(["a", "b", "c"].map((id) => span(plan, id))).toEqual([
      "Mon 09:00-09:45",
      "Mon 09:45-10:30",
      "Mon 10:45-11:30",
    ]);
    expect(plan.scheduled_events.filter(({ type }) => type === "break").map((each) => text(each))).toEqual([
      "Mon 10:30-10:45",
    ]);
  });

  it("follows a task that is longer than the limit, which stays whole", () => {
    const request = week({ tasks: [task("a", 120), task("b", 30, { dependencies: ["a"] })] });
    const plan = planWeek(request, search());
    expect(plan.scheduled_events.slice(0, 3).map((each) => `${each.type} ${text(each)}`)).toEqual([
      "task Mon 09:00-11:00",
      "break Mon 11:00-11:15",
      "task Mon 11:15-11:45",
    ]);
  });

  it("is not shown over night or after the last task", () => {
    expect(types({ tasks: [task("a", 90)] })).toEqual(["task", ...lunches(5)]);
  });
});

describe("lunch", () => {
  it("stands once on each working day at its time", () => {
    const plan = planWeek(week({ tasks: [] }), search());
    expect(plan.scheduled_events.map(text)).toEqual(
      ["Mon", "Tue", "Wed", "Thu", "Fri"].map((day) => `${day} 12:00-13:00`),
    );
  });

  it("gives way to an immovable event, at most 90 minutes", () => {
    const plan = planWeek(
      week({ tasks: [], existing_events: [event("e", "11:30", "12:15")], planning_horizon_days: 1 }),
      search(),
    );
    expect(plan.scheduled_events.map(text)).toEqual(["Mon 12:15-13:15"]);
  });

  it("makes room for a task that fits nowhere else", () => {
    const tasks = [task("a", 300, { deadline: "2024-03-25T17:00", deadline_is_hard: true })];
    const plan = planWeek(week({ tasks, planning_horizon_days: 1 }), search());
    expect(plan.unscheduled).toEqual([]);
    expect(verify(week({ tasks, planning_horizon_days: 1 }), plan, monday)).toEqual([]);
    expect(plan.scheduled_events.map(({ type }) => type).sort()).toEqual(["lunch", "task"]);
  });

  it("is skipped with a warning where events cover its time", () => {
    const plan = planWeek(
      week({ tasks: [], existing_events: [event("e", "10:30", "13:15")], planning_horizon_days: 1 }),
      search(),
    );
    expect(plan.scheduled_events).toEqual([]);
    expect(plan.warnings).toEqual(["No lunch on Mon 25 Mar: events leave no room for it."]);
  });
});

describe("moveable events", () => {
  it("stay where they are, to the minute, while nothing needs their place", () => {
    const existing_events = [{ ...event("e", "09:07", "09:37"), is_moveable: true }];
    expect(times({ tasks: [task("a", 60)], existing_events })).toEqual({ e: "Mon 09:07-09:37", a: "Mon 09:40-10:40" });
  });

  it("move for a hard deadline that cannot be kept otherwise", () => {
    const existing_events = [{ ...event("e", "09:30", "10:00"), is_moveable: true }];
    const tasks = [task("a", 60, { deadline: "2024-03-25T10:00", deadline_is_hard: true })];
    expect(times({ tasks, existing_events })).toEqual({ a: "Mon 09:00-10:00", e: "Mon 10:00-10:30" });
  });

  it("stay with a warning where they must go but cannot", () => {
    const existing_events = [{ ...event("m", "09:30", "10:00"), is_moveable: true }, event("f", "09:00", "17:00")];
    const plan = planWeek(week({ tasks: [], existing_events: [...existing_events, ...allWeek()] }), search());
    expect(span(plan, "m")).toBe("Mon 09:30-10:00");
    expect(plan.warnings).toContain(
      "'m' cannot stay where it is and there is no other place for it: it was left there.",
    );
  });
});

describe("what has no place is named with its reason:", () => {
  const oneDay = { planning_horizon_days: 1, user_preferences: { lunch_duration_minutes: 60 } };

  it("no working time", () => {
    const plan = planWeek(week({ tasks: [task("a", 60)], planning_horizon_days: 2 }), search(at("2024-03-30T08:00")));
    expect(plan).toMatchObject({
      success: false,
      unscheduled_tasks: ["a"],
      unscheduled: [{ code: "no_working_time" }],
    });
    expect(plan.error).toBe("It needs 1 h, but the time planned holds no working hours.");
  });

  it("longer than any window", () => {
    const plan = planWeek(week({ tasks: [task("a", 500), task("b", 30)] }), search());
    expect(plan).toMatchObject({ success: true, unscheduled_tasks: ["a"], error: null });
    expect(plan.unscheduled[0]).toMatchObject({
      code: "longer_than_any_window",
      reason: "It needs 8 h 20 min, but the longest day has 8 h.",
    });
  });

  it("a hard deadline, with the longest window before it and when it could end", () => {
    const tasks = [task("a", 180, { deadline: "2024-03-26T16:00", deadline_is_hard: true })];
    const existing_events = [
      event("e", "09:00", "17:00"),
      { ...event("f", "09:00", "14:00"), start_time: "2024-03-26T09:00", end_time: "2024-03-26T14:00" },
    ];
    const plan = planWeek(week({ tasks, existing_events }), search());
    expect(plan.unscheduled).toMatchObject([
      {
        task_id: "a",
        title: "a",
        code: "hard_deadline",
        reason: "It needs 3 h; the longest free window before its deadline is 2 h, Tue 26 Mar 14:00-16:00.",
        suggestion: "Move its deadline to Tue 26 Mar 17:00.",
        conflict: [{ kind: "deadline" }, { kind: "hours" }, { id: "e" }, { id: "f" }],
        changes: [
          { kind: "move_deadline", task_id: "a", end_time: "2024-03-26T17:00:00+01:00" },
          { kind: "longer_hours", minutes: 180 },
          { kind: "free_time", event_id: "f" },
          { kind: "free_time", event_id: "e" },
          { kind: "shorten", minutes: 120 },
        ],
      },
    ]);
  });

  it("no free time, with the task to leave out instead", () => {
    const tasks = [
      task("a", 240, { priority: "urgent" }),
      task("b", 180, { priority: "high" }),
      task("c", 120, { priority: "low" }),
    ];
    const plan = planWeek(week({ tasks, ...oneDay }), search());
    expect(plan.unscheduled).toMatchObject([{ task_id: "c", code: "no_free_time" }]);
    expect(plan.unscheduled[0]?.changes).toContainEqual(expect.objectContaining({ kind: "leave_out", task_id: "b" }));
    expect(plan.unscheduled[0]?.suggestion).toBe("Plan 2 days ahead: it fits on Tue 26 Mar.");
  });

  it("waiting for something that has none", () => {
    const tasks = [task("a", 500), task("b", 30, { dependencies: ["a"] })];
    expect(planWeek(week({ tasks }), search()).unscheduled[1]).toMatchObject({
      code: "dependency_unscheduled",
      reason: "It waits for 'a', which could not be placed.",
    });
  });

  it("days that end too soon after what it waits for", () => {
    const tasks = [task("a", 60), task("b", 60, { dependencies: ["a"] })];
    const existing_events = [{ ...event("e", "16:00", "17:00"), task_id: "a" }];
    expect(planWeek(week({ tasks, existing_events, ...oneDay }), search()).unscheduled).toMatchObject([
      { task_id: "b", code: "out_of_horizon" },
    ]);
  });
});

describe("the answer", () => {
  it("is a success without events when there is nothing to plan", () => {
    expect(planWeek(week({ tasks: [] }), search())).toMatchObject({
      success: true,
      unscheduled_tasks: [],
      confidence_score: 1,
      error: null,
    });
  });

  it("says why a task stands where it stands", () => {
    const tasks = [task("a", 60, { priority: "high", deadline: "2024-03-26T10:00" })];
    expect(planWeek(week({ tasks }), search()).scheduled_events[0]?.reason).toBe(
      "Mon 25 Mar 09:00 in your energy peak, finishes 1 d before its deadline",
    );
  });

  it("warns of a task that is late and of a deadline that has passed", () => {
    const late = planWeek(week({ tasks: [task("b", 60, { deadline: "2024-03-25T08:30" })] }), search());
    expect(late.warnings).toEqual(["'b' finishes 1 h 30 min after its deadline."]);
    const past = planWeek(week({ tasks: [task("b", 60, { deadline: "2024-03-24T08:30" })] }), search());
    expect(past.warnings[0]).toBe("The deadline of 'b' has passed already.");
  });

  it("tells a task and a moveable event apart that have the same id", () => {
    const existing_events = [{ ...event("a", "15:00", "15:30"), is_moveable: true }];
    const plan = planWeek(week({ tasks: [task("a", 60)], existing_events }), search());
    const shown = plan.scheduled_events.filter(({ type }) => type !== "lunch");
    expect(shown).toMatchObject([
      { id: "a#1", task_id: "a", type: "task", p_on_time: null },
      { id: "a", task_id: null, type: "event", p_on_time: null },
    ]);
  });

  it.each([
    [15, { planning_horizon_days: 5, tasks: [task("a", 45)] }],
    [5, { planning_horizon_days: 5, tasks: [task("a", 40)] }],
    [15, { planning_horizon_days: 6, tasks: [task("a", 40)] }],
  ])("uses a grid of %i minutes for %o", (grid, input) => {
    const plan = planWeek(week(input), search());
    expect(plan.grid_minutes).toBe(grid);
    expect(verify(week(input), plan, monday)).toEqual([]);
  });

  it("says so when time ran out", () => {
    const plan = planWeek(
      week({ tasks: Array.from({ length: 12 }, (_, index) => task(`t${index}`, 60, { priority: "high" })) }),
      {
        ...search(monday, 1_000),
        outOfTime: () => true,
      },
    );
    expect(plan.success).toBe(true);
    expect(plan.warnings).toEqual([expect.stringContaining("stopped by its time limit after 0 of 1000 steps")]);
  });
});

function at(local: string): number {
  return Date.parse(`${local}:00+01:00`);
}

function event(id: string, from: string, to: string) {
  return { id, title: id, start_time: `2024-03-25T${from}`, end_time: `2024-03-25T${to}` };
}

/** Events over every hour of the days after Monday. */
function allWeek() {
  return [26, 27, 28, 29, 30].map((day) => ({
    id: `day-${day}`,
    title: `day ${day}`,
    start_time: `2024-03-${day}T00:00`,
    end_time: `2024-03-${day}T23:59`,
  }));
}

function types(input: Input): string[] {
  return planWeek(week(input), search()).scheduled_events.map(({ type }) => type);
}

function lunches(count: number): string[] {
  return Array.from({ length: count }, () => "lunch");
}
