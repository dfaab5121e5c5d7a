import { expect, it } from "vitest";
import { momentWords, relativeWords } from "./when.tsx";

it.each([
  [-20_000, "just now"],
  [-90_000, "1 minute ago"],
  [-3_600_000, "1 hour ago"],
  [86_400_000, "tomorrow"],
  [-86_400_000 * 45, "1 month ago"],
])("says %i ms as %s", (milliseconds, words) => expect(relativeWords(milliseconds)).toBe(words));

it("names the zone that a moment is told in", () => {
  expect(momentWords("2030-03-25T08:00:00Z", "Europe/Berlin")).toBe("25 Mar 2030, 09:00 (Europe/Berlin)");
});
