import { describe, expect, it } from "vitest";
import { monday, search, span, task, text, times, week } from "../builders.ts";
import { planWeek, verify } from "../index.ts";

describe("a task", () => {
  it("starts no sooner than it may, off the grid too", () => {
    expect(times({ tasks: [task("a", 60, { earliest_start: "2024-03-26T10:30" })] })).toEqual({
      a: "Tue 10:30-11:30",
    });
    expect(times({ tasks: [task("a", 60, { earliest_start: "2024-03-26T10:37" })] })).toEqual({
      a: "Tue 10:40-11:40",
    });
  });

  it("is left out, with a warning, where it may start too late for its hard deadline", () => {
    const late = { earliest_start: "2024-03-26T10:30", deadline: "2024-03-26T11:00", deadline_is_hard: true };
    const plan = planWeek(week({ tasks: [task("a", 60, late)] }), search());
    expect(plan.unscheduled_tasks).toEqual(["a"]);
    expect(plan.warnings).toContain("'a' may start too late to end by its hard deadline.");
  });

  it("keeps to its window instead of the hours of its category, on the same days", () => {
    const window = "07:00-08:30";
    expect(times({ tasks: [task("a", 60, { window })] }, at("2024-03-25T07:45"))).toEqual({ a: "Tue 07:00-08:00" });
    expect(times({ tasks: [task("a", 60, { window })] }, at("2024-03-29T12:00"))).toEqual({ a: "Mon 07:00-08:00" });
    const personal = task("a", 60, { window, category: "home" });
    expect(times({ tasks: [personal] }, at("2024-03-29T12:00"))).toEqual({ a: "Sat 07:00-08:00" });
  });

  it("may have a window over midnight, in the night in which clocks change too", () => {
    const night = task("a", 120, { window: "23:30-04:00", category: "home" });
    const plan = planWeek(week({ tasks: [night] }), search(at("2024-03-30T22:30")));
    const { start_time, end_time } = plan.scheduled_events.find(({ id }) => id === "a") ?? {};
    expect([start_time, end_time]).toEqual(["2024-03-30T23:30:00+01:00", "2024-03-31T01:30:00+01:00"]);
    const late = planWeek(week({ tasks: [night] }), search(at("2024-03-31T01:00")));
    const shown = late.scheduled_events.find(({ id }) => id === "a");
    expect([shown?.start_time, shown?.end_time]).toEqual(["2024-03-31T01:00:00+01:00", "2024-03-31T04:00:00+02:00"]);
  });

  it("waits so long after what it depends on, over the night too", () => {
    const tasks = (lag: number) => [task("a", 60), task("b", 30, { dependencies: ["a"], dependency_lags: { a: lag } })];
    expect(times({ tasks: tasks(0) })).toEqual({ a: "Mon 09:00-10:00", b: "Mon 10:00-10:30" });
    expect(times({ tasks: tasks(90) })).toEqual({ a: "Mon 09:00-10:00", b: "Mon 11:30-12:00" });
    expect(times({ tasks: tasks(1_440) })).toEqual({ a: "Mon 09:00-10:00", b: "Tue 10:00-10:30" });
  });

  it("keeps its buffers free of the others, but not of what lies outside of working hours", () => {
    const tasks = [task("a", 60, { buffer_before_minutes: 60, buffer_after_minutes: 45, priority: "urgent" })];
    expect(times({ tasks })).toEqual({ a: "Mon 09:00-10:00" });
    expect(times({ tasks: [...tasks, task("b", 60, { priority: "low" })] })).toEqual({
      a: "Mon 09:00-10:00",
      b: "Mon 11:00-12:00",
    });
    const existing_events = [event("e", "08:30", "09:15")];
    expect(times({ tasks, existing_events })).toEqual({ a: "Mon 10:15-11:15" });
  });

  it("does not rest on its way: a break comes beside the buffers", () => {
    const tasks = [
      task("a", 90),
      task("b", 60, { buffer_before_minutes: 30, dependencies: ["a"], deadline: "2024-03-25T12:00" }),
    ];
    const plan = planWeek(week({ tasks }), search());
    expect(span(plan, "b")).toBe("Mon 11:15-12:15");
    expect(plan.scheduled_events.filter(({ type }) => type === "break").map(text)).toEqual(["Mon 10:30-10:45"]);
  });

  it("finishes sooner for a lag that its buffers are a part of", () => {
    const tasks = [
      task("a", 60, { buffer_after_minutes: 30 }),
      task("b", 30, { dependencies: ["a"], dependency_lags: { a: 45 }, buffer_before_minutes: 15 }),
    ];
    expect(times({ tasks })).toEqual({ a: "Mon 09:00-10:00", b: "Mon 10:45-11:15" });
  });
});

describe("events", () => {
  it("keep tasks out of their buffers", () => {
    const existing_events = [{ ...event("e", "09:30", "10:00"), buffer_before_minutes: 30, buffer_after_minutes: 15 }];
    expect(times({ tasks: [task("a", 60)], existing_events })).toEqual({ a: "Mon 10:15-11:15" });
  });

  it("that stand in each other's buffers stay, with a warning", () => {
    const moveable = { is_moveable: true, buffer_after_minutes: 30 };
    const existing_events = [
      { ...event("e", "10:00", "10:30"), ...moveable },
      { ...event("f", "10:30", "11:00"), ...moveable },
      { ...event("g", "11:15", "12:00"), buffer_before_minutes: 15 },
    ];
    const request = week({ tasks: [task("a", 60)], existing_events });
    const plan = planWeek(request, search());
    expect(verify(request, plan, monday)).toEqual([]);
    expect([span(plan, "e"), span(plan, "f"), span(plan, "a")]).toEqual([
      "Mon 10:00-10:30",
      "Mon 10:30-11:00",
      "Mon 09:00-10:00",
    ]);
    expect(plan.warnings).toEqual([
      "The buffer between 'e' and 'f' is shorter than asked; both were kept.",
      "The buffer between 'f' and 'g' is shorter than asked; both were kept.",
    ]);
  });

  it("take their buffers along when they move", () => {
    const existing_events = [
      { ...event("e", "09:30", "10:00"), is_moveable: true, buffer_before_minutes: 30, buffer_after_minutes: 30 },
    ];
    const tasks = [task("a", 60, { deadline: "2024-03-25T10:00", deadline_is_hard: true })];
    expect(times({ tasks, existing_events })).toEqual({ a: "Mon 09:00-10:00", e: "Mon 10:30-11:00" });
  });
});

describe("a day", () => {
  it("holds no more task time than a person wants, given tasks included", () => {
    const user_preferences = { max_work_minutes_per_day: 120 };
    const tasks = ["a", "b", "c", "d"].map((id) => task(id, 60));
    const days = Object.values(times({ tasks, user_preferences })).map((each) => each.slice(0, 3));
    expect(days).toEqual(["Mon", "Mon", "Tue", "Tue"]);
    const existing_events = [{ ...event("e", "14:00", "15:30"), task_id: "a" }];
    const rest = Object.values(times({ tasks, user_preferences, existing_events })).map((each) => each.slice(0, 3));
    expect(rest).toEqual(["Tue", "Tue", "Wed"]);
  });

  it("holds nothing of a task that is longer than its cap", () => {
    const plan = planWeek(
      week({ tasks: [task("a", 60), task("b", 30)], user_preferences: { max_work_minutes_per_day: 45 } }),
      search(),
    );
    expect(plan.unscheduled_tasks).toEqual(["a"]);
    expect(span(plan, "b")).toBe("Mon 09:00-09:30");
  });

  it("has few changes of category where they cost enough", () => {
    const tasks = ["x", "y", "x", "y"].map((category, index) => task(`t${index}`, 60, { category, priority: "low" }));
    const switches = (weight: number) => {
      const { scheduled_events: events } = planWeek(
        week({ tasks, weights: { category_switch: weight }, planning_horizon_days: 1 }),
        search(),
      );
      const order = events.flatMap(({ type, category }) => (type === "task" && category ? [category] : []));
      return order.filter((each, index) => index > 0 && each !== order[index - 1]).length;
    };
    expect(switches(500)).toBe(1);
    const plan = planWeek(week({ tasks: tasks.slice(0, 2), weights: { category_switch: 7 } }), search());
    const without = planWeek(week({ tasks: tasks.slice(0, 2), weights: { category_switch: 0 } }), search());
    expect((plan.cost ?? 0) - (without.cost ?? 0)).toBe(7);
  });
});

describe("costs", () => {
  it("grow with the square of the hours beyond a day late, then straight on", () => {
    const cost = (now: string, beyond: number) =>
      planWeek(
        week({
          tasks: [task("a", 60, { priority: "low", deadline: "2024-03-25T09:00", earliest_start: now })],
          planning_horizon_days: 40,
          weights: { tardiness_per_hour_beyond_a_day: beyond },
        }),
        search(),
      ).cost ?? 0;
    // From Monday 9:00 to the end at 10:00 some days later; an hour is missing after the change of clocks.
    expect(cost("2024-03-25T09:00", 1) - cost("2024-03-25T09:00", 0)).toBe(0);
    expect(cost("2024-03-27T09:00", 1) - cost("2024-03-27T09:00", 0)).toBe(25 ** 2);
    expect(cost("2024-04-22T09:00", 2) - cost("2024-04-22T09:00", 0)).toBe(2 * (336 ** 2 + 2 * 336 * (648 - 336)));
  });

  it("charge a start that leaves a gap of no use beside an event", () => {
    const existing_events = [event("e", "09:00", "10:00"), event("f", "11:15", "17:00")];
    expect(times({ tasks: [task("a", 60)], existing_events, planning_horizon_days: 2 })).toEqual({
      a: "Mon 10:00-11:00",
    });
    const weights = { fragment: 2_000 };
    expect(times({ tasks: [task("a", 60)], existing_events, planning_horizon_days: 2, weights })).toEqual({
      a: "Tue 09:00-10:00",
    });
  });

  it("stay whole and add up to no more than a start may cost at the largest weights", () => {
    const tasks = [task("a", 1_440, { priority: "urgent", deadline: "2024-03-20T09:00", category: "home" })];
    const preferences = { work_start_time: "00:00", work_end_time: "00:00" };
    const largest = Object.fromEntries(
      Object.entries(week().weights).flatMap(([name, value]) =>
        typeof value === "number" ? [[name, name === "task_moved" ? 1.5 : largestOf(name)]] : [],
      ),
    );
    const plan = planWeek(
      week({
        tasks: [...tasks, task("b", 45, { window: "00:00-00:00", earliest_start: "2024-06-20T10:07" })],
        user_preferences: preferences,
        planning_horizon_days: 90,
        weights: { ...largest, priority: { urgent: 20, medium: 20 } },
      }),
      search(monday, 20),
    );
    expect(Number.isInteger(plan.cost)).toBe(true);
    expect(plan.lower_bound ?? 0).toBeLessThanOrEqual(plan.cost ?? 0);
  });
});

/** The largest weight of a name that a request may have. */
function largestOf(name: string): number {
  const limits = [10_000, 1_000, 200, 10];
  const fits = (value: number) => {
    try {
      week({ weights: { [name]: value } });
      return true;
    } catch {
      return false;
    }
  };
  return limits.find(fits) ?? 0;
}

function at(local: string): number {
  return Date.parse(`${local}:00+01:00`);
}

function event(id: string, from: string, to: string) {
  return { id, title: id, start_time: `2024-03-25T${from}`, end_time: `2024-03-25T${to}` };
}
