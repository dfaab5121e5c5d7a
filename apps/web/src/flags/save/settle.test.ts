import { expect, it } from "vitest";
import { addRule, changeRule, newFlag } from "../draft/change.ts";
import { decided, settle } from "./settle.ts";

const from = addRule(newFlag("boolean", "words"), "beta");

it("brings changes of different fields together without a question", () => {
  const settled = settle(from, { ...from, owner: "me" }, { ...from, enabled: false, version: 7 });
  expect(settled.conflicts).toEqual([]);
  expect(decided(settled, [])).toEqual({ ...from, owner: "me", enabled: false, version: 7 });
});

it("asks where both changed the same field, and takes the side that is chosen", () => {
  const mine = changeRule({ ...from, owner: "me" }, 0, { serve: { variant: "off" } });
  const theirs = changeRule({ ...from, owner: "them" }, 0, { serve: { off: true } });
  const settled = settle(from, mine, theirs);
  expect(settled.conflicts.map(({ path }) => path)).toEqual([["rules", "beta", "serve"], ["owner"]]);
  expect(decided(settled, ["theirs", "theirs"])).toEqual(theirs);
  expect(decided(settled, ["mine", "mine"])).toEqual(mine);
  expect(decided(settled, ["mine", "theirs"])).toEqual({ ...mine, owner: "them" });
});

it("leaves to the person whether something that was removed comes back", () => {
  const settled = settle(from, { ...from, owner: "me" }, null);
  expect(settled.conflicts).toHaveLength(1);
  expect(decided(settled, ["theirs"])).toBe(null);
  expect(decided(settled, ["mine"])).toEqual({ ...from, owner: "me" });
});
