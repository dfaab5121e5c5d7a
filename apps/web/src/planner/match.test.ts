import { Preferences, Weights } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { apply, emptyDraft } from "./draft.ts";
import { freshTask } from "./fresh.ts";
import { isAnswered } from "./match.ts";
import { pinAction } from "./pins.ts";
import type { Stored } from "./shown.ts";

const task = { ...freshTask(60), id: "a", title: "Write" };
const draft = { ...emptyDraft(Preferences.parse({ timezone: "Europe/Berlin" })), tasks: [task] };
const nine = Date.parse("2030-03-25T08:00:00Z");
const pinned = apply(draft, pinAction(draft, task, nine, nine + 3_600_000));

it("knows the draft that was planned, whatever order a database gives its fields", () => {
  const turned = Object.fromEntries(Object.entries({ ...task, description: null }).toReversed()) as typeof task;
  expect(isAnswered(draft, stored({ tasks: [turned] }))).toBe(true);
  expect(isAnswered(pinned, stored({ existing_events: [...pinned.events, meeting] }))).toBe(true);
});

it.each([
  ["a task that was changed", { ...draft, tasks: [{ ...task, estimated_duration_minutes: 90 }] }],
  ["a task more", { ...draft, tasks: [task, { ...task, id: "b" }] }],
  ["other hours", { ...draft, preferences: { ...draft.preferences, work_end_time: "18:00" } }],
  ["more days", { ...draft, planning_horizon_days: 9 }],
  ["another weight", { ...draft, weights: { energy: 1 } }],
  ["what was put by hand", pinned],
])("tells from it %s", (_name, other) => expect(isAnswered(other, stored({}))).toBe(false));

it("tells a block from it that is put elsewhere or freed since", () => {
  const kept = stored({ existing_events: [...pinned.events] });
  expect(isAnswered(apply(draft, pinAction(draft, task, nine + 60_000, nine + 3_660_000)), kept)).toBe(false);
  expect(isAnswered(draft, kept)).toBe(false);
});

const meeting = {
  id: "m",
  title: "Sync",
  start_time: "2030-03-25T12:00:00+01:00",
  end_time: "2030-03-25T13:00:00+01:00",
  is_moveable: false,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
};

function stored(parts: Partial<Stored>): Stored {
  return {
    user_id: "local",
    version: 1,
    events: [],
    last_updated: null,
    existing_events: [],
    tasks: [task],
    user_preferences: draft.preferences,
    constraints: [],
    planning_horizon_days: draft.planning_horizon_days,
    planning_start: null,
    weights: Weights.parse({}),
    unscheduled: [],
    warnings: [],
    confidence_score: 1,
    verdict: null,
    ...parts,
  };
}
