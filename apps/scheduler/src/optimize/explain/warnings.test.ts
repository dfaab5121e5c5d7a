import { describe, expect, it } from "vitest";
import { monday, search, stored, task, week } from "../builders.ts";
import { planWeek, replan } from "../index.ts";

describe("what is warned of", () => {
  it("is once that a task in pieces is late, by its last piece", () => {
    const split = { min_minutes: 60, max_minutes: 60 };
    const { warnings } = planWeek(week({ tasks: [task("a", 180, { split, deadline: "2024-03-25T09:30" })] }), search());
    expect(warnings.filter((text) => text.includes("deadline"))).toEqual(["'a' finishes 3 h after its deadline."]);
  });

  it("is once that a habit lacks times in a week, for one reason", () => {
    const habit = task("a", 600, { repeat: { times_per_week: 5 } });
    const { unscheduled, warnings } = planWeek(week({ tasks: [habit] }), search());
    expect(unscheduled.length).toBeGreaterThan(1);
    expect(warnings).toHaveLength(1);
  });

  it("is of each lunch without room by the day that it falls on, of a night shift too", () => {
    const user_preferences = { work_start_time: "22:00", work_end_time: "18:00" };
    const events = [26, 27].map((day) => ({ start_time: `2024-03-${day}T10:00`, end_time: `2024-03-${day}T14:00` }));
    const existing_events = events.map((span, index) => ({ id: `e${index}`, title: "Fair", ...span }));
    const { warnings } = planWeek(week({ user_preferences, existing_events, planning_horizon_days: 4 }), search());
    expect(warnings).toEqual([
      "No lunch on Tue 26 Mar: events leave no room for it.",
      "No lunch on Wed 27 Mar: events leave no room for it.",
    ]);
  });

  it("is of what has begun that it has, not that somebody put it there", () => {
    const tasks = [task("a", 60), task("b", 120, { dependencies: ["a"] })];
    const begun = { start_time: "2024-03-25T07:30", end_time: "2024-03-25T09:30" };
    const event = {
      id: "b",
      task_id: "b",
      title: "b",
      type: "task" as const,
      priority: null,
      category: null,
      ...begun,
    };
    const { optimized_schedule: events, warnings } = replan(stored({ tasks, existing_schedule: [event] }), search());
    expect(events.find(({ id }) => id === "b")?.reason).toBe("Mon 25 Mar 07:30, as it has begun");
    expect(warnings).toEqual(["'b' stays where it is, before 'a' ends, which it depends on."]);
  });
});

describe("what a place costs", () => {
  const weights = { balance: 40 };
  const goals = ["balance_workload"];

  it("is nothing for what is over, and of what has begun only how late it really ends", () => {
    const deadline = "2024-03-25T09:00";
    const tasks = [
      task("a", 60, { category: "home", preferred_time: "evening" }),
      task("b", 120, { deadline }),
      task("c", 60),
    ];
    const existing_schedule = [
      event("a", "2024-03-24T23:00", "2024-03-25T00:00"),
      event("b", "2024-03-25T07:00", "2024-03-25T09:00"),
    ];
    const request = stored({ tasks, existing_schedule, weights, optimization_goals: goals });
    const plan = replan(request, search());
    const costs = (id: string) => plan.optimized_schedule.find((each) => each.id === id)?.explanation?.costs;
    expect(costs("a")).toEqual({});
    expect(costs("b")).not.toHaveProperty("deadline");
    expect(costs("b")).toHaveProperty("balance");
    expect(plan.optimized_schedule.find(({ id }) => id === "b")?.start_time).toBe("2024-03-25T07:00:00+01:00");
  });

  function event(id: string, start_time: string, end_time: string) {
    return { id, task_id: id, title: id, type: "task" as const, priority: null, category: null, start_time, end_time };
  }
});

it("says of a task that takes longer by how much sooner it starts", () => {
  const tasks = [task("a", 150)];
  const stood = { start_time: "2024-03-25T09:30", end_time: "2024-03-25T10:30" };
  const event = { id: "a", task_id: "a", title: "a", type: "task" as const, priority: null, category: null, ...stood };
  const weights = { delay_per_hour: 1_000 };
  const { changes } = replan(stored({ tasks, existing_schedule: [event], weights }), search(monday));
  expect(changes).toMatchObject([{ to: "2024-03-25T09:00:00+01:00", reason: "It is done 30 min sooner." }]);
});
