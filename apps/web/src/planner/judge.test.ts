import { expect, it } from "vitest";
import { defaults } from "./defaults.ts";
import { emptyDraft } from "./draft.ts";
import type { Entry } from "./entries.ts";
import { freshTask } from "./fresh.ts";
import { judge } from "./judge.ts";
import { spanOf } from "./span.ts";
import { createWords } from "./words.ts";

const zone = "Europe/Berlin";
const task = {
  ...freshTask(60),
  id: "a",
  title: "Write",
  deadline: "2030-03-27T12:00:00",
  earliest_start: "2030-03-25T11:00:00",
};
const draft = { ...emptyDraft({ ...defaults, timezone: zone }), tasks: [task, { ...task, id: "b", category: "home" }] };
const now = Date.parse("2030-03-25T09:30:00+01:00");

it.each([
  ["an hour ago", "2030-03-25T08:00", { note: "In the past", refused: true }],
  ["after the planned days", "2030-04-01T10:00", { note: "Outside of the planned days", refused: true }],
  ["past its deadline", "2030-03-27T11:30", { note: "Late: due Wed 27, 12:00", refused: false }],
  ["too soon", "2030-03-25T10:00", { note: "Not before Mon 25, 11:00", refused: false }],
  ["into a meeting", "2030-03-26T10:30", { note: "Over “Sync”", refused: false }],
  ["into what is pinned", "2030-03-26T13:30", { note: "Over “Pinned”", refused: false }],
  ["over what planning can move", "2030-03-26T15:00", { note: "", refused: false }],
  ["into the evening", "2030-03-26T16:30", { note: "Outside of your working hours", refused: false }],
  ["where nothing is to be said", "2030-03-27T09:00", { note: "", refused: false }],
])("says of a place %s what there is to say", (_, clock, verdict) => {
  expect(verdictOf("a", clock)).toEqual(verdict);
});

it("knows working hours for work only", () => {
  expect(verdictOf("b", "2030-03-26T19:00").note).toBe("");
});

it("lets nothing get longer than a day", () => {
  const start = Date.parse("2030-03-26T10:00:00+01:00");
  expect(judge(known(), held("a"), { start, end: start + 25 * 3_600_000 }, "resize").refused).toBe(true);
});

function verdictOf(id: string, clock: string) {
  const start = Date.parse(`${clock}:00${clock < "2030-03-31T02" ? "+01:00" : "+02:00"}`);
  return judge(known(), held(id), { start, end: start + 3_600_000 }, "move");
}

function held(id: string) {
  return { id, title: "Write", stay: null, minutes: 60 };
}

function known() {
  const entries = [
    entry("Sync", "event", "10:00", false),
    entry("Pinned", "task", "13:00", true),
    entry("Planned", "task", "15:00", false),
    entry("Lunch", "lunch", "12:00", false),
  ];
  return { draft, now, entries, words: createWords(zone), span: spanOf(draft, "2030-03-25") };
}

function entry(title: string, kind: Entry["kind"], clock: string, pinned: boolean): Entry {
  const start = Date.parse(`2030-03-26T${clock}:00+01:00`);
  const planned: Entry["planned"] = {
    id: title,
    task_id: null,
    title,
    start_time: `2030-03-26T${clock}:00+01:00`,
    end_time: `2030-03-26T${clock}:00+01:00`,
    type: "task",
    priority: null,
    category: null,
    pinned,
    reason: "",
    p_on_time: null,
    eta: null,
    explanation: null,
  };
  return { id: title, title, kind, start, end: start + 3_600_000, free: false, allDay: false, planned, task: null };
}
