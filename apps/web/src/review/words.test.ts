import { expect, it } from "vitest";
import { dueWords, lateWords, stateBadge } from "./words.ts";

it("tells a planned time as it was asked for, with its zone", () => {
  expect(dueWords("2030-03-25T09:00", "Europe/Berlin")).toMatch(/^Monday,? 25 March 2030 at 09:00 in Europe\/Berlin$/);
});

it.each([
  [90, "2 min late"],
  [7_200, "2 h late"],
  [200_000, "2 days late"],
])("says that %i s are %s", (seconds, words) => expect(lateWords(seconds)).toBe(words));

it("tells what waits for its hour from what waits for a person", () => {
  expect(stateBadge({ kind: "schedule", state: "open" }).word).toBe("Scheduled");
  expect(stateBadge({ kind: "request", state: "open" }).word).toBe("Waiting");
  expect(stateBadge({ kind: "schedule", state: "failed" }).word).toBe("Failed");
});
