import { expect, it } from "vitest";
import { readMinutes, readQuick } from "./quick.ts";
import { readWhen } from "./when.ts";

// A Wednesday.
const today = "2030-03-27";

it.each([
  ["Write report", "Write report", {}],
  [
    "Write report 90m !high #personal @morning by fri 17:00",
    "Write report",
    {
      estimated_duration_minutes: 90,
      priority: "high",
      category: "personal",
      preferred_time: "morning",
      deadline: "2030-03-29T17:00",
    },
  ],
  [
    "Report by fri !u 2h",
    "Report",
    { deadline: "2030-03-29T18:00", priority: "urgent", estimated_duration_minutes: 120 },
  ],
  ["Stand by me", "Stand by me", {}],
  ["Read by candlelight by tomorrow 9:30", "Read by candlelight", { deadline: "2030-03-28T09:30" }],
  ["Fix issue #12, see mail @anna !!", "Fix issue #12, see mail @anna !!", {}],
  ["Call 3 people", "Call 3 people", {}],
])("reads %j", (line, title, patch) => expect(readQuick(line, today, "18:00")).toEqual({ title, patch }));

it.each([
  ["90m", 90],
  ["1h", 60],
  ["1.5h", 90],
  ["1h30", 90],
  ["1h30m", 90],
  ["45min", 45],
  ["90", undefined],
  ["0m", undefined],
  ["25h", undefined],
  ["h", undefined],
  ["", undefined],
])("takes %j for %s minutes", (text, minutes) => expect(readMinutes(text)).toBe(minutes));

it.each([
  ["wed", "2030-03-27T17:00"],
  ["Tuesday 8:00", "2030-04-02T08:00"],
  ["thu 23:59", "2030-03-28T23:59"],
  ["today", "2030-03-27T17:00"],
  ["2030-04-01", "2030-04-01T17:00"],
  ["2030-04-01 12:15", "2030-04-01 12:15"],
  ["2030-04-01T12:00:00+02:00", "2030-04-01T12:00:00+02:00"],
  ["2030-02-30", undefined],
  ["th 24:00", undefined],
  ["someday", undefined],
  ["", undefined],
])("reads the moment %j as %s", (text, moment) => expect(readWhen(text, today, "17:00")).toBe(moment));
