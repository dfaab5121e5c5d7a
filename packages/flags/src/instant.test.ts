import { expect, it } from "vitest";
import { instant } from "./instant.ts";

it.each([
  ["2026-03-01", Date.UTC(2026, 2, 1)],
  ["2026-03-01T09:30", Date.UTC(2026, 2, 1, 9, 30)],
  ["2026-03-01T09:30:15.250Z", Date.UTC(2026, 2, 1, 9, 30, 15, 250)],
  ["2026-03-01T09:30:00+02:00", Date.UTC(2026, 2, 1, 7, 30)],
  [new Date(5), 5],
  [7, 7],
])("reads %s as a moment, in UTC unless it says otherwise", (value, milliseconds) => {
  expect(instant(value)).toBe(milliseconds);
});

it.each(["", "now", "2026", "03/01/2026", "2026-03-01 09:30", "2026-13-01", null, undefined, {}, [], true])(
  "finds no moment in %j",
  (value) => expect(instant(value)).toBeNaN(),
);
