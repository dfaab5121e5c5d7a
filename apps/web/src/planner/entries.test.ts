import type { ScheduledEvent } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { defaults } from "./defaults.ts";
import { emptyDraft } from "./draft.ts";
import { entriesOf } from "./entries.ts";
import type { CalendarEvent } from "./files/ics.ts";
import { noBuffers } from "./fresh.ts";
import { draftOf, shownOf, type Stored } from "./shown.ts";

const draft = emptyDraft({ ...defaults, timezone: "Europe/Berlin" });

it("shows a meeting once, where the plan put it if the plan moved it", () => {
  const shown = shownOf(null, stored({ events: [planned("m", "2030-03-25T15:00:00+01:00")] }));
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

it("goes on with a plan for later days on the days it is for", () => {
  const now = Date.parse("2030-03-20T12:00:00Z");
  const startOf = (planning_start: string) => draftOf(stored({ planning_start }), defaults, now).planning_start;
  expect(startOf("2030-03-25T08:00:00")).toBe("2030-03-25T08:00:00");
  expect(startOf("2030-03-20T08:00:00")).toBeNull();
  expect(draftOf(stored({}), defaults, now).planning_start).toBeNull();
});

it("has no plan to show where nothing was planned", () => {
  expect(shownOf(null, undefined)).toBeNull();
  expect(shownOf(null, stored({}))).toBeNull();
});

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
    ...nothing,
    ...parts,
  };
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
