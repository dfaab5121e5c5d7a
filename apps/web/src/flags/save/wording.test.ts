import { differences } from "@beq/flags";
import { expect, it } from "vitest";
import { addRule, changeRule, moveRule, newFlag } from "../draft/change.ts";
import { lineOf, partInWords } from "./wording.ts";

const base = addRule(addRule(newFlag("boolean", "Old words"), "beta"), "staff");

it.each([
  ["the switch", { ...base, enabled: false }, "Switch", "on", "off"],
  ["a text", { ...base, description: "New words" }, "Description", "“Old words”", "“New words”"],
  ["tags", { ...base, tags: ["shop", "look"] }, "Tags", null, "shop, look"],
  ["what a rule serves", changeRule(base, 0, { serve: { variant: "off" } }), "Rule “beta” · serves", "“on”", "“off”"],
  ["the order of rules", moveRule(base, 1, 0), "Rule “beta”", "place 1", "place 2"],
  ["a variant", { ...base, variants: { ...base.variants, half: true } }, "Variant “half”", null, "true"],
  [
    "a whole split",
    {
      ...base,
      otherwise: {
        split: {
          weights: [
            { variant: "on", weight: 1 },
            { variant: "off", weight: 3 },
          ],
        },
      },
    },
    "Everybody else",
    "serve “off”",
    "serve “on” to 25 %, “off” to the rest",
  ],
])("says in a line that %s changed", (_, after, place, before, now) => {
  expect(differences(base, after).map(lineOf)).toContainEqual({ place, before, after: now });
});

it("says what a new rule does", () => {
  const after = changeRule(addRule(base, "late"), 2, { when: { segment: "night" }, serve: { variant: "on" } });
  expect(differences(base, after).map(lineOf)).toEqual([
    { place: "Rule “late”", before: null, after: "is in segment “night” → serve “on”" },
  ]);
});

it.each([
  [["rules", 1, "when", "all", 0, "value"], "Rule 2"],
  [["variants", "half", "limit"], "Variant “half”"],
  [["requires", 0, "flag"], "Requires 1"],
  [["otherwise", "split"], "Everybody else"],
  [[], null],
])("says of a problem at %j that it is in %s", (path, words) => expect(partInWords(path)).toBe(words));
