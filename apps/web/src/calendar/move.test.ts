import * as fc from "fast-check";
import { expect, it } from "vitest";
import { axisOf, dateIn, type Day, daysFrom, instantAt, missing, positionOf } from "./axis.ts";
import { growBy, placeAt, sharing, shiftBy, shiftDay, stretchTo } from "./move.ts";

const seed = 20301027;
const hour = 3_600_000;
const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "America/Santiago",
  "Asia/Kolkata",
  "Africa/Casablanca",
];

it("lets go on the nearest line of the grid", () => {
  const { day, axis } = one("2030-03-25", "Europe/Berlin");
  expect(clock(placeAt(day, axis, 9 * 60 + 7, hour, 15))).toBe("09:00–10:00");
  expect(clock(placeAt(day, axis, 9 * 60 + 8, hour, 15))).toBe("09:15–10:15");
  expect(clock(placeAt(day, axis, 9 * 60 + 8, hour, 5))).toBe("09:10–10:10");
});

it("keeps a block inside the day", () => {
  const { day, axis } = one("2030-03-25", "Europe/Berlin");
  expect(clock(placeAt(day, axis, 23 * 60 + 50, hour, 15))).toBe("23:00–00:00");
  expect(clock(placeAt(day, axis, -40, hour, 15))).toBe("00:00–01:00");
});

it("skips the hour that the clock skips, and keeps the length across it", () => {
  const { day, axis } = one("2030-03-31", "Europe/Berlin");
  expect(clock(placeAt(day, axis, 2 * 60 + 30, hour, 15))).toBe("03:00–04:00");
  expect(clock(placeAt(day, axis, 90, hour, 15))).toBe("01:30–03:30");
});

it("tells the repeated hour from the first one", () => {
  const { day, axis } = one("2030-10-27", "Europe/Berlin");
  expect(placeAt(day, axis, 150, hour, 15)?.start).toBe(Date.parse("2030-10-27T02:30:00+02:00"));
  expect(placeAt(day, axis, 210, hour, 15)?.start).toBe(Date.parse("2030-10-27T02:30:00+01:00"));
});

it("has no place on a day that does not exist", () => {
  const { day, axis } = one("2011-12-30", "Pacific/Apia");
  expect(placeAt(day, axis, 600, hour, 15)).toBeUndefined();
});

it("stretches and shrinks at the lower edge, down to one step", () => {
  const { day, axis } = one("2030-03-25", "Europe/Berlin");
  const stay = placeAt(day, axis, 600, hour, 15);
  if (!stay) throw new Error("a place expected");
  expect(clock(stretchTo(day, axis, 700, stay, 15))).toBe("10:00–11:45");
  expect(clock(stretchTo(day, axis, 300, stay, 15))).toBe("10:00–10:15");
  expect(clock(stretchTo(day, axis, 2_000, stay, 15))).toBe("10:00–00:00");
});

it("moves by whole lines also from between two of them", () => {
  const { day, axis } = one("2030-03-25", "Europe/Berlin");
  const stay = { start: day.start + 9 * hour + 20 * 60_000, end: day.start + 10 * hour };
  expect(clock(shiftBy(day, axis, stay, 1, 15))).toBe("09:30–10:10");
  expect(clock(shiftBy(day, axis, stay, -1, 15))).toBe("09:15–09:55");
});

it("grows and shrinks by whole lines also from between two of them, never to nothing", () => {
  const { day, axis } = one("2030-03-25", "Europe/Berlin");
  const stay = { start: day.start + 9 * hour, end: day.start + 9 * hour + 50 * 60_000 };
  expect(clock(growBy(day, axis, stay, 1, 15))).toBe("09:00–10:00");
  expect(clock(growBy(day, axis, stay, -1, 15))).toBe("09:00–09:45");
  expect(clock(growBy(day, axis, stay, -9, 15))).toBe("09:00–09:15");
});

it("moves to the same time of the clock on the next day, also into a day of 23 hours", () => {
  const days = daysFrom("2030-03-30", 2, "Europe/Berlin");
  const [saturday, sunday] = days;
  if (!saturday || !sunday) throw new Error("two days expected");
  const at = (clockHour: number) => ({
    start: saturday.start + clockHour * hour,
    end: saturday.start + (clockHour + 1) * hour,
  });
  expect(clock(shiftDay(saturday, sunday, axisOf(days), at(9)))).toBe("09:00–10:00");
  expect(clock(shiftDay(saturday, sunday, axisOf(days), at(2)))).toBe("03:00–04:00");
});

it("names what shares the time, not what only touches it", () => {
  const span = (start: number, end: number) => ({ start, end });
  expect(sharing(span(10, 20), [span(0, 10), span(5, 11), span(12, 13), span(20, 30)])).toEqual([
    span(5, 11),
    span(12, 13),
  ]);
});

it(`lands on the grid, inside the day, with its length, in every zone (seed ${seed})`, () => {
  const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2031, 0, 1) });
  const quarters = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      moment,
      fc.integer({ min: -100, max: 1_700 }),
      quarters,
      fc.constantFrom(5, 15),
      (zone, instant, at, length, step) => {
        const { day, axis } = one(dateIn(zone, instant), zone);
        const stay = placeAt(day, axis, at, length * 900_000, step);
        if (!stay) throw new Error("a place expected");
        expect(stay.end - stay.start).toBe(length * 900_000);
        expect(stay.start).toBeGreaterThanOrEqual(day.start);
        expect(stay.end).toBeLessThanOrEqual(day.end);
        expect(positionOf(day, axis, stay.start, "start") % step).toBe(0);
        expect(stretchTo(day, axis, at, stay, step).end).toBeGreaterThanOrEqual(stay.start + step * 60_000);
      },
    ),
    { seed },
  );
});

it(`finds the instant of every position, in every zone (seed ${seed})`, () => {
  const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2031, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), moment, fc.integer({ min: 0, max: 95 }), (zone, instant, quarter) => {
      const { day, axis } = one(dateIn(zone, instant), zone);
      const at = Math.min(day.start + quarter * 900_000, day.end - 1);
      expect(instantAt(day, axis, positionOf(day, axis, at, "start"))).toBe(at);
      for (const { from, to } of missing(day, axis)) {
        const next = instantAt(day, axis, from);
        expect(instantAt(day, axis, (from + to) / 2)).toBe(next);
      }
    }),
    { seed },
  );
});

function one(date: string, zone: string) {
  const days = daysFrom(date, 1, zone);
  const [day] = days;
  if (!day) throw new Error("one day expected");
  return { day: day satisfies Day, axis: axisOf(days) };
}

function clock(stay: { start: number; end: number } | undefined): string {
  const text = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" });
  return stay ? `${text.format(stay.start)}–${text.format(stay.end)}` : "nowhere";
}
