import { describe, expect, it } from "vitest";
import { predicate, segments } from "./condition.ts";
import { holds } from "./holds.ts";
import type { Comparison, Condition, EvaluationContext, Segment } from "./model.ts";
import { re2 } from "./pattern.ts";

const engines = { patterns: re2 };
const answer = (): never => {
  throw new Error("these conditions ask no flag");
};

/** A comparison without its attribute, a value it is true for, and one it is false for. */
type Case = [Comparison extends infer C ? (C extends unknown ? Omit<C, "attribute"> : never) : never, unknown, unknown];

describe("a comparison", () => {
  const cases: Case[] = [
    [{ op: "equals", value: "DE" }, "DE", "de"],
    [{ op: "equals", value: "DE", ignore_case: true }, "de", "dé"],
    [{ op: "equals", value: 1 }, 1, "1"],
    [{ op: "equals", value: true }, true, "true"],
    [{ op: "one_of", values: ["a", 1, true] }, 1, "1"],
    [{ op: "one_of", values: ["A"], ignore_case: true }, "a", "b"],
    [{ op: "less", value: 18 }, 17.9, 18],
    [{ op: "at_most", value: 18 }, 18, 18.1],
    [{ op: "greater", value: 18 }, 19, "19"],
    [{ op: "at_least", value: 18 }, 18, NaN],
    [{ op: "contains", values: ["x", "ell"] }, "hello", "HELLO"],
    [{ op: "contains", values: ["ELL"], ignore_case: true }, "hello", "help"],
    [{ op: "starts_with", values: ["he"] }, "hello", "ohe"],
    [{ op: "ends_with", values: ["@beq.example"] }, "ann@beq.example", "ann@beq.example.org"],
    [{ op: "matches", pattern: "^[a-z]+-\\d{2}$" }, "user-12", "user-123"],
    [{ op: "matches", pattern: "USER", ignore_case: true }, "my user", "usr"],
    [{ op: "before", value: "2026-03-01" }, "2026-02-28T23:59:59Z", "2026-03-01"],
    [{ op: "after", value: "2026-03-01T00:00:00+01:00" }, "2026-02-28T23:00:01Z", "2026-02-28T23:00:00Z"],
    [{ op: "after", value: "1970-01-01" }, new Date(1), new Date(NaN)],
    [{ op: "semver_at_least", value: "2.1" }, "2.1.0", "2.1.0-rc.1"],
    [{ op: "semver_same_major", value: "2.1.0" }, "v2.0.0", "3.0.0"],
    [{ op: "semver_same_minor", value: "2.1.0" }, "2.1.9", "2.2.0"],
    [{ op: "in_network", values: ["192.0.2.0/24", "2001:db8::/32"] }, "2001:db8::9", "198.51.100.1"],
    [{ op: "present" }, "", null],
    [{ op: "present" }, false, undefined],
    [{ op: "has_any", values: ["admin", "editor"] }, ["viewer", "editor"], ["viewer"]],
    [{ op: "has_all", values: ["admin", "editor"] }, ["editor", "x", "admin"], ["admin"]],
    [{ op: "has_any", values: ["ADMIN"], ignore_case: true }, ["admin"], "admin"],
    [{ op: "has_all", values: [] }, [], "not a list"],
  ];

  it.each(cases)("%j is true for %j and false for %j", (part, yes, no) => {
    const condition = { attribute: "it", ...part } as Comparison;
    expect(both(condition, { it: yes })).toBe(true);
    expect(both(condition, { it: no })).toBe(false);
    expect(both(condition, {})).toBe(false);
    expect(both({ not: condition }, {})).toBe(true);
  });

  it("reads nested values by a JSON pointer, and never what every object inherits", () => {
    expect(both({ attribute: "/a/b~1c/0", op: "equals", value: 7 }, { a: { "b/c": [7] } })).toBe(true);
    expect(both({ attribute: "/a/b", op: "present" }, { a: null })).toBe(false);
    for (const attribute of ["constructor", "toString", "__proto__", "/a/constructor"]) {
      expect(both({ attribute, op: "present" }, { a: {} })).toBe(false);
    }
    expect(both({ attribute: "constructor", op: "equals", value: "me" }, { constructor: "me" })).toBe(true);
  });
});

describe("all, any and not", () => {
  it.each([0, 1, 2, 3, 4])("combine %i parts", (count) => {
    for (let bits = 0; bits < 2 ** count; bits++) {
      const parts = Array.from({ length: count }, (_, part) => (bits >> part) & 1);
      const conditions = parts.map((bit): Condition => (bit ? { all: [] } : { any: [] }));
      expect(both({ all: conditions }, {})).toBe(parts.every(Boolean));
      expect(both({ any: conditions }, {})).toBe(parts.some(Boolean));
      expect(both({ not: { all: conditions } }, {})).toBe(!parts.every(Boolean));
    }
  });
});

describe("a segment", () => {
  it("holds its ids, by user or by another attribute, and what its condition says", () => {
    const known: Record<string, Segment> = {
      testers: { ids: ["ann", "7"] },
      orgs: { ids: ["acme"], by: "org" },
      insiders: { when: { any: [{ segment: "testers" }, { segment: "orgs" }] } },
    };
    const isIn = (segment: string, context: EvaluationContext) => both({ segment }, context, known);
    expect(isIn("testers", { targetingKey: "ann" })).toBe(true);
    expect(isIn("testers", { targetingKey: 7 as never })).toBe(true);
    expect(isIn("orgs", { targetingKey: "acme" })).toBe(false);
    expect(isIn("insiders", { org: "acme" })).toBe(true);
    expect(isIn("insiders", {})).toBe(false);
    expect(isIn("nowhere", { targetingKey: "ann" })).toBe(false);
    expect(isIn("constructor", { targetingKey: "ann" })).toBe(false);
  });

  it("of 100,000 ids is looked up as fast as one of 10", () => {
    const big = lookups(100_000);
    const small = lookups(10);
    // A scan would be thousands of times slower; 200 leaves room for caches and a busy machine.
    expect(big / small).toBeLessThan(200);
  });
});

function both(condition: Condition, context: EvaluationContext, known: Record<string, Segment> = {}): boolean {
  const compiled = predicate(condition, { engines, segment: segments(known, engines), met: () => () => false })(
    context,
  );
  expect(holds(condition, context, { segments: known, engines, answer })).toBe(compiled);
  return compiled;
}

function lookups(size: number): number {
  const ids = Array.from({ length: size }, (_, index) => `user-${index}`);
  const isIn = segments({ list: { ids } }, engines)("list");
  const people = ids.slice(-10).map((targetingKey) => ({ targetingKey }));
  const round = () => {
    const start = performance.now();
    for (let turn = 0; turn < 20_000; turn++) for (const person of people) isIn(person);
    return performance.now() - start;
  };
  return Math.min(round(), round(), round());
}
