import { describe, expect, it } from "vitest";
import { monday, search, stored, task, text, times, week } from "../builders.ts";
import { planWeek, replan, verify } from "../index.ts";

const split = { min_minutes: 30, max_minutes: 120 };

describe("a task that may be split", () => {
  it("stands in as few pieces as may be, in order", () => {
    expect(times({ tasks: [task("a", 60, { split })] })).toEqual({ a: "Mon 09:00-10:00" });
    expect(times({ tasks: [task("a", 240, { split })] })).toEqual({
      "a#1": "Mon 09:00-11:00",
      "a#2": "Mon 13:00-15:00",
    });
  });

  it("is placed where it would not fit as a whole, as the free time lies", () => {
    const existing_events = [event("e", "09:45", "11:00"), event("f", "11:30", "16:15")];
    const one = { planning_horizon_days: 1, user_preferences: { lunch_time: "08:00" } };
    expect(times({ tasks: [task("a", 105, { split })], existing_events, ...one })).toEqual({
      "a#1": "Mon 09:00-09:45",
      "a#2": "Mon 11:00-11:30",
      "a#3": "Mon 16:30-17:00",
    });
    const plan = planWeek(week({ tasks: [task("a", 105)], existing_events, ...one }), search());
    expect(plan.unscheduled_tasks).toEqual(["a"]);
  });

  it("is cut into more pieces where that saves more than they cost", () => {
    const tasks = [task("a", 90, { split, priority: "urgent", deadline: "2024-03-25T17:00" })];
    const existing_events = [event("e", "09:45", "16:15")];
    const input = { tasks, existing_events };
    expect(times(input)).toEqual({ "a#1": "Mon 09:00-09:45", "a#2": "Mon 16:15-17:00" });
    expect(times({ ...input, weights: { split: 10_000 } })).toEqual({ a: "Tue 09:00-10:30" });
  });

  it("takes no more of a day than it may", () => {
    const tasks = [task("a", 300, { split: { ...split, max_minutes_per_day: 90 } })];
    const plan = planWeek(week({ tasks }), search());
    expect(verify(week({ tasks }), plan, monday)).toEqual([]);
    const days = plan.scheduled_events.filter(({ type }) => type === "task").map((each) => text(each).slice(0, 3));
    expect(new Set(days).size).toBeGreaterThanOrEqual(4);
  });

  it("is left out whole where not all of it fits, and makes room for others", () => {
    const tasks = [
      task("a", 480, { split: { min_minutes: 60, max_minutes: 120 }, priority: "low" }),
      task("b", 120, { priority: "high" }),
    ];
    const request = week({ tasks, planning_horizon_days: 1 });
    const plan = planWeek(request, search());
    expect(verify(request, plan, monday)).toEqual([]);
    expect(plan.unscheduled_tasks).toEqual(["a"]);
    expect(plan.unscheduled).toHaveLength(1);
    expect(plan.scheduled_events.filter(({ type }) => type === "task").map(({ id }) => id)).toEqual(["b"]);
  });

  it("keeps those that wait for it waiting for its last piece", () => {
    const tasks = [task("a", 240, { split }), task("b", 30, { dependencies: ["a"], dependency_lags: { a: 30 } })];
    expect(times({ tasks })).toMatchObject({ "a#2": "Mon 13:00-15:00", b: "Mon 15:30-16:00" });
  });

  it("states a bound that holds for every way to cut it", () => {
    const tasks = [task("a", 240, { split }), task("b", 60, { priority: "high" }), task("c", 90)];
    const plan = planWeek(week({ tasks }), search());
    const without = planWeek(week({ tasks: tasks.slice(1) }), search());
    expect(plan.lower_bound).toBeGreaterThan(0);
    expect(plan.lower_bound ?? 0).toBeLessThanOrEqual(without.cost ?? 0);
    expect(plan.proof).toBe("bounded");
  });

  it("has the same plan each time", () => {
    const tasks = [task("a", 240, { split }), task("b", 300, { split }), task("c", 90)];
    expect(planWeek(week({ tasks }), search())).toEqual(planWeek(week({ tasks }), search()));
  });
});

describe("a plan with pieces that is revised", () => {
  const tasks = [task("a", 240, { split }), task("b", 60)];
  const existing_schedule = () => planWeek(week({ tasks }), search()).scheduled_events;

  it("stays as it is when nothing changed", () => {
    const request = stored({ tasks, existing_schedule: existing_schedule() });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(again.changes).toEqual([]);
  });

  it("plans the rest of what was begun", () => {
    const now = Date.parse("2024-03-25T11:30:00+01:00");
    const begun = existing_schedule().filter(({ id }) => id !== "a#2");
    const request = stored({ tasks, existing_schedule: begun });
    const again = replan(request, search(now));
    expect(verify(request, again, now)).toEqual([]);
    expect(again.optimized_schedule.filter(({ task_id: id }) => id === "a").map(({ id }) => id)).toEqual([
      "a#1",
      "a#2",
    ]);
  });

  it("cuts it anew when it takes longer", () => {
    const longer = [task("a", 330, { split }), task("b", 60)];
    const request = stored({ tasks: longer, existing_schedule: existing_schedule() });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(again.optimized_schedule.filter(({ task_id: id }) => id === "a").map(({ id }) => id)).toEqual([
      "a#1",
      "a#2",
      "a#3",
    ]);
  });

  it("leaves a piece that was put by hand before the others where it is", () => {
    const pinned = existing_schedule().map((each) =>
      each.id === "a#2"
        ? { ...each, start_time: "2024-03-25T09:00:00+01:00", end_time: "2024-03-25T11:00:00+01:00", pinned: true }
        : each,
    );
    const again = replan(stored({ tasks, existing_schedule: pinned, least_change: true }), search());
    expect(again.unscheduled_tasks).toEqual([]);
    expect(again.optimized_schedule.find(({ id }) => id === "a#2")?.start_time).toBe("2024-03-25T09:00:00+01:00");
  });
});

function event(id: string, from: string, to: string) {
  return { id, title: id, start_time: `2024-03-25T${from}`, end_time: `2024-03-25T${to}` };
}
