import { Preferences } from "@beq/scheduler/contract";
import { expect, it } from "vitest";
import { apply, emptyDraft } from "../draft.ts";
import { formatOf, readFiles } from "./read.ts";

const draft = emptyDraft(Preferences.parse({ timezone: "Europe/Berlin" }));
const ics =
  "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Standup\r\nDTSTART;TZID=Europe/Berlin:20260105T091500\r\nDURATION:PT15M\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Odd\r\nDTSTART:20300327T100000Z\r\nDTEND:20300327T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

it("reads a task list before the calendar dropped with it, because it says which week is meant", async () => {
  const tasks = JSON.stringify({
    planning_start: "2030-03-25T08:00",
    tasks: [{ title: "Write", estimated_duration_minutes: 30, deadline: "fri" }],
  });
  const { action, reports } = await readFiles(
    [
      { name: "week.ics", text: ics },
      { name: "tasks.json", text: tasks },
    ],
    draft,
    around(),
  );
  expect(reports.map(({ name, took }) => `${name}: ${took}`)).toEqual([
    "tasks.json: 1 task read, and the settings of the week",
    "week.ics: 7 events read, 1 skipped",
  ]);
  expect(reports[1]?.notes).toEqual(['"Odd" skipped because it ends before it starts.']);
  expect(apply(draft, action)).toMatchObject({
    planning_start: "2030-03-25T08:00",
    tasks: [{ id: "task-1", deadline: "2030-03-29T17:00" }],
    calendars: [{ name: "week.ics" }],
  });
});

it("replaces a calendar of the same name and a task of the same id", async () => {
  const files = [
    { name: "a.ics", text: ics },
    { name: "a.csv", text: "id,title,duration\nx,One,30\n" },
  ];
  const once = apply(draft, (await readFiles(files, draft, around())).action);
  const again = await readFiles(
    [
      { name: "a.ics", text: ics },
      { name: "b.csv", text: "id,title,duration\nx,Two,30\n" },
    ],
    once,
    around(),
  );
  expect(apply(once, again.action)).toMatchObject({
    calendars: [{ name: "a.ics" }],
    tasks: [{ id: "x", title: "Two" }],
  });
  expect(again.reports[0]?.notes).toEqual(["1 task already known by id, now as in the file."]);
});

it("gives refused rows back in the file's own format", async () => {
  const { reports } = await readFiles(
    [
      { name: "a.json", text: '[{"title":"No duration"}]' },
      { name: "b.csv", text: "title,duration\nLong,9999\n" },
    ],
    draft,
    around(),
  );
  expect(reports.map(({ retry }) => retry?.text)).toEqual([
    '[\n  {\n    "title": "No duration"\n  }\n]',
    "title,estimated_duration_minutes\r\nLong,9999",
  ]);
});

it("leaves the draft as it is when a file cannot be read", async () => {
  const { action, reports } = await readFiles(
    [
      { name: "a.ics", text: "no" },
      { name: "b.json", text: "{" },
      { name: "photo.png", text: "\u0000" },
    ],
    draft,
    around(),
  );
  expect(apply(draft, action)).toEqual(draft);
  expect(reports.map(({ problem }) => problem !== null)).toEqual([true, true, true]);
});

it.each([
  ["week.ics", "", "ics"],
  ["export", "BEGIN:VCALENDAR", "ics"],
  ["tasks.JSON", "", "json"],
  ["pasted", '[{"title":"x"}]', "json"],
  ["tasks.csv", "[title]", "csv"],
  ["notes.txt", "title,duration", "csv"],
])("takes %s beginning with %j for %s", (name, text, format) => expect(formatOf({ name, text })).toBe(format));

function around() {
  return { today: () => "2030-03-20", newId: () => "file-1" };
}
