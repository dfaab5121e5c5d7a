import { assert, constantFrom, integer, pre, property, stringMatching } from "fast-check";
import { describe, expect, it } from "vitest";
import { clockRange, instantOf, isClock, isDateTime, isoIn, isZone, minuteOfDay } from "./time.ts";

describe("isDateTime", () => {
  it.each([
    "2030-03-25",
    "2030-03-25T09:00",
    "2030-03-25T09:00:30",
    "2030-03-25 09:00:30",
    "2030-03-25T09:00:30.123456Z",
    "2030-03-25t09:00:30z",
    "2030-03-25T09:00+01:00",
    "2030-03-25T09:00-0330",
    "2028-02-29",
  ])("takes %s", (text) => {
    expect(isDateTime(text)).toBe(true);
    expect(Number.isFinite(instantOf(text, "Europe/Berlin"))).toBe(true);
  });

  it.each([
    "",
    "nope",
    "2030-13-01",
    "2030-02-29",
    "2030-04-31",
    "2030-03-25T24:00",
    "2030-03-25T09:60",
    "2030-03-25T09:00:60",
    "2030-03-25T09:00+24:00",
    "25.03.2030",
    "1900000000",
    "2030-03-25T9:00",
    " 2030-03-25",
  ])("refuses %j", (text) => expect(isDateTime(text)).toBe(false));

  it("takes nothing that could not be read (seed 7)", () => {
    const digits = stringMatching(
      /^\d{4}-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-6]\d(?::[0-6]\d(?:[.,]\d{1,9})?)?(?:[Zz]|[+-][0-2]\d:?[0-6]\d)?)?$/,
    );
    assert(
      property(digits, (text) => {
        pre(isDateTime(text));
        expect(Number.isFinite(instantOf(text, "America/New_York"))).toBe(true);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe("instantOf", () => {
  it.each([
    ["2030-03-25T09:00", "Europe/Berlin", "2030-03-25T08:00:00Z"],
    ["2030-07-01T09:00", "Europe/Berlin", "2030-07-01T07:00:00Z"],
    ["2030-03-25", "America/New_York", "2030-03-25T04:00:00Z"],
    ["2030-03-25T09:00Z", "Europe/Berlin", "2030-03-25T09:00:00Z"],
    ["2030-03-25T09:00-0330", "Europe/Berlin", "2030-03-25T12:30:00Z"],
    ["2030-03-25t09:00+23:59", "Europe/Berlin", "2030-03-24T09:01:00Z"],
    ["0001-01-01 00:00:00.5z", "Europe/Berlin", "0001-01-01T00:00:00Z"],
    ["2030-03-25 09:00:30,5", "UTC", "2030-03-25T09:00:30Z"],
    ["2030-03-25T09:00:30.999Z", "UTC", "2030-03-25T09:00:30Z"],
  ])("reads %s in %s as %s", (text, zone, instant) => expect(instantOf(text, zone)).toBe(Date.parse(instant)));

  it("moves a time that the change to summer time skips forward", () => {
    expect(instantOf("2030-03-31T02:30", "Europe/Berlin")).toBe(Date.parse("2030-03-31T01:30:00Z"));
  });

  it("takes the first of two equal times on the wall", () => {
    expect(instantOf("2030-10-27T02:30", "Europe/Berlin")).toBe(Date.parse("2030-10-27T00:30:00Z"));
  });
});

describe("isoIn", () => {
  it("tells whole seconds with the offset of that day", () => {
    expect(isoIn("Europe/Berlin", Date.parse("2030-03-31T00:59:59.900Z"))).toBe("2030-03-31T01:59:59+01:00");
    expect(isoIn("Europe/Berlin", Date.parse("2030-03-31T01:00:00Z"))).toBe("2030-03-31T03:00:00+02:00");
    expect(isoIn("UTC", Date.parse("2030-03-31T01:00:00Z"))).toBe("2030-03-31T01:00:00+00:00");
  });

  it.each([2025, 1900])(
    "gives back the instant that was read, in every zone and season from %i on (seed 11)",
    (year) => {
      const zones = [
        "Europe/Amsterdam",
        "Australia/Lord_Howe",
        "Africa/Monrovia",
        "America/Santiago",
        "Asia/Kathmandu",
      ];
      const seconds = integer({ min: Date.UTC(year, 0) / 1000, max: Date.UTC(year + 10, 0) / 1000 });
      assert(
        property(constantFrom(...zones), seconds, (zone, second) => {
          expect(instantOf(isoIn(zone, second * 1000), "UTC")).toBe(second * 1000);
        }),
        { seed: 11, numRuns: 300 },
      );
    },
  );
});

describe("isZone", () => {
  it.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "europe/berlin"])("knows %s", (name) =>
    expect(isZone(name)).toBe(true),
  );
  it.each(["", "Mars/Base", "+01:00", "Europe/", "../etc/passwd", "Berlin"])("does not know %j", (name) =>
    expect(isZone(name)).toBe(false),
  );
});

describe("clock times", () => {
  it.each([
    ["00:00", 0],
    ["09:30", 570],
    ["23:59", 1_439],
    ["09:30:00", 570],
  ])("reads %s as minute %i", (text, minute) => {
    expect(isClock(text)).toBe(true);
    expect(minuteOfDay(text)).toBe(minute);
  });

  it.each(["24:00", "9:30", "09:60", "noon", ""])("refuses %j", (text) => expect(isClock(text)).toBe(false));

  it.each([
    ["09:00-11:00", { from: 540, to: 660 }],
    ["22:00 - 02:00", { from: 1_320, to: 120 }],
    ["09:00", undefined],
    ["09:00-11:00-12:00", undefined],
    ["09:00-25:00", undefined],
  ])("reads the range %s", (text, range) => expect(clockRange(text)).toEqual(range));
});
