import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConflictElement, Unscheduled } from "../../contract/index.ts";
import { search, task, week } from "../builders.ts";
import { crowded, crowdedStart } from "../search/crowded.ts";
import { planWeek } from "../index.ts";

describe("a task that was left out", () => {
  it("is told what its conflict is about (seed 13)", () => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(crowded(), (request) => {
        for (const left of planWeek(request, search(crowdedStart, 40)).unscheduled) {
          const kinds = left.conflict.map(({ kind }) => kind);
          expect(kinds.some((kind) => about[left.code].includes(kind)) ? null : left).toBeNull();
          expect(left.p_on_time).toBe(0);
          codes.add(left.code);
        }
      }),
      { seed: 13, numRuns: 40 },
    );
    expect(codes.size).toBeGreaterThanOrEqual(5);
  });

  it("hears of rules that are at odds, and of the one to change", () => {
    const tasks = [
      task("a", 105, {
        earliest_start: "2024-03-27T09:00",
        deadline: "2024-03-26T17:00",
        deadline_is_hard: true,
        window: "10:00-12:00",
      }),
    ];
    const existing_events = ["25", "26", "27"].map((day) => taken(`2024-03-${day}T11:00`, `2024-03-${day}T12:00`));
    const { unscheduled } = planWeek(week({ tasks, existing_events }), search());
    expect(unscheduled).toMatchObject([
      {
        code: "hard_deadline",
        reason:
          "It needs 1 h 45 min, but it may not start before Wed 27 Mar 09:00 and it has to be done by Tue 26 Mar 17:00.",
        conflict: [{ kind: "earliest_start" }, { kind: "deadline" }],
        changes: [{ kind: "move_deadline", end_time: "2024-03-28T11:45:00+01:00" }],
        p_on_time: 0,
      },
    ]);
  });

  it("hears of two changes where none alone is enough and one is to plan more days", () => {
    const wednesday = { earliest_start: "2024-03-27T09:00", deadline: "2024-03-26T17:00", deadline_is_hard: true };
    const existing_events = [taken("2024-03-25T09:00", "2024-03-25T17:00")];
    const request = week({ tasks: [task("a", 60, wednesday)], existing_events, planning_horizon_days: 1 });
    expect(planWeek(request, search()).unscheduled).toMatchObject([
      { changes: [], suggestion: "Plan more days ahead, and move its deadline to Wed 27 Mar 10:00." },
    ]);
  });

  it("is told to plan a day more where lunch of that day can make way for it", () => {
    const tasks = [task("a", 285)];
    const existing_events = [taken("2024-03-25T10:00", "2024-03-25T16:00")];
    const { unscheduled } = planWeek(week({ tasks, existing_events, planning_horizon_days: 1 }), search());
    expect(unscheduled).toMatchObject([
      {
        conflict: [{ kind: "horizon" }, { kind: "hours" }, { kind: "event" }],
        suggestion: "Plan 2 days ahead: it fits on Tue 26 Mar.",
      },
    ]);
  });

  it("is told of a later deadline no later than lunch at another time allows", () => {
    const tasks = [task("a", 90, { deadline: "2024-03-25T10:30", deadline_is_hard: true })];
    const existing_events = [taken("2024-03-25T09:00", "2024-03-25T11:00")];
    const { unscheduled } = planWeek(week({ tasks, existing_events }), search());
    expect(unscheduled[0]?.changes[0]).toMatchObject({ kind: "move_deadline", end_time: "2024-03-25T12:30:00+01:00" });
  });
});

it("has a place where only one way to cut it has one", () => {
  const split = { min_minutes: 30, max_minutes: 120 };
  const tasks = [task("a", 120, { category: "home", window: "15:00-20:00", split })];
  const existing_events = [taken("2024-03-25T16:45", "2024-03-25T19:15")];
  const plan = planWeek(week({ tasks, existing_events, planning_horizon_days: 1 }), search());
  expect(plan.unscheduled).toEqual([]);
  expect(plan.scheduled_events.filter(({ task_id: id }) => id === "a").length).toBe(2);
});

/** What a reason of each code speaks of. */
const about: Record<Unscheduled["code"], ConflictElement["kind"][]> = {
  no_working_time: ["hours", "window"],
  longer_than_any_window: ["hours", "window", "event", "constraint"],
  dependency_unscheduled: ["dependency"],
  out_of_horizon: ["earliest_start", "dependency"],
  hard_deadline: ["deadline"],
  no_free_time: ["hours", "window", "task", "event", "lunch", "constraint", "cap", "horizon"],
};

function taken(start_time: string, end_time: string) {
  return { id: start_time, title: "taken", start_time, end_time };
}
