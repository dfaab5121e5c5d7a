import { type Flag, merge } from "@beq/flags";
import { expect, it } from "vitest";
import { addRule, changeRule, moveRule, newFlag } from "../draft/change.ts";
import { at, put } from "./place.ts";

const base = ["a", "b", "c"].reduce(addRule, newFlag("boolean", "before"));

it("finds rules, variants and weights by their names", () => {
  const split = { split: { weights: [{ variant: "on", weight: 3 }] } };
  const flag = changeRule(base, 1, { serve: split });
  expect(at(flag, ["rules", "b", "serve", "split", "weights", "on", "weight"])).toBe(3);
  expect(at(flag, ["variants", "off"])).toBe(false);
  expect(at(flag, ["rules", "missing", "serve"])).toBeUndefined();
  expect(at(flag, [])).toBe(flag);
});

it("puts a value where it finds it, and leaves the rest as it is", () => {
  const next = put(base, ["rules", "b", "serve"], { off: true });
  expect(next.rules.map(({ serve }) => serve)).toEqual([{ variant: "on" }, { off: true }, { variant: "on" }]);
  expect(next.rules[0]).toBe(base.rules[0]);
  expect(put(base, ["tags"], ["x"])).toEqual({ ...base, tags: ["x"] });
});

it("removes with undefined, adds what is new, and orders by names", () => {
  expect(names(put(base, ["rules", "b"], undefined))).toEqual(["a", "c"]);
  expect(names(put(base, ["rules", "d"], { ...base.rules[0], id: "d" }))).toEqual(["a", "b", "c", "d"]);
  expect(names(put(base, ["rules"], ["c", "a", "b"]))).toEqual(["c", "a", "b"]);
  expect(put(base, ["variants", "off"], undefined).variants).toEqual({ on: true });
});

it("settles each conflict of a merge for either side", () => {
  const mine = moveRule(changeRule({ ...base, description: "mine" }, 0, { serve: { off: true } }), 2, 0);
  const theirs = moveRule({ ...base, description: "theirs", owner: "them" }, 1, 0);
  const { merged, conflicts } = merge<Flag>(base, mine, theirs);
  expect(conflicts.map(({ path }) => path.join("."))).toEqual(["description", "rules"]);

  const settled = conflicts.reduce((flag, { path, mine: own }) => put(flag, path, own), merged);
  expect(settled).toEqual({ ...mine, owner: "them" });
});

function names(flag: Flag): string[] {
  return flag.rules.map(({ id }) => id);
}
