import { expect, it } from "vitest";
import { week } from "../builders.ts";
import { createCalendar, personalHours, workHours } from "./calendar.ts";

it.each([
  ["Europe/Paris", "2024-03-31T00:00:00+01:00", [23]],
  ["Europe/Paris", "2024-10-27T00:00:00+02:00", [25]],
  ["Australia/Lord_Howe", "2024-04-07T00:00:00+11:00", [24.5]],
  ["America/Santiago", "2024-09-08T01:00:00-03:00", [23]],
  ["Pacific/Apia", "2011-12-29T00:00:00-10:00", [24, 24]],
  ["Africa/Cairo", "2024-04-26T01:00:00+03:00", [23]],
])("has days as long as the clocks of %s from %s make them", (zone, start, hours) => {
  const { days } = createCalendar(zone, Date.parse(start), zone === "Pacific/Apia" ? 3 : 1);
  const planned = days.filter((day) => day.start >= Date.parse(start)).slice(0, hours.length);
  expect(planned.map((day) => (day.end - day.start) / 3_600_000)).toEqual(hours);
});

it("skips the date that Samoa skipped: Friday 30 December 2011 is nobody's working day", () => {
  const calendar = createCalendar("Pacific/Apia", Date.parse("2011-12-29T00:00:00-10:00"), 4);
  expect(calendar.days.map(({ date }) => date.toString())).toEqual([
    "2011-12-28",
    "2011-12-29",
    "2011-12-31",
    "2012-01-01",
    "2012-01-02",
  ]);
  const { user_preferences } = week();
  expect(workHours(calendar, user_preferences).map(iso)).toEqual([
    ["2011-12-28T19:00:00Z", "2011-12-29T03:00:00Z"],
    ["2011-12-29T19:00:00Z", "2011-12-30T03:00:00Z"],
    ["2012-01-01T19:00:00Z", "2012-01-02T03:00:00Z"],
  ]);
});

it("keeps hours on the clock when it changes", () => {
  const calendar = createCalendar("Europe/Paris", Date.parse("2024-03-30T00:00:00+01:00"), 2);
  const { user_preferences } = week();
  expect(personalHours(calendar, user_preferences).map(iso)).toEqual([
    ["2024-03-29T08:00:00Z", "2024-03-29T21:00:00Z"],
    ["2024-03-30T08:00:00Z", "2024-03-30T21:00:00Z"],
    ["2024-03-31T07:00:00Z", "2024-03-31T20:00:00Z"],
    ["2024-04-01T07:00:00Z", "2024-04-01T20:00:00Z"],
  ]);
});

function iso({ start, end }: { start: number; end: number }): string[] {
  return [start, end].map((time) => new Date(time).toISOString().replace(".000", ""));
}
