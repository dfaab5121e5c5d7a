import { expect, it } from "vitest";
import { chance, createWords, duration, sentence } from "./words.ts";

it.each([
  [5, "5m"],
  [60, "1h"],
  [90, "1h 30m"],
  [1_440, "24h"],
])("writes %d minutes as %s", (minutes, text) => expect(duration(minutes)).toBe(text));

it.each([
  [1, "over 99 %"],
  [0.9999, "over 99 %"],
  [0.949, "94 %"],
  [0.29, "29 %"],
  [0.004, "under 1 %"],
  [0, "under 1 %"],
])("never rounds %d up: %s", (probability, text) => expect(chance(probability)).toBe(text));

it.each([
  ["Mon 25 Mar 11:00 in your energy peak", "In your energy peak."],
  ["Tue 3 Sept 09:00, at your lunch time", "At your lunch time."],
  ["You put it here.", "You put it here."],
])("takes the time out of %j", (reason, text) => expect(sentence(reason)).toBe(text));

it("writes times in the zone, over the clock change too", () => {
  const words = createWords("Europe/Berlin");
  const start = Date.parse("2030-03-31T00:30:00Z");
  expect(words.short(start)).toBe("Sun 31, 01:30");
  expect(words.range(start, start + 3_600_000)).toBe("Sun 31 Mar, 01:30–03:30");
  expect(words.range(start, start + 24 * 3_600_000)).toBe("Sun 31 Mar, 01:30–Mon 1 Apr, 02:30");
});
