import { Preferences, Weights } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { apply, type Draft, emptyDraft } from "./draft.ts";
import { freshTask, noBuffers } from "./fresh.ts";
import { isAnswered as isAnsweredBy } from "./match.ts";
import type { CalendarEvent } from "./files/ics.ts";
import { pinAction } from "./pins.ts";
import { occurrenceBusy, requestOf } from "./request.ts";
import type { Stored } from "./shown.ts";

const task = { ...freshTask(60), id: "a", title: "Write" };
const draft = { ...emptyDraft(Preferences.parse({ timezone: "Europe/Berlin" })), tasks: [task] };
const nine = Date.parse("2030-03-25T08:00:00Z");
const now = Date.parse("2030-03-25T06:00:00Z");
const pinned = apply(draft, pinAction(draft, task, nine, nine + 3_600_000));

it("knows the draft that was planned, whatever order a database gives its fields", () => {
  const turned = Object.fromEntries(Object.entries({ ...task, description: null }).toReversed()) as typeof task;
  expect(isAnswered(draft, stored({ tasks: [turned] }))).toBe(true);
  expect(isAnswered(pinned, stored({ existing_events: [...pinned.events] }))).toBe(true);
});

it.each([
  ["a task that was changed", { ...draft, tasks: [{ ...task, estimated_duration_minutes: 90 }] }],
  ["a task more", { ...draft, tasks: [task, { ...task, id: "b" }] }],
  ["other hours", { ...draft, preferences: { ...draft.preferences, work_end_time: "18:00" } }],
  ["more days", { ...draft, planning_horizon_days: 9 }],
  ["another weight", { ...draft, weights: { energy: 1 } }],
  ["another first day", { ...draft, planning_start: "2030-03-27" }],
  ["what was put by hand", pinned],
])("tells from it %s", (_name, other) => expect(isAnswered(other, stored({}))).toBe(false));

it("knows a task whose id is a member of every object", () => {
  const named = { ...task, dependencies: ["constructor"], dependency_lags: { constructor: 0 } };
  expect(isAnswered({ ...draft, tasks: [named] }, stored({ tasks: [{ ...named, dependency_lags: {} }] }))).toBe(true);
});

it("tells a block from it that is put elsewhere or freed since", () => {
  const kept = stored({ existing_events: [...pinned.events] });
  expect(isAnswered(apply(draft, pinAction(draft, task, nine + 60_000, nine + 3_660_000)), kept)).toBe(false);
  expect(isAnswered(draft, kept)).toBe(false);
});

it("tells from it a meeting that blocks time since, or no longer does", () => {
  const calendar = [meeting("m", "2030-03-26")];
  const { id, title, start_time, end_time } = meeting("m", "2030-03-26");
  const block = { id, title, start_time, end_time, is_moveable: false, ...noBuffers };
  const around = stored({ existing_events: [block] });
  const freed = apply(draft, occurrenceBusy(draft, "m", false));
  expect(isAnswered(draft, around, calendar)).toBe(true);
  expect(isAnswered(freed, around, calendar)).toBe(false);
  expect(isAnswered(freed, stored({}), calendar)).toBe(true);
  expect(isAnswered(draft, stored({}), calendar)).toBe(false);
});

it("takes no other days of a calendar that are read now for a change, nor what is over", () => {
  const [over, planned, beyond] = [meeting("o", "2030-03-24"), meeting("p", "2030-03-31"), meeting("b", "2030-04-01")];
  expect(isAnswered(draft, stored({}), [over, beyond])).toBe(true);
  expect(isAnswered(draft, stored({}), [planned])).toBe(false);
  const later = stored({ last_updated: "2030-03-26T08:00:00Z" });
  expect(isAnswered(draft, later, [beyond])).toBe(false);
  expect(isAnswered(draft, stored({ planning_start: "2030-03-20" }), [beyond])).toBe(true);
});

function isAnswered(typed: Draft, by: Stored, calendar: readonly CalendarEvent[] = []): boolean {
  return isAnsweredBy(requestOf(typed, calendar, "local"), by, now);
}

function meeting(id: string, date: string): CalendarEvent {
  const [start_time, end_time] = [`${date}T12:00:00+01:00`, `${date}T13:00:00+01:00`];
  return { id, uid: id, title: "Sync", start_time, end_time, all_day: false, busy: true };
}

function stored(parts: Partial<Stored>): Stored {
  return {
    user_id: "local",
    version: 1,
    events: [],
    last_updated: "2030-03-25T06:00:00Z",
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
