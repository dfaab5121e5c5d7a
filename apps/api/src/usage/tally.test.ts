import { expect, it } from "vitest";
import { createTally } from "./tally.ts";

it("gives every reader every count, once", () => {
  const counted = [[{ key: "a", variant: "on", count: 2 }], [{ key: "a", variant: "on", count: 3 }], []];
  const tally = createTally(() => counted.shift() ?? []);
  const [one, other] = [tally.reader(), tally.reader()];
  expect(one()).toEqual([{ key: "a", variant: "on", count: 2 }]);
  expect(one()).toEqual([{ key: "a", variant: "on", count: 3 }]);
  expect(other()).toEqual([{ key: "a", variant: "on", count: 5 }]);
  expect([one(), other()]).toEqual([[], []]);
});

it("tells variants apart, none among them, and adds what was counted elsewhere", () => {
  const tally = createTally(() => []);
  const read = tally.reader();
  tally.add([
    { key: "a", variant: "on", count: 1 },
    { key: "a", variant: undefined, count: 1 },
    { key: "a", variant: "on", count: 1 },
  ]);
  expect(read()).toEqual([
    { key: "a", variant: "on", count: 2 },
    { key: "a", variant: undefined, count: 1 },
  ]);
});
