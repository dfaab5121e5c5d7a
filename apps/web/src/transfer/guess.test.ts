import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type Format, guessFormat, readDocument } from "./guess.ts";

const foreign: Format[] = ["flagd", "unleash", "growthbook", "launchdarkly", "flagsmith"];

it.each(foreign)("recognises an export of %s", (format) => {
  const fixture = new URL(`../../../../packages/flags/fixtures/${format}.json`, import.meta.url);
  expect(guessFormat(JSON.parse(readFileSync(fixture, "utf8")))).toBe(format);
});

it("recognises a flag set of its own, an empty one too", () => {
  expect(guessFormat({ version: 3, flags: { a: { otherwise: { variant: "on" } } }, segments: {} })).toBe("beq");
  expect(guessFormat({ version: 0, flags: {}, segments: {} })).toBe("beq");
});

it.each([[null], [[]], ["flags"], [{}], [{ flags: [] }], [{ flags: { a: 1 } }]])("guesses nothing of %j", (document) =>
  expect(guessFormat(document)).toBe(null),
);

it("says what is wrong with a text that is no document", () => {
  expect(readDocument(" ")).toEqual({ ok: false, problem: "There is nothing in it." });
  expect(readDocument("{")).toMatchObject({ ok: false, problem: expect.stringContaining("no JSON") });
  expect(readDocument("{}")).toEqual({ ok: true, document: {} });
});
