import type { Condition, Json } from "@beq/flags";
import { expect, it } from "vitest";
import { addRule, changeRule, newFlag } from "./change.ts";
import { flagProblems, segmentProblems, together } from "./check.ts";

const flag = changeRule(addRule(newFlag("boolean", ""), "beta"), 0, { when: { segment: "staff" } });

it("takes other flags and segments to be there", () => {
  const asking = { ...flag, requires: [{ flag: "other", variants: ["on", "half"] }] };
  expect(flagProblems("mine", asking)).toEqual([]);
  expect(flagProblems("mine", changeRule(asking, 0, { when: { not: { flag: "third", variants: ["x"] } } }))).toEqual(
    [],
  );
  expect(segmentProblems("mine", { when: { any: [{ segment: "other" }] } })).toEqual([]);
});

it("points at the field that is wrong, from the flag's own root", () => {
  const wrong = changeRule(flag, 0, { when: { all: [{ attribute: "age", op: "less", value: "old" }] } });
  expect(flagProblems("mine", wrong).map(({ path }) => path)).toEqual([["rules", 0, "when", "all", 0, "value"]]);
  expect(flagProblems("mine", { ...flag, off: "gone" }).map(({ path }) => path)).toEqual([["off"]]);
  const json = {
    ...newFlag("json", ""),
    schema: { type: "object", properties: { limit: { type: "number" } }, required: ["limit"] },
  };
  expect(flagProblems("mine", json).map(({ path }) => path)).toEqual([["variants", "default", "limit"]]);
  expect(segmentProblems("mine", { ids: [""] }).map(({ path }) => path)).toEqual([["ids", 0]]);
});

it("says it in plain words", () => {
  const messages = (when: Condition) =>
    flagProblems("mine", changeRule(flag, 0, { when })).map(({ message }) => message);
  expect(messages({ attribute: "", op: "present" })).toEqual(["Fill this in"]);
  expect(messages({ attribute: "age", op: "less", value: "old" })).toEqual(["This has to be a number"]);
  expect(messages({ flag: "other", variants: [] })).toEqual(["Add at least one"]);
  const schema = { type: "object", properties: { limit: { type: "number", maximum: 5 } }, required: ["limit"] };
  const limited = (value: Json) => ({ ...newFlag("json", ""), schema, variants: { default: value } });
  const values = (value: Json) => flagProblems("mine", limited(value)).map(({ message }) => message);
  const wrong: Json[] = [{}, { limit: 9 }, { limit: "5" }];
  expect(wrong.flatMap(values)).toEqual(["This is missing", "At most 5", "This has to be a number"]);
  expect(messages({ attribute: "x".repeat(201), op: "present" })).toEqual(["At most 200 characters"]);
});

it("says once what page and server both found", () => {
  const own = [{ path: ["off"], message: "there is no variant 'gone'" }];
  const server = [
    { path: ["off"], message: "there is no variant 'gone'; did you mean 'on'?" },
    { path: ["requires", 0, "flag"], message: "there is no flag 'other'" },
  ];
  expect(together(own, server)).toEqual([own[0], server[1]]);
});
