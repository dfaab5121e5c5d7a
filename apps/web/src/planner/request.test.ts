import { Preferences, type Task } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { apply, type Draft, emptyDraft } from "./draft.ts";
import type { CalendarEvent } from "./files/ics.ts";
import { freshTask } from "./fresh.ts";
import { problemAt, problemsOf } from "./problems.ts";
import { refusals } from "./refusals.ts";
import { isBusy, occurrenceBusy, requestOf, seriesBusy } from "./request.ts";

const draft = emptyDraft(Preferences.parse({ timezone: "Europe/Berlin" }));

it("sends what blocks time, by the person's word before the calendar's", () => {
  const calendar = [meeting("a", true), meeting("b", false), meeting("c", true), meeting("d", false)];
  const asked = requestOf({ ...draft, busy: { c: false, d: true } }, calendar, "local");
  expect(asked.existing_events?.map(({ id }) => id)).toEqual(["a", "d"]);
  expect(asked).not.toHaveProperty("planning_start");
});

it("takes a meeting that is called like a member of every object as what its calendar says", () => {
  const names = ["constructor", "__proto__", "toString"];
  expect(names.map((name) => isBusy(meeting(name, false), draft))).toEqual([false, false, false]);
});

it("lets one occurrence differ from its series until something is said of the whole", () => {
  const series = [meeting("s@1", true), meeting("s@2", true)].map((event) => ({ ...event, uid: "s" }));
  const busyIn = (from: Draft) => series.filter((event) => isBusy(event, from)).map(({ id }) => id);
  const freed = apply({ ...draft, busy: { other: true } }, occurrenceBusy(draft, "s@1", false));
  expect(busyIn(freed)).toEqual(["s@2"]);
  expect(busyIn({ ...draft, busy: { s: false, "s@1": true } })).toEqual(["s@1"]);
  const whole = apply(freed, seriesBusy({ busy: { ...freed.busy, other: true } }, series, true));
  expect(busyIn(whole)).toEqual(["s@1", "s@2"]);
  expect(whole.busy).toEqual({ other: true, s: true });
});

it("points each refusal at the task and field it is about", () => {
  const asked = requestOf(
    { ...draft, tasks: [task("a", ["b"]), task("b", ["a", "ghost"]), { ...task("c"), title: "" }] },
    [],
    "local",
  );
  const problems = problemsOf(refusals(asked), asked);
  expect(problemAt(problems, "c", "title")).toBe("String should have at least 1 character");

  const linked = requestOf({ ...draft, tasks: [task("a", ["b"]), task("b", ["a", "ghost"])] }, [], "local");
  const links = problemsOf(refusals(linked), linked);
  expect(links).toEqual([
    { task: "b", field: "dependencies", message: "task 'b' depends on unknown task 'ghost'" },
    { task: "a", field: "dependencies", message: expect.stringMatching(/^dependency cycle: /) },
  ]);
});

it("points a refusal of the preferences at its field and names the event that ends too early", () => {
  const asked = requestOf(
    { ...draft, preferences: { ...draft.preferences, timezone: "Mars/Base" } },
    [{ ...meeting("a", true), end_time: "2030-03-25T08:00:00+01:00" }],
    "local",
  );
  expect(problemAt(problemsOf(refusals(asked), asked), null, "timezone")).toMatch(/^'Mars\/Base' is not a known/);

  const backwards = { ...asked, user_preferences: draft.preferences };
  expect(problemsOf(refusals(backwards), backwards)).toMatchObject([
    { task: null, field: "existing_events", message: expect.stringMatching(/^"Meeting a": end_time .* must be after/) },
  ]);
});

it("finds nothing wrong with a sound week", () => {
  expect(
    refusals(requestOf({ ...draft, tasks: [task("a"), task("b", ["a"])] }, [meeting("m", true)], "local")),
  ).toEqual([]);
});

function task(id: string, dependencies: string[] = []): Task {
  return { ...freshTask(60), id, title: id, dependencies };
}

function meeting(id: string, busy: boolean): CalendarEvent {
  return {
    id,
    uid: id,
    title: `Meeting ${id}`,
    start_time: "2030-03-25T09:00:00+01:00",
    end_time: "2030-03-25T10:00:00+01:00",
    all_day: false,
    busy,
  };
}
