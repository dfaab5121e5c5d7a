import { describe, expect, it } from "vitest";
import type { ScheduledEvent } from "../../contract/index.ts";
import { monday, search, stored, task, week } from "../builders.ts";
import { planWeek, replan } from "../index.ts";

const tasks = [task("a", 60, { title: "Letter" }), task("b", 60, { title: "Report", dependencies: ["a"] })];
const existing_schedule = planWeek(week({ tasks }), search()).scheduled_events;

describe("why something was moved", () => {
  it("is the event that now stands there", () => {
    const existing_events = [event("visit", "2024-03-25T09:00", "2024-03-25T10:00")];
    expect(reasons({ tasks, existing_schedule, existing_events })).toMatchObject({
      a: "'visit' stands in the way of Mon 25 Mar 09:00.",
    });
  });

  it("is the task that it waits for, where that ends later", () => {
    const longer = [task("a", 90, { title: "Letter" }), ...tasks.slice(1)];
    const changes = reasons({ tasks: longer, existing_schedule });
    expect(changes).toEqual({
      a: "It takes 30 min more.",
      b: "It waits for 'Letter', which now ends Mon 25 Mar 10:30.",
    });
  });

  it("is the task that takes longer and stands in its place", () => {
    const free = [task("a", 60, { title: "Letter" }), task("b", 60, { title: "Report" })];
    const standing = planWeek(week({ tasks: free }), search()).scheduled_events;
    const [first, second] = standing.filter(({ type }) => type === "task").map(({ id }) => id);
    const longer = free.map((each) => (each.id === first ? { ...each, estimated_duration_minutes: 120 } : each));
    const title = longer.find(({ id }) => id === first)?.title;
    const changes = reasons({ tasks: longer, existing_schedule: standing });
    expect(changes[second ?? ""]).toBe(`'${title}' takes longer now.`);
  });

  it("is a time block that was added, or a deadline that has become hard", () => {
    const block = { description: "school run", start_time: "2024-03-25T09:00", end_time: "2024-03-25T10:00" };
    const constraints = [{ ...block, type: "time_block" as const }];
    expect(reasons({ tasks, existing_schedule, constraints })["a"]).toBe("'school run' keeps Mon 25 Mar 09:00 free.");
    const sooner = [task("a", 60), task("b", 60, { deadline: "2024-03-25T12:00", deadline_is_hard: true })];
    const later = existing_schedule.map((each) => (each.id === "b" ? at(each, "2024-03-25T15:00:00+01:00") : each));
    expect(reasons({ tasks: sooner, existing_schedule: later })["b"]).toBe("It has to be done by Mon 25 Mar 12:00.");
  });

  it("is what it gains, where nothing pushed it", () => {
    const urgent = task("u", 60, { priority: "urgent", deadline: "2024-03-25T12:00" });
    const [event_] = planWeek(week({ tasks: [urgent] }), search()).scheduled_events;
    const standing = event_ ? [at(event_, "2024-03-26T10:00:00+01:00")] : [];
    const request = stored({ tasks: [urgent], existing_schedule: standing });
    expect(replan(request, search()).changes[0]?.reason).toMatch(
      /^It is done before its deadline, and it is done .* sooner\.$/,
    );
  });
});

describe("as few moves as it takes:", () => {
  it("a task that is done leaves its place free, and nothing moves", () => {
    const left = existing_schedule.filter(({ id }) => id !== "a");
    const [, b] = tasks;
    const open = b ? [{ ...b, dependencies: [] }] : [];
    expect(reasons({ tasks: open, existing_schedule: left })).toEqual({});
  });

  it("a new task takes free time, with its reason", () => {
    const changes = reasons({ tasks: [...tasks, task("n", 30)], existing_schedule });
    expect(Object.keys(changes)).toEqual(["n"]);
    expect(changes["n"]).toMatch(/^It had no place yet: Mon 25 Mar 1\d:\d\d at the best time/);
  });

  it("a task that no longer fits is dropped with what is in its way", () => {
    const due = [task("a", 60, { deadline: "2024-03-25T10:00", deadline_is_hard: true })];
    const existing_events = [event("visit", "2024-03-25T09:00", "2024-03-25T10:00")];
    const standing = planWeek(week({ tasks: due }), search()).scheduled_events;
    expect(reasons({ tasks: [...due, task("c", 30)], existing_schedule: standing, existing_events })["a"]).toBe(
      "It needs 1 h; no time is free before its deadline.",
    );
  });
});

function reasons(input: Parameters<typeof stored>[0]): Record<string, string> {
  const { changes } = replan(stored({ ...input, least_change: true }), search(monday));
  return Object.fromEntries(changes.map(({ event_id: id, reason }) => [id, reason]));
}

function event(title: string, start_time: string, end_time: string) {
  return { id: title, title, start_time, end_time };
}

function at(block: ScheduledEvent, start_time: string): ScheduledEvent {
  return { ...block, start_time, end_time: new Date(Date.parse(start_time) + 3_600_000).toISOString() };
}
