import { type Flag, parseFlagSet } from "@beq/flags";
import { expect, it } from "vitest";
import {
  addRule,
  changeRule,
  dropRule,
  dropVariant,
  freeRuleId,
  moveRule,
  newFlag,
  renameVariant,
  serves,
  splitOf,
} from "./change.ts";

it.each(["boolean", "string", "number", "json"] as const)("starts a %s flag that could be saved as it is", (type) => {
  expect(parseFlagSet({ version: 1, flags: { fresh: newFlag(type, "") } }).ok).toBe(true);
});

it("moves a rule and leaves the others in their order", () => {
  const flag = withRules("a", "b", "c");
  expect(ids(moveRule(flag, 2, 0))).toEqual(["c", "a", "b"]);
  expect(ids(moveRule(flag, 0, 1))).toEqual(["b", "a", "c"]);
  expect(moveRule(flag, 0, -1)).toBe(flag);
  expect(moveRule(flag, 2, 3)).toBe(flag);
});

it("gives a rule a name that is free", () => {
  const flag = withRules("rule-2", "rule-3");
  expect(freeRuleId(flag)).toBe("rule-4");
  expect(ids(dropRule(addRule(flag, "rule-1"), 0))).toEqual(["rule-3", "rule-1"]);
});

it("renames a variant wherever it is served", () => {
  const split = { split: { weights: [{ variant: "on", weight: 1 }] } };
  const flag = changeRule({ ...withRules("a", "b"), otherwise: { variant: "on" } }, 0, { serve: split });
  const renamed = renameVariant(flag, "on", "yes");
  expect(parseFlagSet({ version: 1, flags: { renamed } }).ok).toBe(true);
  expect(serves(renamed, "on")).toBe(false);
  expect(Object.entries(renamed.variants)).toEqual([
    ["yes", true],
    ["off", false],
  ]);
  expect(renameVariant(flag, "on", "off")).toBe(flag);
});

it("removes a variant that nothing serves", () => {
  const flag = { ...newFlag("boolean", ""), variants: { on: true, off: false, spare: true } };
  expect(serves(flag, "spare")).toBe(false);
  expect(dropVariant(flag, "spare")).toEqual(newFlag("boolean", ""));
});

it("begins a split with what was served, the rolled out variant first", () => {
  expect(splitOf(newFlag("boolean", ""), { variant: "off" })).toEqual({
    split: {
      weights: [
        { variant: "on", weight: 0 },
        { variant: "off", weight: 100 },
      ],
    },
  });
});

function withRules(...names: string[]): Flag {
  const flag = names.reduce(addRule, newFlag("boolean", "A switch"));
  return { ...flag, rules: flag.rules.map((rule) => ({ ...rule, when: { all: [] } })) };
}

function ids(flag: Flag): string[] {
  return flag.rules.map(({ id }) => id);
}
