import type { Flag, Serve } from "@beq/flags";
import { expect, it } from "vitest";
import { flag } from "../../test/saving.ts";
import { summaryOf } from "./summary.ts";

const share = (...weights: [string, number][]): Serve => ({
  split: { weights: weights.map(([variant, weight]) => ({ variant, weight })) },
});

it.each<[string, Partial<Flag>]>([
  ["on", {}],
  ["off", { enabled: false }],
  ["off", { otherwise: { off: true } }],
  ["the code's default", { otherwise: { off: true }, off: null }],
  ["on for 25 %", { otherwise: share(["on", 1], ["off", 3]) }],
  ["on for 0.001 %", { otherwise: share(["off", 99_999], ["on", 1]) }],
  ["on", { otherwise: share(["on", 1], ["off", 0]) }],
  ["1 rule, else on", { rules: [{ id: "a", when: { all: [] }, serve: { variant: "off" } }] }],
  ["on, if base", { requires: [{ flag: "base", variants: ["on"] }] }],
  [
    "red 50 %, blue 50 %",
    { type: "string", variants: { red: "r", blue: "b" }, otherwise: share(["red", 1], ["blue", 1]) },
  ],
])("says %j", (text, members) => {
  expect(summaryOf(flag(members))).toBe(text);
});
