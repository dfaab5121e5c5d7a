import { describe, expect, it } from "vitest";
import { monday, search, stored, task, times, week } from "../builders.ts";
import { planWeek, replan, verify } from "../index.ts";

type Input = NonNullable<Parameters<typeof week>[0]>;

describe("a habit", () => {
  it("is done once on each day named, for its whole duration", () => {
    const tasks = [task("run", 30, { repeat: { days: ["mon", "wed", "sat"] }, category: "home" })];
    expect(times({ tasks, planning_horizon_days: 10 })).toEqual({
      "run#2024-03-25": "Mon 09:00-09:30",
      "run#2024-03-27": "Wed 09:00-09:30",
      "run#2024-03-30": "Sat 09:00-09:30",
      "run#2024-04-01": "Mon 09:00-09:30",
      "run#2024-04-03": "Wed 09:00-09:30",
    });
  });

  it("stands on the right date in the week in which clocks change", () => {
    const tasks = [
      task("run", 60, { repeat: { days: ["sat", "sun", "mon"] }, category: "home", window: "00:00-04:00" }),
    ];
    expect(times({ tasks, planning_horizon_days: 4 }, at("2024-03-30T01:00"))).toEqual({
      "run#2024-03-30": "Sat 01:00-02:00",
      "run#2024-03-31": "Sun 00:00-01:00",
      "run#2024-04-01": "Mon 00:00-01:00",
    });
  });

  it("is done so many times a week, once a day at most, and a part of that in a part of a week", () => {
    const tasks = [task("run", 45, { repeat: { times_per_week: 3 }, category: "home" })];
    const days = (input: Input) => Object.entries(times(input)).map(([id, when]) => `${id} ${when.slice(0, 3)}`);
    expect(days({ tasks, planning_horizon_days: 7 })).toEqual([
      "run#2024-W13-1 Mon",
      "run#2024-W13-2 Tue",
      "run#2024-W13-3 Wed",
    ]);
    expect(days({ tasks, planning_horizon_days: 5 })).toHaveLength(2);
    expect(days({ tasks, planning_horizon_days: 1 })).toHaveLength(1);
    expect(days({ tasks, planning_horizon_days: 12 })).toHaveLength(3 + 2);
  });

  it("ends with its deadline and begins with its earliest start", () => {
    const tasks = [
      task("run", 30, {
        repeat: { days: ["mon", "tue", "wed", "thu", "fri"] },
        earliest_start: "2024-03-26T15:00",
        deadline: "2024-03-28T12:00",
      }),
    ];
    expect(times({ tasks })).toEqual({
      "run#2024-03-26": "Tue 15:00-15:30",
      "run#2024-03-27": "Wed 09:00-09:30",
      "run#2024-03-28": "Thu 09:00-09:30",
    });
  });

  it("is named with its day where it does not fit", () => {
    const tasks = [task("run", 60, { title: "Run", repeat: { days: ["mon", "tue"] } })];
    const existing_events = [{ id: "e", title: "away", start_time: "2024-03-25T08:00", end_time: "2024-03-25T18:00" }];
    const request = week({ tasks, existing_events });
    const plan = planWeek(request, search());
    expect(verify(request, plan, monday)).toEqual([]);
    expect(plan.unscheduled.map(({ task_id: id, title }) => [id, title])).toEqual([["run", "Run (Mon 25 Mar)"]]);
    expect(plan.scheduled_events.filter(({ type }) => type === "task").map(({ id }) => id)).toEqual(["run#2024-03-26"]);
  });

  it("is reported where no day of it is planned", () => {
    const request = week({ tasks: [task("run", 60, { repeat: { days: ["sun"] } })], planning_horizon_days: 2 });
    const plan = planWeek(request, search());
    expect(verify(request, plan, monday)).toEqual([]);
    expect(plan.unscheduled).toMatchObject([{ task_id: "run", code: "no_working_time" }]);
  });

  it("waits on each day for what it depends on, habits of the same day included", () => {
    const days = ["mon" as const, "tue" as const];
    const tasks = [
      task("stretch", 15, { repeat: { days }, dependencies: ["run"], priority: "urgent" }),
      task("run", 30, { repeat: { days }, priority: "low" }),
      task("report", 60, { dependencies: ["run"], priority: "urgent" }),
    ];
    expect(times({ tasks })).toEqual({
      "run#2024-03-25": "Mon 09:00-09:30",
      "stretch#2024-03-25": "Mon 09:30-09:45",
      report: "Mon 10:00-11:00",
      "run#2024-03-26": "Tue 09:00-09:30",
      "stretch#2024-03-26": "Tue 09:30-09:45",
    });
  });

  it("that stands in the calendar on one day is planned on the others", () => {
    const tasks = [task("run", 30, { repeat: { days: ["mon", "tue"] } })];
    const existing_events = [
      { id: "e", title: "Run", start_time: "2024-03-25T12:00", end_time: "2024-03-25T12:30", task_id: "run" },
    ];
    expect(times({ tasks, existing_events })).toEqual({ "run#2024-03-26": "Tue 09:00-09:30" });
  });

  it("keeps its times when the plan is revised, and goes on with the days that follow", () => {
    const tasks = [task("run", 30, { repeat: { days: ["mon", "wed", "thu", "fri"] } })];
    const existing_schedule = planWeek(week({ tasks, planning_horizon_days: 3 }), search()).scheduled_events;
    const now = at("2024-03-26T12:00");
    const request = stored({ tasks, existing_schedule, planning_horizon_days: 3 });
    const again = replan(request, search(now));
    expect(verify(request, again, now)).toEqual([]);
    expect(again.changes.map(({ event_id: id, kind }) => [id, kind])).toEqual([["run#2024-03-28", "added"]]);
  });
});

function at(local: string): number {
  return Date.parse(`${local}:00+01:00`);
}
