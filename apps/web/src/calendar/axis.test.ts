import * as fc from "fast-check";
import { expect, it } from "vitest";
import { axisOf, dateIn, daysFrom, hourMarks, missing, mondayOf, positionOf } from "./axis.ts";

const seed = 20300331;

it.each([
  ["Europe/Berlin", "2030-03-31", 23, [{ from: 120, to: 180 }]],
  ["Europe/Berlin", "2030-03-30", 24, []],
  ["Europe/Berlin", "2030-10-27", 25, []],
  ["Africa/Cairo", "2030-04-26", 23, [{ from: 0, to: 60 }]],
  ["Australia/Lord_Howe", "2030-10-06", 23.5, [{ from: 120, to: 150 }]],
  ["Pacific/Apia", "2011-12-30", 0, [{ from: 0, to: 1_440 }]],
])("%s has %s with %d hours", (zone, date, hours, gaps) => {
  const days = daysFrom(date, 1, zone);
  const [day] = days;
  expect(day && (day.end - day.start) / 3_600_000).toBe(hours);
  expect(day && missing(day, axisOf(days))).toEqual(gaps);
});

it("shows the repeated hour twice on its day and leaves it empty on the others", () => {
  const days = daysFrom("2030-10-26", 2, "Europe/Berlin");
  const axis = axisOf(days);
  const [saturday, sunday] = days;
  if (!saturday || !sunday) throw new Error("two days expected");

  expect(axis).toEqual({ minutes: 1_500, fold: { wall: 180, minutes: 60 } });
  expect(missing(saturday, axis)).toEqual([{ from: 180, to: 240 }]);
  expect(positionOf(sunday, axis, Date.parse("2030-10-27T02:30:00+02:00"), "start")).toBe(150);
  expect(positionOf(sunday, axis, Date.parse("2030-10-27T02:30:00+01:00"), "start")).toBe(210);
  expect(positionOf(sunday, axis, Date.parse("2030-10-27T09:00:00+01:00"), "start")).toBe(600);
  expect(positionOf(saturday, axis, Date.parse("2030-10-26T09:00:00+02:00"), "start")).toBe(600);
  expect(positionOf(saturday, axis, Date.parse("2030-10-26T03:00:00+02:00"), "end")).toBe(180);
  expect(hourMarks(axis).slice(1, 5)).toEqual([
    { hour: 1, at: 60, again: false },
    { hour: 2, at: 120, again: false },
    { hour: 2, at: 180, again: true },
    { hour: 3, at: 240, again: false },
  ]);
});

it(`keeps the order of instants within a day in every zone (seed ${seed})`, () => {
  const zones = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Pacific/Apia",
    "Asia/Kolkata",
  ];
  const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2031, 0, 1) });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      moment,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (zone, instant, a, b) => {
        const [day] = daysFrom(dateIn(zone, instant), 1, zone);
        if (!day) throw new Error("one day expected");
        const axis = axisOf([day]);
        const at = (share: number) => Math.floor(day.start + share * (day.end - day.start));
        const [first, second] = [Math.min(a, b), Math.max(a, b)].map(at);
        const from = positionOf(day, axis, first ?? 0, "start");
        const to = positionOf(day, axis, second ?? 0, "end");
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(axis.minutes);
        // A gap stretches the scale, nothing shrinks it.
        expect(to - from).toBeGreaterThanOrEqual(Math.min(0, (second ?? 0) - (first ?? 0)) / 60_000 - 1e-6);
        const covered = missing(day, axis).reduce((sum, gap) => sum + gap.to - gap.from, 0);
        expect(axis.minutes - covered).toBeCloseTo((day.end - day.start) / 60_000);
      },
    ),
    { seed },
  );
});

it.each([
  ["2030-03-25", "2030-03-25"],
  ["2030-03-31", "2030-03-25"],
  ["2030-01-01", "2029-12-31"],
])("the week of %s begins on %s", (date, monday) => expect(mondayOf(date)).toBe(monday));
