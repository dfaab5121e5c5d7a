import type { Condition, Plain } from "@beq/flags";
import { parseFlagSet } from "@beq/flags";
import { expect, it } from "vitest";
import { newFlag } from "../draft/change.ts";
import { type Op, operators, sections, valuesOf, withOperator } from "./operators.ts";
import { attributeName, attributeNamed, beside, peel, replaced, tidy, wrap } from "./tree.ts";

const country: Condition = { attribute: "country", op: "equals", value: "DE" };
const beta: Condition = { segment: "beta" };

it("takes the nots off a condition and puts one back", () => {
  expect(peel({ not: { not: { not: beta } } })).toEqual({ inner: beta, negated: true });
  expect(wrap(beta, true)).toEqual({ not: beta });
  expect(peel(wrap(beta, false))).toEqual({ inner: beta, negated: false });
});

it("puts a condition beside another, in the group that is there", () => {
  expect(beside(country, beta)).toEqual({ all: [country, beta] });
  expect(beside({ any: [country] }, beta)).toEqual({ any: [country, beta] });
  expect(beside({ all: [] }, beta)).toEqual({ all: [beta] });
});

it("leaves the last one alone when the others of its group went", () => {
  expect(tidy({ all: replaced([country, beta], 0, null) })).toEqual(beta);
  expect(tidy({ any: [] })).toEqual({ any: [] });
});

it("offers every operator once", () => {
  expect(sections.flatMap(({ ops }) => ops).sort()).toEqual(Object.keys(operators).sort());
});

// The keys of the table are operators.
it.each(Object.keys(operators) as Op[])("changes any comparison to %s and keeps what fits", (op) => {
  const start: Plain = { attribute: "a", op: "one_of", values: ["1.2.3", "x"] };
  const next = withOperator(start, op);
  expect(next).toMatchObject({ attribute: "a", op });
  const kept = operators[op].operand === "nothing" ? undefined : "1.2.3";
  expect(valuesOf(next)[0]).toBe(kept);
  // Back again nothing of what can be held in one value is lost.
  expect(valuesOf(withOperator(next, "equals"))[0]).toBe(kept);
});

it("makes a number of what was typed for a number, and leaves what is none to the check", () => {
  const start: Plain = { attribute: "age", op: "equals", value: "18" };
  expect(withOperator(start, "at_least")).toEqual({ attribute: "age", op: "at_least", value: 18 });
  const words = withOperator({ ...start, value: "old" }, "at_least");
  expect(words).toEqual({ attribute: "age", op: "at_least", value: "old" });
  const flag = { ...newFlag("boolean", ""), rules: [{ id: "a", when: words, serve: { variant: "on" } }] };
  expect(parseFlagSet({ version: 1, flags: { flag } }).ok).toBe(false);
});

it("calls the attribute that names the user by its name", () => {
  expect(["targetingKey", "country"].map(attributeName)).toEqual(["user id", "country"]);
  expect(["User ID", "user_id ", " country "].map(attributeNamed)).toEqual(["targetingKey", "targetingKey", "country"]);
});
