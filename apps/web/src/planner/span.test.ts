import { expect, it } from "vitest";
import { defaults } from "./defaults.ts";
import { spanOf } from "./span.ts";

const preferences = { ...defaults, timezone: "Europe/Berlin" };
const sunday = "2030-03-24";

it("covers the weeks of the planned days, the clock change included", () => {
  const span = spanOf({ planning_start: "2030-03-25T08:00", planning_horizon_days: 7, preferences }, sunday);
  expect(span).toMatchObject({ first: "2030-03-25", last: "2030-03-31", begin: "2030-03-25", weeks: ["2030-03-25"] });
  expect((span.window.end - span.window.start) / 3_600_000).toBe(7 * 24 - 1);
});

it("begins today where no day is said, and shows the next working day first", () => {
  const span = spanOf({ planning_start: null, planning_horizon_days: 7, preferences }, sunday);
  expect(span).toMatchObject({
    first: "2030-03-24",
    last: "2030-03-30",
    begin: "2030-03-25",
    weeks: ["2030-03-18", "2030-03-25"],
  });
});

it("never begins in the past", () => {
  expect(spanOf({ planning_start: "2029-01-01", planning_horizon_days: 1, preferences }, sunday)).toMatchObject({
    first: "2030-03-24",
    last: "2030-03-24",
    begin: "2030-03-24",
  });
});

it("knows the first day by the person's zone", () => {
  const auckland = { ...preferences, timezone: "Pacific/Auckland" };
  const span = spanOf(
    { planning_start: "2030-03-25T20:00:00Z", planning_horizon_days: 1, preferences: auckland },
    sunday,
  );
  expect(span.first).toBe("2030-03-26");
});
