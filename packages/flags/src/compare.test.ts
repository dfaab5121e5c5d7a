import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contexts, flagSets } from "./arbitrary.ts";
import { movements } from "./compare.ts";
import { evaluate } from "./evaluate.ts";
import type { Flag, FlagSet, Rule, Segment } from "./model.ts";
import { re2 } from "./pattern.ts";
import { isSame } from "./reads.ts";
import { defaultFlag } from "./registry.ts";

describe("a preview", () => {
  it("tells who moves from where to where, the most first, with examples", () => {
    const before = setOf({ a: flag() });
    const after = setOf({ a: flag({ rules: [{ id: "de", when: inCountry("DE"), serve: { variant: "on" } }] }) });
    const people = Array.from({ length: 10 }, (_, index) => ({
      targetingKey: `u${index}`,
      country: index < 7 ? "DE" : "FR",
    }));
    expect(movements(before, after, people, ["a"])).toEqual([
      {
        key: "a",
        moved: [
          {
            from: { variant: "off", rule: undefined, reason: "STATIC" },
            to: { variant: "on", rule: "de", reason: "TARGETING_MATCH" },
            flips: true,
            count: 7,
            examples: [0, 1, 2, 3, 4],
          },
          {
            from: { variant: "off", rule: undefined, reason: "STATIC" },
            to: { variant: "off", rule: undefined, reason: "DEFAULT" },
            flips: false,
            count: 3,
            examples: [7, 8, 9],
          },
        ],
        unchanged: 0,
      },
    ]);
  });

  it("sees a variant's new value, and a change that comes through a segment or a requirement", () => {
    const rules: Rule[] = [{ id: "s", when: { segment: "staff" }, serve: { variant: "on" } }];
    const child = flag({ requires: [{ flag: "a", variants: ["on"] }], otherwise: { variant: "on" } });
    const before = setOf({ a: flag({ rules }), child, c: flag() }, { staff: { ids: [] } });
    const after = setOf(
      { a: flag({ rules }), child, c: flag({ variants: { on: true, off: true } }) },
      { staff: { ids: ["ann"] } },
    );
    const moved = movements(before, after, [{ targetingKey: "ann" }, { targetingKey: "bob" }], ["a", "child", "c"]);
    const flipped = moved.map((one) => one.moved.map(({ flips, examples }) => [flips, examples]));
    expect(flipped).toEqual([[[true, [0]]], [[true, [0]]], [[true, [0, 1]]]]);
  });

  it("counts a flag that comes or goes, or that is in neither set", () => {
    const [none, one] = [setOf({}), setOf({ a: flag() })];
    const added = movements(none, one, [{}], ["a", "none"]);
    expect(added[0]?.moved).toMatchObject([{ from: { reason: "ERROR" }, to: { reason: "STATIC" }, flips: true }]);
    expect(added[1]).toEqual({ key: "none", moved: [], unchanged: 1 });
  });

  it("counts everybody once, and as moved whoever the reference evaluator answers otherwise (seed 81)", () => {
    fc.assert(
      fc.property(flagSets, flagSets, fc.array(contexts, { maxLength: 8 }), (before, after, people) => {
        const keys = Object.keys(before.flags);
        for (const { key, moved, unchanged } of movements(before, after, people, keys, engines)) {
          const same = people.filter((context) =>
            isSame(evaluate(before, key, context, engines), evaluate(after, key, context, engines)),
          ).length;
          expect([unchanged, moved.reduce((sum, { count }) => sum + count, 0)]).toEqual([same, people.length - same]);
        }
      }),
      { seed: 81, numRuns: 300 },
    );
  });
});

const engines = { patterns: re2 };

function inCountry(value: string) {
  return { attribute: "country", op: "equals" as const, value };
}

function flag(changes: Partial<Flag> = {}): Flag {
  const base = defaultFlag({ type: "boolean", default: false, name: "", description: "" });
  return { ...base, otherwise: { variant: "off" }, ...changes, enabled: true };
}

function setOf(flags: Record<string, Flag>, segments: Record<string, Segment> = {}): FlagSet {
  return { version: 1, flags, segments };
}
