import { expect, it } from "vitest";
import { isAlike } from "./alike.ts";

const planned = { reason: "in time" };

it.each([
  ["the same parts, in another order", { id: "a", planned }, { planned, id: "a" }, true],
  ["another value", { id: "a", start: 1 }, { id: "a", start: 2 }, false],
  ["an object that only looks the same", { planned }, { planned: { ...planned } }, false],
  ["a part more", { id: "a" }, { id: "a", free: true }, false],
  ["a part less", { id: "a", free: true }, { id: "a" }, false],
  ["another part instead", { id: "a", free: undefined }, { id: "a", task: undefined }, false],
  ["no number at both", { p: Number.NaN }, { p: Number.NaN }, true],
])("knows two with %s", (_, one, other, is) => expect(isAlike(one, other)).toBe(is));
