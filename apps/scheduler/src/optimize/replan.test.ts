import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScheduledEvent } from "../contract/index.ts";
import { monday, search, stored, task, week } from "./builders.ts";
import { judge, planWeek, replan, verify } from "./index.ts";

const tasks = [task("a", 60, { priority: "high" }), task("b", 60), task("c", 60), task("d", 90, { priority: "low" })];

/** Words and other places differ: those cost what moving there costs, and what stands soon has none. */
function place({ reason: _reason, explanation: _explanation, ...rest }: ScheduledEvent) {
  return rest;
}

describe("with least change", () => {
  it("a plan that still fits stays as it is", () => {
    const plan = planWeek(week({ tasks }), search());
    const again = replan(stored({ tasks, existing_schedule: plan.scheduled_events, least_change: true }), search());
    expect(again.changes).toEqual([]);
    expect(again.optimized_schedule.map(place)).toEqual(plan.scheduled_events.map(place));
    expect(again.improvements).toEqual([
      "Nothing had to change: no better plan was found that is worth moving things for.",
    ]);
  });

  it("an event that stands to the second is planned to the minute", () => {
    const [odd] = planWeek(week({ tasks: [task("a", 53)] }), search()).scheduled_events;
    if (!odd) throw new Error("no event");
    const existing_schedule = [{ ...odd, end_time: odd.end_time.replace(/:\d\d([+-])/, ":46$1") }];
    const request = stored({ tasks: [], existing_schedule, least_change: true });
    expect(verify(request, replan(request, search()), monday)).toEqual([]);
  });

  it("only what a new event displaces moves", () => {
    const existing_schedule = planWeek(week({ tasks }), search()).scheduled_events;
    const first = existing_schedule.find(({ type }) => type === "task");
    const existing_events = [
      { id: "e", title: "visit", start_time: first?.start_time ?? "", end_time: first?.end_time ?? "" },
    ];
    const request = stored({ tasks, existing_schedule, existing_events, least_change: true });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(again.changes).toMatchObject([{ event_id: first?.id, kind: "moved", from: first?.start_time }]);
    expect(again.improvements[0]).toMatch(/no longer overlaps 'visit': it moved to/);
  });

  it("at most two others move when a meeting lands on a full day (seed 8)", () => {
    const day = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 6, maxLength: 12 });
    const meeting = fc.record({ hour: fc.integer({ min: 9, max: 15 }), minutes: fc.constantFrom(30, 60) });
    fc.assert(
      fc.property(day, meeting, (quarters, { hour, minutes }) => {
        const some = quarters.map((quarter, index) => task(`t${index}`, quarter * 15));
        const existing_schedule = planWeek(week({ tasks: some }), search()).scheduled_events;
        const start = Date.parse(`2024-03-25T${String(hour).padStart(2, "0")}:00:00+01:00`);
        const end = start + minutes * 60_000;
        const existing_events = [{ id: "e", title: "visit", start_time: iso(start), end_time: iso(end) }];
        const hit = existing_schedule.filter(
          (each) => each.type !== "break" && Date.parse(each.start_time) < end && start < Date.parse(each.end_time),
        );
        const again = replan(stored({ tasks: some, existing_schedule, existing_events, least_change: true }), search());
        expect(again.changes.length).toBeLessThanOrEqual(hit.length + 2);
        expect(again.changes.map(({ event_id: id }) => id)).toEqual(expect.arrayContaining(hit.map(({ id }) => id)));
      }),
      { seed: 8, numRuns: 12 },
    );
  });

  it("what was dragged and pinned stays there, out of hours too, and the others make way", () => {
    const existing_schedule = planWeek(week({ tasks }), search()).scheduled_events.map((each) => {
      if (each.id === "a") return { ...moved(each, "2024-03-25T10:15:00+01:00", 60), pinned: true };
      return each.id === "d" ? { ...moved(each, "2024-03-25T19:00:00+01:00", 90), pinned: true } : each;
    });
    const request = stored({ tasks, existing_schedule, least_change: true });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    const stands = (id: string) => again.optimized_schedule.find((each) => each.id === id);
    expect(stands("a")).toMatchObject({ start_time: "2024-03-25T10:15:00+01:00", pinned: true });
    expect(stands("d")).toMatchObject({ start_time: "2024-03-25T19:00:00+01:00", pinned: true });
    expect(again.changes.length).toBeLessThanOrEqual(2);
  });

  it("past and running events are kept as they were", () => {
    const existing_schedule = planWeek(week({ tasks }), search()).scheduled_events;
    const now = Date.parse("2024-03-25T10:30:00+01:00");
    const request = stored({ tasks, existing_schedule, least_change: true });
    const again = replan(request, search(now));
    expect(verify(request, again, now)).toEqual([]);
    const past = existing_schedule.filter(({ start_time: start }) => Date.parse(start) < now);
    const kept = again.optimized_schedule.filter(({ start_time: start }) => Date.parse(start) < now);
    expect(kept.map(({ id, start_time: start }) => [id, start])).toEqual(
      past.map(({ id, start_time: start }) => [id, start]),
    );
  });

  it("a lunch that was taken early is not planned again", () => {
    const lunch = {
      id: "lunch-2024-03-25",
      task_id: null,
      title: "Lunch",
      type: "lunch" as const,
      priority: null,
      category: null,
    };
    const existing_schedule = [{ ...lunch, start_time: "2024-03-25T11:00", end_time: "2024-03-25T12:00" }];
    const now = Date.parse("2024-03-25T11:30:00+01:00");
    const again = replan(stored({ existing_schedule, planning_horizon_days: 1 }), search(now));
    expect(again.optimized_schedule.map(({ id }) => id)).toEqual(["lunch-2024-03-25"]);
  });

  it("a lunch stays where it made way for something, and is told of where it moves", () => {
    const noon = { id: "lunch-2024-03-25", task_id: null, title: "Lunch", type: "lunch" as const };
    const lunch = { ...noon, priority: null, category: null, ...hour("12:20") };
    const request = stored({ existing_schedule: [lunch], planning_horizon_days: 1, least_change: true });
    const stays = replan(request, search());
    expect(stays.changes).toEqual([]);
    expect(stays.optimized_schedule).toMatchObject([{ start_time: "2024-03-25T12:20:00+01:00" }]);

    const visit = { id: "e", title: "visit", ...hour("13:00") };
    const asked = stored({ ...request, existing_events: [visit] });
    const again = replan(asked, search());
    expect(again.changes).toEqual([
      {
        event_id: "lunch-2024-03-25",
        title: "Lunch",
        kind: "moved",
        from: "2024-03-25T12:20:00+01:00",
        to: "2024-03-25T12:00:00+01:00",
        reason: "'visit' stands in the way of Mon 25 Mar 12:20.",
      },
    ]);
    expect(judge(asked, again, monday)).toEqual([]);
    expect(judge(asked, { ...again, changes: [] }, monday)).toHaveLength(1);
  });

  it.each([
    [5, 5],
    [7, 15],
  ])("a place off the quarter, in %i days, is on a grid of %i minutes and stays", (days, grid) => {
    const existing_schedule = [block("a", "2024-03-25T09:20:00+01:00", 60)];
    const request = { tasks: [task("a", 60)], existing_schedule, planning_horizon_days: days, least_change: true };
    const again = replan(stored(request), search());
    expect(again.grid_minutes).toBe(grid);
    expect(again.changes).toEqual([]);
  });
});

describe("optimizing", () => {
  it("brings a late task before its deadline, and says so with numbers", () => {
    const urgent = task("u", 60, { priority: "urgent", deadline: "2024-03-25T12:00", title: "Report" });
    const existing_schedule = [
      block("u", "2024-03-26T09:00:00+01:00", 60),
      block("b", "2024-03-25T09:00:00+01:00", 60),
    ];
    const request = stored({ tasks: [urgent, task("b", 60)], existing_schedule });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(again.improvements).toContain("'Report' now finishes before its deadline.");
    expect(again.improvements).toContainEqual(expect.stringMatching(/^Cost \d+ -> \d+ by the scale of soft rules\.$/));
  });

  it("leaves a plan alone that gains less than moving costs", () => {
    const existing_schedule = [block("b", "2024-03-25T09:15:00+01:00", 60)];
    expect(replan(stored({ existing_schedule, tasks: [task("b", 60)] }), search()).changes).toEqual([]);
  });

  it("plans new tasks, and reads those it was not given from their events", () => {
    const existing_schedule = [block("b", "2024-03-25T09:00:00+01:00", 60)];
    const request = stored({ existing_schedule, tasks: [task("n", 30)] });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(again.changes).toMatchObject([{ event_id: "n", kind: "added", from: null }]);
    expect(
      again.optimized_schedule
        .filter(({ type }) => type === "task")
        .map(({ id }) => id)
        .sort(),
    ).toEqual(["b", "n"]);
  });

  it("drops a task whose time is gone for good, with the reason", () => {
    const gone = task("b", 60, { deadline: "2024-03-25T10:00", deadline_is_hard: true });
    const existing_events = [{ id: "e", title: "visit", start_time: "2024-03-25T09:00", end_time: "2024-03-25T10:00" }];
    const request = stored({
      existing_schedule: [block("b", "2024-03-25T09:00:00+01:00", 60)],
      tasks: [gone, task("c", 30)],
      existing_events,
    });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(again.changes).toContainEqual({
      event_id: "b",
      title: "b",
      kind: "dropped",
      from: "2024-03-25T09:00:00+01:00",
      to: null,
      reason: "It needs 1 h; no time is free before its deadline.",
    });
    expect(again.unscheduled).toMatchObject([{ task_id: "b", code: "hard_deadline" }]);
  });

  it("moves a task whose deadline has become hard and earlier than its end", () => {
    const sooner = task("b", 60, { deadline: "2024-03-25T12:00", deadline_is_hard: true });
    const request = stored({
      existing_schedule: [block("b", "2024-03-25T14:00:00+01:00", 60)],
      tasks: [sooner],
      least_change: true,
    });
    const again = replan(request, search());
    expect(verify(request, again, monday)).toEqual([]);
    expect(again.changes).toMatchObject([{ event_id: "b", kind: "moved", to: "2024-03-25T11:00:00+01:00" }]);
  });

  it("evens out the days when asked to, and warns of goals that it does not know", () => {
    const existing_schedule = ["a", "b", "c", "d"].map((id, index) =>
      block(id, `2024-03-25T${String(9 + index * 2).padStart(2, "0")}:00:00+01:00`, 60),
    );
    const again = replan(stored({ existing_schedule, optimization_goals: ["balance_workload", "be_happy"] }), search());
    expect(days(again)).toBeGreaterThan(days(replan(stored({ existing_schedule }), search())));
    expect(again.warnings).toEqual(["Optimization goal 'be_happy' is not known and was ignored."]);
  });

  it("keeps pieces, and their names, that are more than their task needs by now", () => {
    const split = { min_minutes: 30, max_minutes: 60 };
    const standing = [1, 2, 3].map((piece) => stood(`a#${piece}`, "a", `2024-03-25T${8 + 2 * piece}:00`));
    const request = stored({ tasks: [task("a", 60, { split })], existing_schedule: standing });
    const now = Date.parse("2024-03-25T10:30+01:00");
    const again = replan(request, search(now));
    expect(verify(request, again, now)).toEqual([]);
    const pieces = again.optimized_schedule.filter(({ type }) => type === "task").map(({ id }) => id);
    expect(pieces).toEqual(["a#1", "a#2", "a#3"]);
  });

  it("keeps the length of a piece where its task may be split no more and another piece has no place", () => {
    const deadline = { deadline: "2024-03-25T12:00", deadline_is_hard: true };
    const standing = [stood("a#1", "a", "2024-03-25T09:00"), stood("a#2", "a", "2024-03-26T09:00")];
    const rest = { break_frequency_minutes: 60, break_duration_minutes: 120 };
    const request = stored({ tasks: [task("a", 90, deadline)], existing_schedule: standing, user_preferences: rest });
    const again = replan(request, search());
    expect(again.unscheduled_tasks).toEqual(["a"]);
    expect(again.optimized_schedule.filter(({ type }) => type === "task")).toHaveLength(1);
    expect(verify(request, again, monday)).toEqual([]);
  });

  it("keeps the pieces of a split task in order", () => {
    const pieces = [block("s#1", "2024-03-25T09:00:00+01:00", 60), block("s#2", "2024-03-25T10:15:00+01:00", 45)];
    const existing_schedule = pieces.map((piece) => ({ ...piece, task_id: "s" }));
    const existing_events = [{ id: "e", title: "visit", start_time: "2024-03-25T09:00", end_time: "2024-03-25T10:00" }];
    const again = replan(stored({ tasks: [task("s", 105)], existing_schedule, existing_events }), search());
    const times = again.optimized_schedule.filter(({ type }) => type === "task").map(({ id }) => id);
    expect(times).toEqual(["s#1", "s#2"]);
  });
});

function block(id: string, start: string, minutes: number) {
  const event = { id, task_id: id, title: id, type: "task" as const, priority: "medium" as const, category: "work" };
  return { ...event, start_time: start, end_time: new Date(Date.parse(start) + minutes * 60_000).toISOString() };
}

function moved(event: ScheduledEvent, start: string, minutes: number): ScheduledEvent {
  return { ...event, start_time: start, end_time: new Date(Date.parse(start) + minutes * 60_000).toISOString() };
}

/** On how many dates tasks stand. */
function days({ optimized_schedule: events }: { optimized_schedule: readonly ScheduledEvent[] }): number {
  return new Set(events.filter(({ type }) => type === "task").map(({ start_time: start }) => start.slice(0, 10))).size;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** An hour of a task. */
function stood(id: string, task_id: string, start_time: string) {
  const end_time = start_time.replace(/T(\d+)/, (_, hour) => `T${String(Number(hour) + 1).padStart(2, "0")}`);
  return { id, task_id, title: id, type: "task" as const, priority: null, category: null, start_time, end_time };
}

/** An hour of that Monday. */
function hour(from: string): { start_time: string; end_time: string } {
  const start_time = `2024-03-25T${from}`;
  return {
    start_time,
    end_time: start_time.replace(/T(\d+)/, (_, at) => `T${String(Number(at) + 1).padStart(2, "0")}`),
  };
}
