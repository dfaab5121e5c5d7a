import { describe, expect, it } from "vitest";
import type { GenerateRequest, ScheduledEvent } from "../contract/index.ts";
import { monday, search, stored, task, week } from "./builders.ts";
import { planWeek, replan, verify } from "./index.ts";
import { createWall } from "./verify/wall.ts";

describe("the judge", () => {
  it("finds nothing in the plan that the planted errors start from", () => {
    expect(judged(request, (events) => events)).toEqual([]);
  });

  it.each<[string, string, (event: ScheduledEvent) => ScheduledEvent]>([
    ["past", "is moved to yesterday", (each) => shifted(each, -1_440)],
    ["horizon", "is moved beyond the days planned", (each) => shifted(each, 4 * 1_440 * 2)],
    ["hours", "is moved to the night", (each) => shifted(each, 720)],
    ["hours", "is moved to run past the end of work", (each) => at(each, "2024-03-25T16:30:00+01:00", 60)],
    ["overlap", "is moved onto a meeting", (each) => at(each, "2024-03-25T15:30:00+01:00", 60)],
    ["constraint", "is moved into a hard constraint", (each) => at(each, "2024-03-26T10:15:00+01:00", 60)],
    ["dependency", "is moved behind what waits for it", (each) => at(each, "2024-03-28T09:00:00+01:00", 60)],
    ["deadline", "is moved behind its hard deadline", (each) => at(each, "2024-03-28T09:00:00+01:00", 60)],
    ["duration", "is shortened", (each) => at(each, each.start_time, 45)],
    ["order", "is turned around", (each) => ({ ...each, start_time: each.end_time, end_time: each.start_time })],
  ])("finds '%s' when a task %s", (rule, _what, change) => {
    const found = judged(request, (events) => events.map((each) => (each.id === "a" ? change(each) : each)));
    expect(found).toContain(rule);
  });

  it("finds what is lost, repeated, unknown, or both planned and left out", () => {
    expect(judged(request, (events) => events.filter(({ id }) => id !== "c"))).toContain("lost");
    expect(judged(request, (events) => [...events, ...events.filter(({ id }) => id === "c")])).toContain("twice");
    expect(
      judged(request, (events) => events.map((each) => (each.id === "c" ? { ...each, id: "x", task_id: "x" } : each))),
    ).toContain("unknown");
    expect(judged(request, (events) => events, ["c"])).toContain("twice");
    expect(judged(request, (events) => events.filter(({ type }) => type !== "event"))).toContain("lost");
  });

  it("finds a dependency that has no place at all", () => {
    expect(judged(request, (events) => events.filter(({ id }) => id !== "a"), ["a"])).toContain("dependency");
  });

  it("finds work without a break", () => {
    const two = week({ tasks: [task("a", 60), task("b", 60)] });
    const joined = judged(two, (events) =>
      events.map((each) => (each.id === "b" ? at(each, "2024-03-25T10:00:00+01:00", 60) : each)),
    );
    expect(joined).toEqual(expect.arrayContaining(["rest"]));
  });

  it("finds a moveable event that stands where meetings are barred", () => {
    const moved = judged(request, (events) =>
      events.map((each) => (each.id === "m" ? at(each, "2024-03-27T09:00:00+01:00", 30) : each)),
    );
    expect(moved).toEqual(["constraint"]);
  });

  it("finds a pinned, a running and a past event that were touched", () => {
    const events = planWeek(week({ tasks: [task("a", 60), task("b", 60)] }), search()).scheduled_events;
    const pinned = stored({ existing_schedule: events.map((each) => ({ ...each, pinned: each.id === "b" })) });
    const now = monday + 90 * 60_000;
    const answer = replan(pinned, search(now));
    expect(verify(pinned, answer, now)).toEqual([]);
    for (const id of ["a", "b"]) {
      const optimized_schedule = answer.optimized_schedule.map((each) =>
        each.id === id ? shifted(each, 1_440) : each,
      );
      expect(verify(pinned, { ...answer, optimized_schedule }, now).map(({ rule }) => rule)).toContain("pinned");
    }
  });
});

describe("the judge's clock", () => {
  it.each([
    ["Europe/Paris", "2024-03-31T02:30", "2024-03-31T01:30:00Z"],
    ["Europe/Paris", "2024-10-27T02:30", "2024-10-27T00:30:00Z"],
    ["Australia/Lord_Howe", "2024-10-06T02:15", "2024-10-05T15:45:00Z"],
    ["America/Santiago", "2024-09-08T00:00", "2024-09-08T04:00:00Z"],
    ["Pacific/Apia", "2011-12-30T09:00", "2011-12-30T19:00:00Z"],
  ])("in %s reads %s as %s: skipped times move forward, double ones are first", (zone, wall, instant) => {
    const minutes = Date.parse(`${wall}Z`) / 60_000;
    expect(new Date(createWall(zone).instant(minutes)).toISOString().replace(".000", "")).toBe(instant);
  });
});

/** One task of each kind of rule. */
const request = week({
  tasks: [
    task("a", 60, { deadline: "2024-03-26T12:00", deadline_is_hard: true }),
    task("b", 60, { dependencies: ["a"] }),
    task("c", 30, { category: "home" }),
  ],
  existing_events: [
    { id: "e", title: "meeting", start_time: "2024-03-25T15:00", end_time: "2024-03-25T16:00" },
    { id: "m", title: "coffee", start_time: "2024-03-26T15:00", end_time: "2024-03-26T15:30", is_moveable: true },
  ],
  constraints: [
    { type: "time_block", description: "dentist", start_time: "2024-03-26T10:00", end_time: "2024-03-26T11:00" },
    { type: "no_meetings", description: "quiet day", start_time: "2024-03-27T00:00", end_time: "2024-03-28T00:00" },
  ],
});

/** Names of the rules that a changed plan breaks. */
function judged(
  asked: GenerateRequest,
  change: (events: ScheduledEvent[]) => ScheduledEvent[],
  left: string[] = [],
): string[] {
  const plan = planWeek(asked, search());
  const scheduled_events = change(plan.scheduled_events);
  return verify(asked, { scheduled_events, unscheduled_tasks: [...plan.unscheduled_tasks, ...left] }, monday).map(
    ({ rule }) => rule,
  );
}

function shifted(event: ScheduledEvent, minutes: number): ScheduledEvent {
  const length = (Date.parse(event.end_time) - Date.parse(event.start_time)) / 60_000;
  return at(event, new Date(Date.parse(event.start_time) + minutes * 60_000).toISOString(), length);
}

function at(event: ScheduledEvent, start: string, minutes: number): ScheduledEvent {
  return { ...event, start_time: start, end_time: new Date(Date.parse(start) + minutes * 60_000).toISOString() };
}
