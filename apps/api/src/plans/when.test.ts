import { describe, expect, it } from "vitest";
import { momentOf } from "./when.ts";

describe("a time on the wall", () => {
  it.each([
    ["2030-03-25T09:00", "Europe/Berlin", "2030-03-25T08:00:00.000Z", null],
    ["2030-07-01T09:00:30", "Europe/Berlin", "2030-07-01T07:00:30.000Z", null],
    ["2030-03-25T09:00", "Asia/Kathmandu", "2030-03-25T03:15:00.000Z", null],
    ["2030-03-25T09:00", "UTC", "2030-03-25T09:00:00.000Z", null],
    [
      "2030-03-31T02:30",
      "Europe/Berlin",
      "2030-03-31T01:30:00.000Z",
      "Clocks in Europe/Berlin skip 02:30 that day: it runs at 03:30",
    ],
    [
      "2030-10-27T02:30",
      "Europe/Berlin",
      "2030-10-27T00:30:00.000Z",
      "Clocks in Europe/Berlin show 02:30 twice that day: it runs at the first, at UTC+02:00",
    ],
    [
      "2030-10-06T02:15",
      "Australia/Lord_Howe",
      "2030-10-05T15:45:00.000Z",
      "Clocks in Australia/Lord_Howe skip 02:15 that day: it runs at 02:45",
    ],
  ])("%s in %s is %s", (local, zone, instant, note) => {
    const moment = momentOf(local, zone);
    expect(moment && new Date(moment.instant).toISOString()).toBe(instant);
    expect(moment?.note).toBe(note);
  });

  it.each([
    ["2030-02-30T09:00", "UTC"],
    ["2030-03-25T24:00", "UTC"],
    ["2030-03-25", "UTC"],
    ["2030-03-25T09:00Z", "UTC"],
    ["2030-03-25T09:00+01:00", "UTC"],
    ["tomorrow", "UTC"],
    ["2030-03-25T09:00", "Europe/Nowhere"],
    ["2030-03-25T09:00", "+01:00"],
    ["2030-03-25T09:00", ""],
  ])("%s in %j is no time", (local, zone) => {
    expect(momentOf(local, zone)).toBeUndefined();
  });
});
