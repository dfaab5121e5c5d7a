import { expect, it } from "vitest";
import { readIcs } from "./ics.ts";

const berlin = "Europe/Berlin";

/** 2030-03-25 (Mon) to 2030-04-01 in Berlin; the clock goes forward on Sunday the 31st. */
const week = { start: Date.parse("2030-03-24T23:00:00Z"), end: Date.parse("2030-03-31T22:00:00Z"), zone: berlin };

it("expands a daily meeting over the clock change at the same wall time", () => {
  const { events } = readIcs(
    calendar(event("a", "Standup", "DTSTART;TZID=Europe/Berlin:20260105T091500", "DURATION:PT15M", "RRULE:FREQ=DAILY")),
    week,
  );
  expect(events.map(({ start_time }) => start_time)).toEqual([
    "2030-03-25T09:15:00+01:00",
    "2030-03-26T09:15:00+01:00",
    "2030-03-27T09:15:00+01:00",
    "2030-03-28T09:15:00+01:00",
    "2030-03-29T09:15:00+01:00",
    "2030-03-30T09:15:00+01:00",
    "2030-03-31T09:15:00+02:00",
  ]);
});

it("reads a meeting of another zone at its own wall time", () => {
  const { events } = readIcs(
    calendar(
      event(
        "b",
        "New York",
        "DTSTART;TZID=America/New_York:20260106T100000",
        "DTEND;TZID=America/New_York:20260106T110000",
        "RRULE:FREQ=WEEKLY",
      ),
    ),
    week,
  );
  // New York changed its clock on 10 March already, Berlin has not yet: five hours apart instead of six.
  expect(events).toMatchObject([{ start_time: "2030-03-26T15:00:00+01:00", end_time: "2030-03-26T16:00:00+01:00" }]);
});

it("reads a zone that only the file knows by the rules in the file", () => {
  const { events } = readIcs(
    calendar(zoneRules, event("c", "Outlook", "DTSTART;TZID=W. Europe Standard Time:20300327T100000", "DURATION:PT1H")),
    week,
  );
  expect(events).toMatchObject([{ start_time: "2030-03-27T10:00:00+01:00" }]);
});

it("reads a floating time in the person's zone and a UTC time as UTC", () => {
  const { events } = readIcs(
    calendar(
      event("d", "Floating", "DTSTART:20300327T100000", "DURATION:PT1H"),
      event("e", "UTC", "DTSTART:20300327T100000Z", "DURATION:PT1H"),
    ),
    week,
  );
  expect(events.map(({ start_time }) => start_time)).toEqual([
    "2030-03-27T10:00:00+01:00",
    "2030-03-27T11:00:00+01:00",
  ]);
});

it("leaves out excluded occurrences and moves replaced ones", () => {
  const series = event(
    "f",
    "Planning",
    "DTSTART;TZID=Europe/Berlin:20300304T140000",
    "DURATION:PT1H",
    "RRULE:FREQ=DAILY",
    "EXDATE;TZID=Europe/Berlin:20300326T140000",
  );
  const moved = event(
    "f",
    "Planning, moved",
    "RECURRENCE-ID;TZID=Europe/Berlin:20300327T140000",
    "DTSTART;TZID=Europe/Berlin:20300327T160000",
    "DURATION:PT30M",
  );
  const cancelled = event(
    "f",
    "Planning",
    "RECURRENCE-ID;TZID=Europe/Berlin:20300328T140000",
    "DTSTART;TZID=Europe/Berlin:20300328T140000",
    "DURATION:PT1H",
    "STATUS:CANCELLED",
  );
  const { events, skipped } = readIcs(calendar(series, moved, cancelled), week);
  expect(events.map(({ title, start_time }) => `${title} ${start_time.slice(5, 16)}`)).toEqual([
    "Planning 03-25T14:00",
    "Planning, moved 03-27T16:00",
    "Planning 03-29T14:00",
    "Planning 03-30T14:00",
    "Planning 03-31T14:00",
  ]);
  expect(skipped).toEqual([{ title: "Planning", reason: "it is cancelled", count: 1 }]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(5);
});

it.each([
  ["is free without a word", [], false],
  ["is free when transparent", ["TRANSP:TRANSPARENT"], false],
  ["is busy when opaque", ["TRANSP:OPAQUE"], true],
  ["is busy when Outlook says out of office", ["X-MICROSOFT-CDO-BUSYSTATUS:OOF"], true],
])("an all-day event %s", (_, lines, busy) => {
  const { events } = readIcs(calendar(event("g", "Day", "DTSTART;VALUE=DATE:20300331", ...lines)), week);
  // The day of the clock change has 23 hours.
  expect(events).toMatchObject([
    { all_day: true, busy, start_time: "2030-03-31T00:00:00+01:00", end_time: "2030-04-01T00:00:00+02:00" },
  ]);
});

it("names what it skips and why", () => {
  const { events, skipped } = readIcs(
    calendar(
      event("h", "Backwards", "DTSTART:20300327T100000Z", "DTEND:20300327T090000Z"),
      event("i", "Reminder", "DTSTART:20300327T100000Z", "DTEND:20300327T100000Z"),
      event("j", "Nowhere"),
      event("k", "Fine", "DTSTART:20300327T100000Z", "DTEND:20300327T103000Z"),
    ),
    week,
  );
  expect(events.map(({ title }) => title)).toEqual(["Fine"]);
  expect(skipped.map(({ title, reason }) => `${title}: ${reason}`)).toEqual([
    "Backwards: it ends before it starts",
    "Reminder: it takes no time",
    "Nowhere: it has no start",
  ]);
});

it("stops a rule that never ends", () => {
  const { skipped } = readIcs(
    calendar(event("l", "Tick", "DTSTART:20300301T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")),
    week,
  );
  expect(skipped).toEqual([{ title: "Tick", reason: "it recurs more than 20,000 times", count: 1 }]);
});

it.each(["", "hello", "BEGIN:VCARD\r\nEND:VCARD", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT", '{"tasks":[]}'])(
  "says that %j is no calendar",
  (text) => {
    const { events, problem } = readIcs(text, week);
    expect(events).toEqual([]);
    expect(problem).toMatch(/^This is not a calendar/);
  },
);

const zoneRules = [
  "BEGIN:VTIMEZONE",
  "TZID:W. Europe Standard Time",
  "BEGIN:STANDARD",
  "DTSTART:16010101T030000",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
  "END:STANDARD",
  "BEGIN:DAYLIGHT",
  "DTSTART:16010101T020000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
  "END:DAYLIGHT",
  "END:VTIMEZONE",
].join("\r\n");

function event(uid: string, title: string, ...lines: string[]): string {
  return ["BEGIN:VEVENT", `UID:${uid}`, `SUMMARY:${title}`, ...lines, "END:VEVENT"].join("\r\n");
}

function calendar(...parts: string[]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", ...parts, "END:VCALENDAR", ""].join("\r\n");
}
