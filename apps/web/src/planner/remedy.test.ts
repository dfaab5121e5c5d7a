import { type CheapestChange, Preferences } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { apply, type Draft, emptyDraft } from "./draft.ts";
import { freshTask, noBuffers } from "./fresh.ts";
import { remedyFor } from "./remedy.ts";
import { isBusy } from "./request.ts";
import type { CalendarEvent } from "./files/ics.ts";

const task = (id: string) => ({ ...freshTask(240), id, title: id });
const draft: Draft = {
  ...emptyDraft(Preferences.parse({ timezone: "Europe/Berlin" })),
  tasks: [{ ...task("a"), dependencies: ["b", "c"], dependency_lags: { b: 30, c: 60 } }, task("b"), task("c")],
  events: [event("e")],
  constraints: [{ type: "time_block", description: "School", is_hard_constraint: true }],
};

it("makes each change that a page can make", () => {
  expect(after({ kind: "move_deadline", end_time: "2030-03-29T16:00:00Z" }).tasks[0]).toMatchObject({
    deadline: "2030-03-29T17:00",
  });
  expect(after({ kind: "shorten", minutes: 90 }).tasks[0]).toMatchObject({ estimated_duration_minutes: 90 });
  expect(after({ kind: "split", minutes: 120 }).tasks[0]?.split).toEqual({ min_minutes: 30, max_minutes: 120 });
  expect(after({ kind: "split", minutes: 20 }).tasks[0]?.split).toEqual({ min_minutes: 20, max_minutes: 20 });
  expect(after({ kind: "leave_out", task_id: "b" }).tasks).toMatchObject([{ dependencies: ["c"] }, { id: "c" }]);
  expect(after({ kind: "drop_dependency", task_id: "b" }).tasks[0]).toMatchObject({
    dependencies: ["c"],
    dependency_lags: { c: 60 },
  });
  expect(after({ kind: "free_time", event_id: "e" }).events).toEqual([]);
  expect(after({ kind: "more_days", minutes: 10 * 1_440 }).planning_horizon_days).toBe(10);
  expect(after({ kind: "raise_cap", minutes: 400 }).preferences.max_work_minutes_per_day).toBe(400);
  expect(after({ kind: "drop_constraint", event_id: "School" }).constraints).toEqual([]);
});

it("makes the working day longer on the side where it has to be", () => {
  const later = { kind: "longer_hours", start_time: "2030-03-26T14:00:00Z", end_time: "2030-03-26T17:30:00Z" } as const;
  expect(after(later).preferences).toMatchObject({ work_start_time: "09:00", work_end_time: "18:30" });
});

it("lets one occurrence of a meeting no longer block time, and none of the others", () => {
  const series = [meeting("u@1", "u"), meeting("u@2", "u")];
  const action = remedyFor(left, change({ kind: "free_time", event_id: "u@1" }), draft, series);
  const freed = action && apply(draft, action);
  expect(series.map((event) => freed && isBusy(event, freed))).toEqual([false, true]);
});

it.each([
  { kind: "move_deadline" },
  { kind: "leave_out", task_id: "a" },
  { kind: "free_time" },
  { kind: "more_days", minutes: 1_440 },
  { kind: "drop_constraint", event_id: "Nobody knows" },
] as const)("leaves %j to the person", (part) => expect(remedyFor(left, change(part), draft, [])).toBeNull());

const left = { task_id: "a" };

function after(part: Partial<CheapestChange> & Pick<CheapestChange, "kind">): Draft {
  const action = remedyFor(left, change(part), draft, []);
  if (!action) throw new Error("nothing to apply");
  return apply(draft, action);
}

function change(part: Partial<CheapestChange> & Pick<CheapestChange, "kind">): CheapestChange {
  return { text: "", task_id: null, event_id: null, start_time: null, end_time: null, minutes: null, ...part };
}

function event(id: string) {
  const times = { start_time: "2030-03-25T09:00:00", end_time: "2030-03-25T10:00:00" };
  return { id, title: id, ...times, is_moveable: false, ...noBuffers };
}

function meeting(id: string, uid: string): CalendarEvent {
  const times = { start_time: "2030-03-25T09:00:00+01:00", end_time: "2030-03-25T10:00:00+01:00" };
  return { id, uid, title: id, ...times, all_day: false, busy: true };
}
