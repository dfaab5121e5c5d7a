import { describe, expect, it } from "vitest";
import { search, task, week } from "../builders.ts";
import { planWeek } from "../index.ts";

describe("what is told of the risk in a plan", () => {
  it("is the same for every piece of a split task: it is done when its last piece is", () => {
    const split = { min_minutes: 60, max_minutes: 120, max_minutes_per_day: 120 };
    const tasks = [task("a", 360, { deadline: "2024-03-28T17:00", split })];
    const { scheduled_events: events, confidence_score: score } = planWeek(week({ tasks }), search());
    const pieces = events.filter(({ task_id: id }) => id === "a");
    expect(pieces.length).toBeGreaterThan(2);
    expect(new Set(pieces.map(({ p_on_time: p }) => p))).toEqual(new Set([score]));
    const last = Math.max(...pieces.map(({ end_time: end }) => Date.parse(end)));
    const [first] = pieces;
    expect(Date.parse(first?.eta?.p95 ?? "")).toBeGreaterThan(last);
    expect(new Set(pieces.map(({ eta }) => JSON.stringify(eta))).size).toBe(1);
  });

  it("is told anew each time that a habit is done", () => {
    const tasks = [task("run", 30, { repeat: { days: ["tue", "wed"] }, window: "07:00-08:00", category: "sport" })];
    const { scheduled_events: events } = planWeek(week({ tasks }), search());
    const runs = events.filter(({ task_id: id }) => id === "run");
    expect(runs).toHaveLength(2);
    for (const { start_time: start, eta } of runs) expect(eta?.p50?.slice(0, 10)).toBe(start.slice(0, 10));
  });

  it("is said of each day, with what is planned and what is left of it", () => {
    const tasks = [task("a", 240), task("b", 60)];
    const existing_events = [
      { id: "e", title: "Meeting", start_time: "2024-03-26T09:00", end_time: "2024-03-26T11:00" },
    ];
    const { days, scheduled_events: events } = planWeek(week({ tasks, existing_events }), search());
    const [first] = days;
    const planned = days.reduce((sum, { planned_minutes: minutes }) => sum + minutes, 0);
    expect(planned).toBe(300);
    expect(new Set(days.map(({ date }) => date)).size).toBe(days.length);
    for (const { date, planned_minutes: minutes, p_holds: p } of days) {
      const some = events.some(({ type, end_time: end }) => type === "task" && end.startsWith(date));
      expect(p < 1).toBe(some);
      expect(some).toBe(minutes > 0);
    }
    const tuesday = days.find(({ date }) => date === "2024-03-26");
    const wednesday = days.find(({ date }) => date === "2024-03-27");
    expect((wednesday?.free_minutes ?? 0) - (tuesday?.free_minutes ?? 0)).toBe(120 + (tuesday?.planned_minutes ?? 0));
    expect(first?.free_minutes).toBeGreaterThan(0);
  });

  it("leaves hard blocks out of the time in which late work goes on", () => {
    const tasks = [task("a", 60, { deadline: "2024-03-25T17:00" })];
    const block = (start: string) => ({
      type: "time_block" as const,
      start_time: start,
      end_time: "2024-03-25T17:00",
      description: "Away",
      is_hard_constraint: true,
    });
    const [tight, loose] = ["2024-03-25T10:00", "2024-03-25T16:00"].map(
      (start) => planWeek(week({ tasks, constraints: [block(start)] }), search()).confidence_score,
    );
    expect(tight).toBeLessThan((loose ?? 0) - 0.1);
  });
});
