import { expect, it } from "vitest";
import { sameWhereEqual } from "./same.ts";

const planned = { reason: "in time" };
const report = { id: "report", start: 1, planned };
const call = { id: "call", start: 2, planned: null };

it("keeps what is as it was, whatever its place in the list, and takes what changed, came or was put in anew", () => {
  const moved = { ...call, start: 3 };
  const slides = { id: "slides", start: 4, planned: null };
  const kept = sameWhereEqual([report, call], [slides, moved, { ...report }]);
  expect(kept).toEqual([slides, moved, report]);
  expect(kept.map((one, index) => one === [slides, moved, report][index])).toEqual([true, true, true]);
});

it("takes what points at something else, however alike", () => {
  const other = { ...report, planned: { ...planned } };
  expect(sameWhereEqual([report], [other])[0]).toBe(other);
});

it("takes what has a part more or less", () => {
  const more = { ...call, free: true };
  expect(sameWhereEqual<{ id: string }>([call], [more])[0]).toBe(more);
  expect(sameWhereEqual<{ id: string }>([more], [{ ...call }])[0]).toEqual(call);
});
