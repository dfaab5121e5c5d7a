import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFlagSet, problemLine } from "./parse.ts";
import { re2 } from "./pattern.ts";

describe("a document", () => {
  it("gets its defaults where parts are left out", () => {
    const parsed = parseFlagSet({ flags: { a: minimal() } });
    expect(parsed).toMatchObject({
      ok: true,
      flagSet: { version: 1, segments: {}, flags: { a: { rules: [], requires: [], tags: [], version: 1 } } },
    });
  });

  it("is refused with every problem and its path, in shapes and references alike", () => {
    const rules = [
      {
        id: "x",
        when: { all: [{ attribute: "v", op: "semver_less", value: "x" }] },
        serve: { split: { weights: [] } },
      },
      { id: "y", when: { not: { attribute: "b", op: "nope" } }, serve: { variant: "on" } },
    ];
    const broken = {
      flags: {
        shape: { ...minimal(), enabled: 1, rules, unknown: true },
        names: {
          ...minimal(),
          off: "offf",
          requires: [{ flag: "shap", variants: ["on"] }],
          rules: [
            { id: "r", when: { segment: "tester" }, serve: { variant: "onn" } },
            { id: "r", when: { attribute: "q", op: "matches", pattern: "(" }, serve: { variant: "on" } },
          ],
        },
        types: { ...minimal(), variants: { on: "yes", off: false } },
        payload: {
          ...minimal(),
          type: "json",
          schema: { type: "object", properties: { n: { type: "number" } }, required: ["n"] },
          variants: { on: { n: "1" }, off: {} },
        },
      },
      segments: {
        testers: { ids: [7] },
        nets: { when: { attribute: "ip", op: "in_network", values: ["10.0.0.0/40"] } },
      },
      extra: 1,
    };
    expect(lines(broken)).toEqual([
      'Unrecognized key: "extra"',
      "flags.shape.enabled: Invalid input: expected boolean, received number",
      "flags.shape.rules[0].when.all[0].value: expected a version such as 1.2.3",
      "flags.shape.rules[0].serve.split.weights: the weights must not all be 0",
      expect.stringMatching(/^flags\.shape\.rules\[1\]\.when\.not\.op: .*'has_all'$/),
      'flags.shape: Unrecognized key: "unknown"',
      "segments.testers.ids[0]: Invalid input: expected string, received number",
      "segments.nets.when.values[0]: expected an IP network such as 10.0.0.0/8",
      "flags.names.off: there is no variant 'offf'; did you mean 'off'?",
      "flags.names.rules[0].serve.variant: there is no variant 'onn'; did you mean 'on'?",
      "flags.names.rules[0].when: there is no segment 'tester'; did you mean 'testers'?",
      expect.stringMatching(/^flags\.names\.rules\[1\]\.when: the pattern '\(' is broken: .*missing closing \)/),
      "flags.names.rules[1].id: another rule is called 'r'",
      "flags.names.requires[0].flag: there is no flag 'shap'; did you mean 'shape'?",
      "flags.types.variants.on: expected a boolean",
      "flags.payload.variants.on.n: Invalid input: expected number, received string",
      "flags.payload.variants.off.n: Invalid input: expected number, received undefined",
    ]);
  });

  it("is refused when requirements or segments form a ring, which is named", () => {
    const needs = (flag: string) => ({ ...minimal(), requires: [{ flag, variants: ["on"] }] });
    const ring = {
      flags: { a: needs("b"), b: needs("c"), c: needs("b"), alone: needs("alone"), fine: minimal() },
      segments: { s: { when: { not: { segment: "t" } } }, t: { when: { segment: "s" } } },
    };
    expect(lines(ring)).toEqual([
      "flags.b: requirements form a ring: b → c → b",
      "flags.alone: requirements form a ring: alone → alone",
      "segments.s: segments form a ring: s → t → s",
    ]);
  });

  it.each([
    ["a pattern that backtracks for ever", { type: "string", pattern: "^(a+)+$" }, "schema.pattern"],
    ["a reference to itself", { properties: { next: { $ref: "#" } } }, "schema.properties.next.$ref"],
    ["a reference in a circle", { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } }, "schema.$ref"],
    ["a type that there is not", { type: "nothing" }, "schema: not a JSON Schema"],
  ])("is refused for a schema with %s, before a value is held against it", (_, schema, problem) => {
    const flag = { ...minimal(), type: "json", schema, variants: { on: `${"a".repeat(60)}!`, off: "a" } };
    expect(lines({ flags: { f: flag } })).toContainEqual(expect.stringContaining(`flags.f.${problem}`));
  });

  it("may have a schema whose properties and values are called like what is refused", () => {
    const schema = { properties: { pattern: { enum: ["$ref", { $ref: 1 }] }, $ref: { type: "number" } } };
    const flag = { ...minimal(), type: "json", schema, variants: { on: { pattern: "$ref", $ref: 1 }, off: {} } };
    expect(lines({ flags: { f: flag } })).toEqual([]);
  });

  it("is refused in no time for 100,000 names that do not exist, the first with a suggestion", () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => `${"ab".repeat(20)}${index}`);
    const requires = (key: string) => Array.from({ length: 100 }, () => ({ flag: `${key}x`, variants: ["on"] }));
    const found = lines({
      flags: Object.fromEntries(keys.map((key) => [key, { ...minimal(), requires: requires(key) }])),
    });
    expect(found).toHaveLength(100_000);
    expect(found[0]).toContain("did you mean");
    expect(found.at(-1)).not.toContain("did you mean");
  });

  it("is refused when its requirements would take for ever or go too deep", () => {
    const level = (index: number) => {
      const parents = [`x${index + 1}`, `y${index + 1}`].map((flag) => ({ flag, variants: ["on"] }));
      return { ...minimal(), requires: index < 20 ? parents : [] };
    };
    const wide = Array.from({ length: 21 }, (_, i) => [`x${i}`, `y${i}`].map((key) => [key, level(i)] as const)).flat();
    expect(lines({ flags: Object.fromEntries(wide) })).toContain(
      "flags.x0: requirements lead to more than 10000 others",
    );

    const next = (index: number) => ({
      ...minimal(),
      requires: index < 5000 ? [{ flag: `f${index + 1}`, variants: ["on"] }] : [],
    });
    const deep = Array.from({ length: 5001 }, (_, index) => [`f${index}`, next(index)] as const);
    expect(lines({ flags: Object.fromEntries(deep) })).toContain("flags.f0: requirements are more than 32 deep");
  });

  it("is refused when it is nested without end or names a prototype", () => {
    let condition: unknown = { all: [] };
    for (let depth = 0; depth < 20_000; depth++) condition = { not: condition };
    const nested = { flags: { a: { ...minimal(), rules: [{ id: "r", when: condition, serve: { variant: "on" } }] } } };
    expect(lines(nested)).toEqual([expect.stringMatching(/nested deeper than 64 levels$/)]);

    const proto = JSON.parse('{"flags":{"__proto__":{"enabled":true}}}');
    expect(lines(proto)).toEqual(["flags: a member must not be called __proto__"]);
  });

  it("of any kind is either parsed or refused with reasons, never thrown over (seed 31)", () => {
    const part = fc.anything({ withNullPrototype: true });
    const nearly = fc.record(
      { flags: fc.dictionary(fc.string(), fc.oneof(part, broken(part))), segments: part },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(part, nearly), (document) => {
        const parsed = parseFlagSet(document, re2);
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
      { seed: 31, numRuns: 500 },
    );
  });

  it("keeps a segment of 100,000 ids and refuses one more", () => {
    const ids = Array.from({ length: 100_001 }, (_, index) => `user-${index}`);
    expect(parseFlagSet({ flags: {}, segments: { big: { ids: ids.slice(1) } } }).ok).toBe(true);
    expect(lines({ flags: {}, segments: { big: { ids } } })).toEqual([
      expect.stringMatching(/^segments\.big\.ids: Too big/),
    ]);
  });
});

function minimal() {
  return {
    type: "boolean",
    enabled: true,
    variants: { on: true, off: false },
    off: "off",
    otherwise: { variant: "on" },
  };
}

/** A flag with one part replaced by anything. */
function broken(part: fc.Arbitrary<unknown>) {
  const rule = fc.record({ id: fc.string(), when: part, serve: part });
  const member = fc.constantFrom("type", "variants", "off", "otherwise", "requires", "rules", "bucketing", "schema");
  return fc.tuple(member, fc.oneof(part, fc.array(rule))).map(([name, value]) => ({ ...minimal(), [name]: value }));
}

function lines(document: unknown): string[] {
  const parsed = parseFlagSet(document, re2);
  return parsed.ok ? [] : parsed.problems.map(problemLine);
}
