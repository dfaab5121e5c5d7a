import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagSets } from "./arbitrary.ts";
import { differences } from "./differences.ts";
import type { Condition, Flag, Rule } from "./model.ts";
import { defaultFlag } from "./registry.ts";

describe("the differences of two versions", () => {
  it("name each member that is another, within rules, conditions and shares", () => {
    const later = flag({
      enabled: true,
      rules: [rule("beta", ["DE", "AT"], 30)],
      owner: "ann",
      tags: ["web", "old"],
      version: 2,
    });
    expect(differences(flag({ rules: [rule("beta", ["DE", "FR"], 20)], tags: ["old", "ios"] }), later)).toEqual([
      { kind: "changed", path: ["enabled"], before: false, after: true },
      { kind: "entries", path: ["rules", "beta", "when", "values"], ...came(["AT"], ["FR"]) },
      {
        kind: "changed",
        path: ["rules", "beta", "serve", "split", "weights", "on", "weight"],
        before: 20,
        after: 30,
      },
      { kind: "changed", path: ["owner"], before: "", after: "ann" },
      { kind: "entries", path: ["tags"], ...came(["web"], ["ios"]) },
    ]);
  });

  it("show a rule that was put elsewhere as one move, whatever else changed", () => {
    const [a, b, c] = ["a", "b", "c"].map((id) => rule(id, [], 1)) as [Rule, Rule, Rule];
    const changed = { ...c, serve: { variant: "off" } };
    expect(differences(flag({ rules: [a, b, c] }), flag({ rules: [changed, a, b] }))).toEqual([
      { kind: "changed", path: ["rules", "c", "serve"], before: c.serve, after: changed.serve },
      { kind: "moved", path: ["rules", "c"], before: 2, after: 0 },
    ]);
    expect(differences(flag({ rules: [a, b] }), flag({ rules: [c, b] }))).toEqual([
      { kind: "added", path: ["rules", "c"], after: c },
      { kind: "removed", path: ["rules", "a"], before: a },
    ]);
  });

  it("count the ids that came and went, and show 20", () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `u${index}`);
    const [found] = differences({ ids }, { ids: [...ids.slice(50), "new"] });
    expect(found).toMatchObject({ path: ["ids"], added: ["new"], added_count: 1, removed_count: 50 });
    expect(found).toHaveProperty("removed.length", 20);
  });

  it("tell a part that is new or gone, and lists of other conditions, as a whole", () => {
    expect(differences(undefined, flag())).toEqual([{ kind: "added", path: [], after: flag() }]);
    expect(differences({ ids: [] }, undefined)).toEqual([{ kind: "removed", path: [], before: { ids: [] } }]);

    const [de, fr] = [country("DE"), country("FR")];
    expect(differences({ when: { all: [de] } }, { when: { all: [fr, de] } })).toEqual([
      { kind: "changed", path: ["when", "all"], before: [de], after: [fr, de] },
    ]);
    expect(differences({ when: { all: [de, de] } }, { when: { all: [de, fr] } })).toEqual([
      { kind: "changed", path: ["when", "all", 1, "value"], before: "DE", after: "FR" },
    ]);
  });

  it("do not take a flag called like a member for that member", () => {
    const set = (flags: Record<string, Flag>) => ({ version: 1, flags, segments: {} });
    const found = differences(
      set({ tags: flag(), version: flag() }),
      set({ tags: flag({ owner: "x" }), version: flag() }),
    );
    expect(found.map(({ path }) => path)).toEqual([["flags", "tags", "owner"]]);
  });

  it("are none between a set and itself, and read backwards are the same ones backwards (seed 82)", () => {
    fc.assert(
      fc.property(flagSets, flagSets, (before, after) => {
        expect(differences(before, structuredClone(before))).toEqual([]);
        const paths = (all: ReturnType<typeof differences>) =>
          all.filter(({ kind }) => kind !== "moved").map(({ path }) => JSON.stringify(path));
        expect(paths(differences(before, after)).sort()).toEqual(paths(differences(after, before)).sort());
      }),
      { seed: 82, numRuns: 200 },
    );
  });
});

function came(added: string[], removed: string[]) {
  return { added, removed, added_count: added.length, removed_count: removed.length };
}

function country(value: string): Condition {
  return { attribute: "country", op: "equals", value };
}

function rule(id: string, values: string[], on: number): Rule {
  const weights = [
    { variant: "on", weight: on },
    { variant: "off", weight: 70 },
  ];
  return { id, when: { attribute: "country", op: "one_of", values }, serve: { split: { weights } } };
}

function flag(changes: Partial<Flag> = {}): Flag {
  return { ...defaultFlag({ type: "boolean", default: false, name: "", description: "" }), enabled: false, ...changes };
}
