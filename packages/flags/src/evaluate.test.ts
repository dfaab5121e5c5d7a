import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contexts, flagSets } from "./arbitrary.ts";
import { compile } from "./compile.ts";
import { evaluate } from "./evaluate.ts";
import { parseFlagSet } from "./parse.ts";
import { re2 } from "./pattern.ts";
import { trace } from "./trace.ts";

const options = { patterns: re2 };

describe("any parsed flag set and any context", () => {
  it("gets the same answer from the compiled and the reference evaluator, and from the trace (seed 11)", () => {
    fc.assert(
      fc.property(flagSets, fc.array(contexts, { minLength: 1, maxLength: 8 }), (set, people) => {
        const compiled = compile(set, options);
        expect([...compiled.keys].sort()).toEqual(Object.keys(set.flags).sort());
        for (const context of people) {
          const all = compiled.resolveAll(context);
          for (const [index, key] of compiled.keys.entries()) {
            const expected = evaluate(set, key, context, options);
            expect(compiled.resolve(key, context)).toEqual(expected);
            expect(compiled.value(key, context)).toBe(expected.value);
            expect(all[index]).toEqual(expected);
            expect(trace(set, key, context, options).resolution).toEqual(expected);
          }
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it("parses as made, and answers the same after serialising and parsing (seed 12)", () => {
    fc.assert(
      fc.property(flagSets, contexts, (set, context) => {
        const parsed = parseFlagSet(JSON.parse(JSON.stringify(set)), re2);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
        expect(compile(parsed.flagSet, options).resolveAll(context)).toEqual(compile(set, options).resolveAll(context));
      }),
      { seed: 12, numRuns: 150 },
    );
  });

  it("never throws, whatever the context is (seed 13)", () => {
    const hostile = fc.oneof(
      fc
        .anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true, withNullPrototype: true })
        .map((context) => () => context),
      fc.constantFrom(
        () => throwing("targetingKey"),
        () => throwing("country"),
        () => new Proxy({}, { get: fail, has: fail, getOwnPropertyDescriptor: fail }),
      ),
    );
    fc.assert(
      fc.property(flagSets, hostile, (set, make) => {
        const context = make();
        const compiled = compile(set, options);
        for (const key of [...Object.keys(set.flags), "missing", "constructor", "__proto__"]) {
          const answer = compiled.resolve(key, context as never);
          expect(answer.reason === "ERROR" ? answer.errorCode : answer.reason).toMatch(/^[A-Z_]+$/);
          expect(evaluate(set, key, context as never, options).reason).toBe(answer.reason);
          expect(trace(set, key, context as never, options).steps.length).toBeGreaterThan(0);
        }
      }),
      { seed: 13, numRuns: 300 },
    );
  });
});

describe("one flag", () => {
  const base = {
    type: "boolean",
    enabled: true,
    variants: { on: true, off: false },
    off: "off",
    otherwise: { variant: "on" },
  };

  it("is not found under a name it does not have, even one that every object inherits", () => {
    const set = flags({});
    for (const key of ["other", "constructor", "__proto__"]) {
      const found = { reason: "ERROR", errorCode: "FLAG_NOT_FOUND" };
      expect(compile(set).resolve(key, {})).toMatchObject(found);
      expect(evaluate(set, key, {})).toMatchObject(found);
    }
  });

  it.each([
    ["STATIC", {}, {}],
    ["DISABLED", { enabled: false }, {}],
    ["DEFAULT", { rules: [{ id: "r", when: { any: [] }, serve: { variant: "off" } }] }, {}],
    ["TARGETING_MATCH", { rules: [{ id: "r", when: { all: [] }, serve: { variant: "off" } }] }, {}],
    ["SPLIT", { otherwise: { split: { weights: [{ variant: "on", weight: 1 }] } } }, { targetingKey: "u" }],
    ["DEFAULT", { otherwise: { split: { weights: [{ variant: "on", weight: 1 }] } } }, {}],
    ["DEFAULT", { otherwise: { split: { weights: [{ variant: "on", weight: 1 }] } } }, { targetingKey: "" }],
  ])("answers with reason %s for %j and %j", (reason, part, context) => {
    expect(compile(flags({ a: { ...base, ...part } })).resolve("a", context).reason).toBe(reason);
  });

  it("answers its off variant when a split has nobody to place, naming the rule that split", () => {
    const split = { split: { by: "org", weights: [{ variant: "on", weight: 1 }] } };
    const set = flags({ a: { ...base, rules: [{ id: "half", when: { all: [] }, serve: split }] } });
    expect(compile(set).resolve("a", { targetingKey: "u" })).toEqual({
      value: false,
      variant: "off",
      reason: "DEFAULT",
      rule: "half",
    });
  });

  it("answers its off variant, not a required flag's kill switch, when the required flag is off", () => {
    const child = { ...base, requires: [{ flag: "parent", variants: ["on", "off"] }] };
    const set = (enabled: boolean) => flags({ child, parent: { ...base, enabled } });
    expect(compile(set(true)).resolve("child", {})).toMatchObject({ value: true, reason: "DEFAULT" });
    expect(compile(set(false)).resolve("child", {})).toMatchObject({ value: false, reason: "DEFAULT" });
  });

  it("is in error, and says why, when its patterns cannot be read; other flags are not", () => {
    const rules = [{ id: "r", when: { attribute: "x", op: "matches", pattern: "a" }, serve: { variant: "on" } }];
    const compiled = compile(flags({ a: { ...base, rules }, b: base }));
    expect(compiled.resolve("a", {})).toMatchObject({ reason: "ERROR", errorCode: "PARSE_ERROR" });
    expect(compiled.resolve("b", {})).toMatchObject({ value: true });
  });

  it("answers a hostile pattern on a long text in linear time", () => {
    const rules = [{ id: "r", when: { attribute: "x", op: "matches", pattern: "(a*)*b" }, serve: { variant: "on" } }];
    const compiled = compile(flags({ a: { ...base, rules, otherwise: { variant: "off" } } }), options);
    expect(compiled.value("a", { x: "a".repeat(9_999) })).toBe(false);
    expect(compiled.value("a", { x: `${"a".repeat(9_999)}b` })).toBe(true);
    // A text without end is not searched at all.
    expect(compiled.value("a", { x: `${"a".repeat(10_000)}b` })).toBe(false);
  });

  it("gives the same object for the same answer, so that nothing is allocated", () => {
    const compiled = compile(flags({ a: base }));
    expect(compiled.resolve("a", { targetingKey: "x" })).toBe(compiled.resolve("a", {}));
  });

  function flags(some: Record<string, unknown>) {
    const parsed = parseFlagSet({ flags: some });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.flagSet;
  }
});

function throwing(name: string): object {
  return Object.defineProperty({}, name, { get: fail, enumerable: true });
}

function fail(): never {
  throw new Error("hostile");
}
