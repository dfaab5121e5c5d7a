import { expect, it } from "vitest";
import { z } from "zod";
import { type Invalid, invalidList } from "./invalid.ts";

it("quotes no more of a large input than its size", () => {
  expect(first(z.object({ a: z.string() }), { a: Array.from({ length: 21 }, () => 1) }).input).toBe(
    "[list of 21 items]",
  );
  expect(first(z.object({ a: z.string() }), { a: { deep: "x".repeat(2_000) } }).input).toMatch(
    /^\{object of \d+ bytes\}$/,
  );
  expect(String(first(z.object({ a: z.int() }), { a: "x".repeat(5_000) }).input)).toHaveLength(1_001);
});

it("does not descend into an input that is nested beyond measure", () => {
  const depth = 100_000;
  const nested: unknown = JSON.parse("[".repeat(depth) + "]".repeat(depth));
  expect(JSON.stringify(first(z.object({ a: z.string() }), { a: nested }))).toContain("nested");
});

it("tells at most 100 problems", () => {
  const body = Array.from({ length: 300 }, () => 1);
  const parsed = z.array(z.string()).safeParse(body);
  expect(invalidList(parsed.error?.issues ?? [], body, () => "body")).toHaveLength(100);
});

it("names where a field came from", () => {
  const body = { user_id: "" };
  const parsed = z.object({ user_id: z.string().min(1) }).safeParse(body);
  expect(invalidList(parsed.error?.issues ?? [], body, () => "query")).toMatchObject([{ loc: ["query", "user_id"] }]);
});

it.each([
  [z.float64(), "1", "float_type"],
  [z.int(), 1.5, "int_type"],
  [z.boolean(), 1, "bool_type"],
  [z.array(z.string()), {}, "list_type"],
  [z.number().gt(0), 0, "greater_than"],
  [z.array(z.string()).min(1), [], "too_short"],
])("calls what is wrong by its name (%#)", (schema, value, type) => {
  expect(first(z.object({ a: schema }), { a: value })).toMatchObject({ type, loc: ["body", "a"], input: value });
});

function first(schema: z.ZodType, body: unknown): Invalid {
  const [found] = invalidList(schema.safeParse(body).error?.issues ?? [], body, () => "body");
  if (!found) throw new Error("expected a problem");
  return found;
}
