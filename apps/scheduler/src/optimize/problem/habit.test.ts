import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScheduledEvent } from "../../contract/index.ts";
import { monday, search, stored, task, times, week } from "../builders.ts";
import { judge, planWeek, replan, verify } from "../index.ts";

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

describe("so many times a week", () => {
  it("stay what they are while days pass and nothing changes, and are no more than asked for (seed 16)", () => {
    const wishes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 2 });
    const days = fc.integer({ min: 2, max: 12 });
    fc.assert(
      fc.property(wishes, days, fc.nat(6), fc.nat(9), (timesAWeek, horizon, day, hour) => {
        const tasks = timesAWeek.map((each, index) =>
          task(`h${index}`, 30, { repeat: { times_per_week: each }, category: "home" }),
        );
        const first = monday + day * dayMs + hour * 3_600_000;
        let events = planWeek(week({ tasks, planning_horizon_days: horizon }), search(first)).scheduled_events;
        for (let passed = 1; passed < horizon; passed += 1) {
          const now = first + passed * dayMs;
          const request = stored({ tasks, existing_schedule: events, planning_horizon_days: horizon - passed });
          const again = replan({ ...request, least_change: true }, search(now, 50));
          expect(judge(request, again, now)).toEqual([]);
          expect(again.changes).toEqual([]);
          events = again.optimized_schedule;
        }
        timesAWeek.forEach((most, index) => expect(mostInAWeek(events, `h${index}`)).toBeLessThanOrEqual(most));
      }),
      { seed: 16, numRuns: 12 },
    );
  });

  it.each(["kept:run#2024-W13-1", "run in the park"])(
    "count one that is past and stands in the calendar as '%s'",
    (id) => {
      const run = task("run", 30, { repeat: { times_per_week: 1 } });
      const past = { start_time: "2024-03-25T09:00", end_time: "2024-03-25T09:30" };
      const request = stored({ tasks: [run], existing_events: [{ id, title: "Run", task_id: "run", ...past }] });
      const now = at("2024-03-27T08:00");
      expect(replan({ ...request, planning_horizon_days: 3 }, search(now)).changes).toEqual([]);
      expect(replan({ ...request, planning_horizon_days: 6 }, search(now)).changes).toMatchObject([
        { event_id: "run#2024-W14-1", kind: "added" },
      ]);
    },
  );

  it("become fewer, the last ones first, where fewer are asked for by now", () => {
    const run = (timesAWeek: number) => task("run", 30, { repeat: { times_per_week: timesAWeek } });
    const plan = planWeek(week({ tasks: [run(4)], planning_horizon_days: 7 }), search());
    const request = stored({ tasks: [run(2)], existing_schedule: plan.scheduled_events, planning_horizon_days: 7 });
    const again = replan(request, search());
    expect(judge(request, again, monday)).toEqual([]);
    expect(again.changes).toMatchObject([
      { event_id: "run#2024-W13-3", kind: "dropped", reason: "It is asked for less often now." },
      { event_id: "run#2024-W13-4", kind: "dropped" },
    ]);
    expect(again.unscheduled).toEqual([]);
  });
});

const dayMs = 86_400_000;

/** Times of a task in the fullest week, Monday to Sunday. */
function mostInAWeek(events: readonly ScheduledEvent[], taskId: string): number {
  const weeks = events
    .filter(({ task_id: id }) => id === taskId)
    .map(({ start_time: start }) => Math.floor((Date.parse(start.slice(0, 10)) / dayMs + 3) / 7));
  return Math.max(0, ...weeks.map((name) => weeks.filter((other) => other === name).length));
}

function at(local: string): number {
  return Date.parse(`${local}:00+01:00`);
}
