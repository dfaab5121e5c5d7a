import type { ScheduledEvent } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { defaults } from "./defaults.ts";
import { apply, type Draft, emptyDraft, inverse } from "./draft.ts";
import { entriesOf } from "./entries.ts";
import type { CalendarEvent } from "./files/ics.ts";
import { freshTask, noBuffers } from "./fresh.ts";
import { isAnswered } from "./match.ts";
import { pinAction, pinBlock, unpinAction } from "./pins.ts";
import { requestOf } from "./request.ts";
import type { Answer } from "./run.ts";
import { draftOf, type Shown, shownOf, type Stored, withPins } from "./shown.ts";

const draft = emptyDraft({ ...defaults, timezone: "Europe/Berlin" });
const now = Date.parse("2030-03-25T06:00:00+01:00");

it("shows a meeting once, where the plan put it if the plan moved it", () => {
  const shown = shownOf(null, stored({ events: [planned("m", "2030-03-25T15:00:00+01:00")] }), now);
  const single = {
    id: "m",
    title: "Sync",
    start_time: "2030-03-25T09:00:00+01:00",
    end_time: "2030-03-25T10:00:00+01:00",
    is_moveable: true,
    ...noBuffers,
  };
  const entries = entriesOf(shown, [meeting("m"), meeting("n")], {
    ...draft,
    events: [single, { ...single, id: "n" }],
  });
  expect(entries.map(({ id, start }) => `${id} ${new Date(start).toISOString()}`)).toEqual([
    "m 2030-03-25T14:00:00.000Z",
    "n 2030-03-25T08:00:00.000Z",
  ]);
});

it("shows what was put by hand where it was put, before and after it is planned again", () => {
  const task = { ...freshTask(60), id: "t", title: "Write" };
  const start = Date.parse("2030-03-25T09:00:00+01:00");
  const typed = { ...draft, tasks: [task] };
  const pinned = apply(typed, pinAction(typed, task, start, start + 3_600_000));
  const stale = shownOf(null, stored({ tasks: [task], events: [carriesOut("t", "2030-03-26T10:00:00+01:00")] }), now);
  // The server does not repeat in its plan what it was given as standing.
  const fresh = shownOf(
    null,
    stored({ tasks: [task], existing_events: [...pinned.events], events: [planned("m", "2030-03-25T15:00:00+01:00")] }),
    now,
  );
  for (const shown of [stale, fresh, null])
    expect(tasksIn(withPins(shown, pinned, now), pinned)).toEqual(["t pinned 2030-03-25T08:00:00.000Z"]);
  expect(tasksIn(withPins(stale, typed, now), typed)).toEqual(["t free 2030-03-26T09:00:00.000Z"]);
  expect(tasksIn(withPins(fresh, typed, now), typed)).toEqual(["t free 2030-03-25T08:00:00.000Z"]);
});

it("lets go of what others put by hand, until they put it elsewhere, and takes that back", () => {
  const task = { ...freshTask(60), id: "t", title: "Write" };
  const typed = { ...draft, tasks: [task] };
  const there = { ...carriesOut("t", "2030-03-25T09:00:00+01:00"), pinned: true };
  const weekWith = (block: ScheduledEvent) => stored({ tasks: [task], events: [block] });
  const onScreen = (from: Draft, block = there) =>
    tasksIn(withPins(shownOf(null, weekWith(block), now), from, now), from);
  const freed = apply(typed, unpinAction(typed, there));
  expect(onScreen(typed)).toEqual(["t pinned 2030-03-25T08:00:00.000Z"]);
  expect(onScreen(freed)).toEqual(["t free 2030-03-25T08:00:00.000Z"]);
  expect(requestOf(freed, [], "local").unpinned).toEqual([{ event_id: "t", start_time: there.start_time }]);
  expect(isAnswered(requestOf(freed, [], "local"), weekWith(there), now)).toBe(false);

  const elsewhere = { ...there, start_time: "2030-03-25T11:00:00+01:00" };
  expect(onScreen(freed, elsewhere)).toEqual(["t pinned 2030-03-25T10:00:00.000Z"]);
  expect(apply(freed, inverse(typed, unpinAction(typed, there)))).toEqual(typed);
});

it("keeps no pin of others for a block that is moved from there and let go of", () => {
  const task = { ...freshTask(60), id: "t", title: "Write" };
  const typed = { ...draft, tasks: [task] };
  const there = { ...carriesOut("t", "2030-03-25T09:00:00+01:00"), pinned: true };
  const start = Date.parse("2030-03-25T13:00:00+01:00");
  const moved = apply(typed, pinBlock(typed, [there], there, { start, end: start + 3_600_000 }));
  const [pin] = withPins(shownOf(null, stored({ tasks: [task], events: [there] }), now), moved, now)?.events ?? [];
  expect(pin).toMatchObject({ id: "t", pinned: true, start_time: "2030-03-25T13:00:00+01:00" });
  const free = apply(moved, unpinAction(moved, pin ?? there));
  const shown = withPins(shownOf(null, stored({ tasks: [task], events: [there] }), now), free, now);
  expect(tasksIn(shown, free)).toEqual(["t free 2030-03-25T08:00:00.000Z"]);
});

it("says how good the plan is after a reload, until a block is put elsewhere by hand", () => {
  const task = { ...freshTask(60), id: "t", title: "Write" };
  const typed = { ...draft, tasks: [task] };
  const block = { ...carriesOut("t", "2030-03-25T09:00:00+01:00"), end_time: "2030-03-25T10:00:00+01:00" };
  const shown = shownOf(null, stored({ tasks: [task], events: [block], verdict: proven }), now);
  expect(shown).toMatchObject({ cost: 7, proof: "optimal", days: proven.days, reasoning: "All placed." });

  const start = Date.parse(block.start_time);
  const pinnedAt = (at: number) => withPins(shown, apply(typed, pinAction(typed, task, at, at + 3_600_000)), now);
  expect(pinnedAt(start)).toMatchObject({ cost: 7, proof: "optimal", days: proven.days, confidence: 1 });
  expect(pinnedAt(start + 3_600_000)).toMatchObject({ cost: null, proof: "none", days: [], confidence: null });
});

it("says of what was put by hand how likely it is in time where the plan found it, and nowhere else", () => {
  const task = { ...freshTask(60), id: "t", title: "Write" };
  const typed = { ...draft, tasks: [task] };
  const start = Date.parse("2030-03-25T09:00:00+01:00");
  const pinned = apply(typed, pinAction(typed, task, start, start + 3_600_000));
  const told = { ...carriesOut("t", "2030-03-25T09:00:00+01:00"), end_time: "2030-03-25T10:00:00+01:00" };
  const verdict = { ...proven, pinned_events: [{ ...told, id: "pin:t", p_on_time: 0.4 }] };
  const other = planned("m", "2030-03-25T15:00:00+01:00");
  const shown = shownOf(
    null,
    stored({ tasks: [task], existing_events: [...pinned.events], events: [other], verdict }),
    now,
  );
  const chances = (from: Draft) =>
    withPins(shown, from, now)?.events.flatMap(({ task_id: id, p_on_time: p }) => (id ? [p] : []));
  expect(chances(pinned)).toEqual([0.4]);
  expect(chances(apply(typed, pinAction(typed, task, start + 60_000, start + 3_660_000)))).toEqual([null]);
});

it("goes on showing the other times of a habit of which one was put by hand", () => {
  const task = { ...freshTask(60), id: "t", title: "Run", repeat: { times_per_week: 2 } };
  const typed = { ...draft, tasks: [task] };
  const events = [carriesOut("t#1", "2030-03-25T10:00:00+01:00"), carriesOut("t#2", "2030-03-26T10:00:00+01:00")];
  const shown = shownOf(
    null,
    stored({ tasks: [task], events: events.map((event) => ({ ...event, task_id: "t" })) }),
    now,
  );
  const [first] = shown?.events ?? [];
  const start = Date.parse("2030-03-25T15:00:00+01:00");
  if (!first) throw new Error("a block expected");
  const pinned = apply(typed, pinBlock(typed, events, first, { start, end: start + 3_600_000 }));
  expect(tasksIn(withPins(shown, pinned, now), pinned)).toEqual([
    "t#2 free 2030-03-26T09:00:00.000Z",
    "t#1 pinned 2030-03-25T14:00:00.000Z",
  ]);
});

it("shows beside a new plan what stands of the one before: over, and put by hand by others", () => {
  const tasks = ["t", "u"].map((id) => ({ ...freshTask(60), id, title: id }));
  const typed = { ...draft, tasks };
  const over = { ...carriesOut("t", "2030-03-24T09:00:00+01:00"), end_time: "2030-03-24T10:00:00+01:00" };
  const kept_events = [over, { ...carriesOut("u", "2030-03-27T09:00:00+01:00"), pinned: true }];
  const made = carriesOut("t", "2030-03-26T09:00:00+01:00");
  const shown = shownOf({ answer: answered({ scheduled_events: [made], kept_events }), draft: typed }, undefined, now);
  const kept = ["t free 2030-03-24T08:00:00.000Z", "u pinned 2030-03-27T08:00:00.000Z"];
  expect(tasksIn(withPins(shown, typed, now), typed)).toEqual([...kept, "t free 2030-03-26T08:00:00.000Z"]);
  const start = Date.parse("2030-03-28T09:00:00+01:00");
  const pinned = apply(typed, pinBlock(typed, shown?.events ?? [], made, { start, end: start + 3_600_000 }));
  expect(tasksIn(withPins(shown, pinned, now), pinned)).toEqual([...kept, "t pinned 2030-03-28T08:00:00.000Z"]);
});

it("goes on with a plan for later days on the days it is for", () => {
  const now = Date.parse("2030-03-20T12:00:00Z");
  const startOf = (planning_start: string) => draftOf(stored({ planning_start }), defaults, now).planning_start;
  expect(startOf("2030-03-25T08:00:00")).toBe("2030-03-25T08:00:00");
  expect(startOf("2030-03-20T08:00:00")).toBeNull();
  expect(draftOf(stored({}), defaults, now).planning_start).toBeNull();
});

it("has no plan to show where nothing was planned", () => {
  expect(shownOf(null, undefined, now)).toBeNull();
  expect(shownOf(null, stored({}), now)).toBeNull();
});

const proven: NonNullable<Stored["verdict"]> = {
  reasoning: "All placed.",
  alternative_suggestions: [],
  pinned_events: [],
  grid_minutes: 15,
  cost: 7,
  lower_bound: 7,
  optimality_gap: 0,
  proof: "optimal",
  time_limited: false,
  weights: null,
  days: [{ date: "2030-03-25", planned_minutes: 60, free_minutes: 300, p_holds: 0.9 }],
};

function stored(parts: Partial<Stored>): Stored {
  const nothing = {
    planning_start: null,
    existing_events: [],
    tasks: [],
    constraints: [],
    unscheduled: [],
    warnings: [],
    events: [],
  };
  return {
    user_id: "local",
    version: null,
    weights: null,
    last_updated: null,
    user_preferences: { ...defaults, timezone: "Europe/Berlin" },
    planning_horizon_days: 7,
    confidence_score: 1,
    verdict: null,
    ...nothing,
    ...parts,
  };
}

function answered(parts: Partial<Answer>): Answer {
  return {
    ...proven,
    success: true,
    scheduled_events: [],
    kept_events: [],
    confidence_score: 1,
    warnings: [],
    unscheduled_tasks: [],
    unscheduled: [],
    processing_time_seconds: 0,
    alternatives: [],
    error: null,
    basis: null,
    ...parts,
  };
}

function tasksIn(shown: Shown | null, from: Draft): string[] {
  return entriesOf(shown, [], from)
    .filter(({ kind }) => kind === "task")
    .map(
      ({ id, start, planned: block }) => `${id} ${block?.pinned ? "pinned" : "free"} ${new Date(start).toISOString()}`,
    );
}

function carriesOut(id: string, start: string): ScheduledEvent {
  return { ...planned(id, start), task_id: id, type: "task" };
}

function planned(id: string, start: string): ScheduledEvent {
  const end = start.replace(/T\d\d:/, "T23:");
  return {
    id,
    task_id: null,
    title: id,
    start_time: start,
    end_time: end,
    type: "event",
    priority: null,
    category: null,
    pinned: false,
    reason: "",
    p_on_time: null,
    eta: null,
    explanation: null,
  };
}

function meeting(id: string): CalendarEvent {
  return {
    id,
    uid: id,
    title: id,
    start_time: "2030-03-25T09:00:00+01:00",
    end_time: "2030-03-25T10:00:00+01:00",
    all_day: false,
    busy: true,
  };
}
