import { expect, it } from "vitest";
import { chance, createWords, duration, isOfTray, sentence, withoutBlockers } from "./words.ts";

it.each([
  [0, "0 min"],
  [5, "5 min"],
  [60, "1 h"],
  [90, "1 h 30 min"],
  [1_440, "24 h"],
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
  ["It had no place yet: Mon 25 Mar 09:00 in your energy peak.", "In your energy peak."],
  ["You put it here.", "You put it here."],
])("takes the time out of %j", (reason, text) => expect(sentence(reason)).toBe(text));

it.each([
  ["at the best time; 'A' and 2 more are in the way of Mon 25 Mar 09:00", "at the best time"],
  ["after 'Buy; then sell', in time; lunch is in the way of Mon 25 Mar 12:00", "after 'Buy; then sell', in time"],
  ["after 'What is in the way of it'", "after 'What is in the way of it'"],
])("leaves out of %j what the list below it says", (reason, text) => expect(withoutBlockers(reason)).toBe(text));

it.each([
  ["'Report' has no place. It needs 4 h, but no time is free.", true],
  ["2 more tasks without a place.", true],
  ["1 more task without a place.", true],
  ["'Report' finishes 2 h after its deadline.", false],
  ["No lunch on Wed 27 Mar: events leave no room for it.", false],
])("knows whether the tray says it: %s", (warning, is) => expect(isOfTray(warning)).toBe(is));

it("writes times in the zone, over the clock change too", () => {
  const words = createWords("Europe/Berlin");
  const start = Date.parse("2030-03-31T00:30:00Z");
  expect(words.short(start)).toBe("Sun 31, 01:30");
  expect(words.range(start, start + 3_600_000)).toBe("Sun 31 Mar, 01:30–03:30");
  expect(words.range(start, start + 24 * 3_600_000)).toBe("Sun 31 Mar, 01:30–Mon 1 Apr, 02:30");
});
