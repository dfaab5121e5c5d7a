import { describe, expect, it } from "vitest";
import { monday, search, stored, task } from "../builders.ts";
import { replan, verify } from "../index.ts";

const urgent = task("u", 60, { priority: "urgent", deadline: "2024-03-25T10:00" });

describe("what starts soon", () => {
  const existing_schedule = [block("b", "2024-03-25T09:00:00+01:00", 60)];

  it("stays when a plan is revised, however urgent what would take its place", () => {
    const request = stored({ tasks: [urgent, task("b", 60, { priority: "low" })], existing_schedule });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(starts(again)).toMatchObject({ b: "2024-03-25T09:00:00+01:00", u: "2024-03-25T10:15:00+01:00" });
    expect(again.optimized_schedule.find(({ id }) => id === "b")?.pinned).toBe(false);
  });

  it("moves for what is better where the person freezes less", () => {
    const request = stored({
      tasks: [urgent, task("b", 60, { priority: "low" })],
      existing_schedule,
      user_preferences: { freeze_minutes: 30 },
    });
    expect(starts(replan(request, search()))).toMatchObject({ u: "2024-03-25T09:00:00+01:00" });
  });

  it("moves where an event has come to stand there, or its cap or deadline forbids it", () => {
    const existing_events = [{ id: "e", title: "e", start_time: "2024-03-25T09:30", end_time: "2024-03-25T10:00" }];
    const changes = (input: Parameters<typeof stored>[0]) => {
      const request = stored({ tasks: [task("b", 60)], existing_schedule, ...input });
      const again = replan(request, search());
      expect(verify(request, again, monday)).toEqual([]);
      return again.changes.map(({ event_id: id, kind }) => [id, kind]);
    };
    expect(changes({ existing_events })).toEqual([["b", "moved"]]);
    expect(changes({ user_preferences: { max_work_minutes_per_day: 45 } })).toEqual([["b", "dropped"]]);
    expect(changes({ tasks: [task("b", 60, { earliest_start: "2024-03-25T11:00" })] })).toEqual([["b", "moved"]]);
    expect(changes({})).toEqual([]);
  });

  it("moves together with what it waits for", () => {
    const tasks = [task("a", 60, { earliest_start: "2024-03-26T09:00" }), task("b", 60, { dependencies: ["a"] })];
    const plan = [block("a", "2024-03-25T08:30:00+01:00", 30), ...existing_schedule];
    const request = stored({ tasks, existing_schedule: plan });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(starts(again)).toEqual({ a: "2024-03-26T09:00:00+01:00", b: "2024-03-26T10:15:00+01:00" });
  });

  it("gives way to what was pinned over it", () => {
    const pinned = { ...block("p", "2024-03-25T09:30:00+01:00", 60), pinned: true };
    const request = stored({
      tasks: [task("b", 60), task("p", 60)],
      existing_schedule: [...existing_schedule, pinned],
    });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(again.changes.map(({ event_id: id }) => id)).toEqual(["b"]);
  });
});

describe("a plan is kept", () => {
  it("unless the new one gains more than moving is worth, where moving itself is free", () => {
    const gain = (weights: object, from: string) => {
      const request = stored({
        tasks: [task("b", 60, { priority: "low" })],
        existing_schedule: [block("b", from, 60)],
        weights: { task_moved: 0, task_moved_per_hour: 0, ...weights },
      });
      return replan(request, search()).changes.length;
    };
    // From Tuesday to Monday saves 24 an hour of delay: one less than moving has to be worth.
    expect(gain({}, "2024-03-26T09:00:00+01:00")).toBe(0);
    expect(gain({ delay_per_hour: 2 }, "2024-03-26T09:00:00+01:00")).toBe(1);
  });
});

function block(id: string, start: string, minutes: number) {
  const event = { id, task_id: id, title: id, type: "task" as const, priority: "medium" as const, category: "work" };
  return { ...event, start_time: start, end_time: new Date(Date.parse(start) + minutes * 60_000).toISOString() };
}

function starts({ optimized_schedule: events }: ReturnType<typeof replan>): Record<string, string> {
  return Object.fromEntries(
    events.flatMap(({ id, type, start_time: start }) => (type === "task" ? [[id, start]] : [])),
  );
}
