import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagSets } from "./arbitrary.ts";
import { merge } from "./merge.ts";
import type { Flag, FlagSet, Rule, Segment, Serve } from "./model.ts";
import { isSame } from "./reads.ts";
import { defaultFlag } from "./registry.ts";

const [a, b, c] = ["a", "b", "c"].map((id) => rule(id)) as [Rule, Rule, Rule];

describe("a merge of two edits", () => {
  it("has both where they touch different things", () => {
    const base = flag({ rules: [a, b], tags: ["x", "y"], version: 3 });
    const mine = { ...base, rules: [a, { ...b, serve: { variant: "off" } }], tags: ["y", "mine"] };
    const theirs = {
      ...base,
      owner: "ann",
      rules: [{ ...a, description: "first" }, b],
      tags: ["x", "y", "t"],
      version: 4,
    };
    expect(merge(base, mine, theirs)).toEqual({
      merged: {
        ...theirs,
        rules: [
          { ...a, description: "first" },
          { ...b, serve: { variant: "off" } },
        ],
        tags: ["y", "t", "mine"],
      },
      conflicts: [],
    });
  });

  it.each([
    ["one's addition and the other's new order", [a, b], [a, c, b], [b, a], ["b", "a", "c"]],
    ["one's removal and the other's addition", [a, b], [b], [a, b, c], ["b", "c"]],
    ["one's new order and the other's removal", [a, b, c], [c, b, a], [a, b], ["b", "a"]],
    ["the same new order", [a, b], [b, a], [b, a], ["b", "a"]],
  ])("keeps %s", (_, base, mine, theirs, expected) => {
    const { merged, conflicts } = merge(flag({ rules: base }), flag({ rules: mine }), flag({ rules: theirs }));
    expect([merged?.rules.map(({ id }) => id), conflicts]).toEqual([expected, []]);
  });

  it("has theirs, and tells all three, where both changed one thing", () => {
    const base = flag({ rules: [a, b, c] });
    const mine = flag({ rules: [b, a, { ...c, serve: { variant: "off" } }], owner: "me" });
    const theirs = flag({ rules: [c, { ...a, when: { segment: "s" } }, b], owner: "them" });
    const { merged, conflicts } = merge(base, mine, theirs);
    expect(conflicts).toEqual([
      { path: ["rules"], base: ["a", "b", "c"], mine: ["b", "a", "c"], theirs: ["c", "a", "b"] },
      { path: ["owner"], base: "", mine: "me", theirs: "them" },
    ]);
    expect(merged?.rules.map(({ id }) => id)).toEqual(["c", "a", "b"]);
    expect(merged?.rules[0]?.serve).toEqual({ variant: "off" });
  });

  it("does not make one meaning out of halves of two", () => {
    const serve = (on: number, off: number) => ({ split: { weights: [weight("on", on), weight("off", off)] } });
    const shares = merge(
      flag({ otherwise: serve(1, 9) }),
      flag({ otherwise: serve(2, 9) }),
      flag({ otherwise: serve(1, 8) }),
    );
    expect(shares.conflicts.map(({ path }) => path)).toEqual([["otherwise"]]);
    expect(shares.merged?.otherwise).toEqual(serve(1, 8));

    const byOrg: Segment = { ids: ["acme"], by: "org" };
    expect(merge<Segment>({ ids: ["ann"] }, byOrg, { ids: ["ann", "bob"] }).conflicts).toHaveLength(1);
    expect(merge<Segment>({ ids: ["ann"] }, { ids: [] }, { ids: ["ann", "bob"] }).merged).toEqual({ ids: ["bob"] });
  });

  it("tells when one deleted what the other changed", () => {
    const set = (flags: Record<string, Flag>): FlagSet => ({ version: 1, flags, segments: {} });
    const [kept, changed] = [flag(), flag({ owner: "me" })];
    const gone = merge(set({ kept }), set({ kept: changed }), set({}));
    expect(gone).toEqual({
      merged: set({}),
      conflicts: [{ path: ["flags", "kept"], base: kept, mine: changed, theirs: undefined }],
    });
    expect(merge(kept, changed, undefined).merged).toBeUndefined();
  });
});

it("lets a part go that the other side only counted on", () => {
  const base = flag({ owner: "ann", version: 3 });
  expect(merge<Flag>(base, undefined, { ...base, version: 9 })).toEqual({ merged: undefined, conflicts: [] });
  expect(merge<Flag>(base, { ...base, version: 9 }, undefined)).toEqual({ merged: undefined, conflicts: [] });
});

describe("a merge", () => {
  it("is the one change where there is only one, or both are the same (seed 83)", () => {
    fc.assert(
      fc.property(flagSets, flagSets, (base, other) => {
        for (const all of [merge(base, base, other), merge(base, other, base), merge(base, other, other)]) {
          expect(all.conflicts).toEqual([]);
          expect(isSame(all.merged, other)).toBe(true);
        }
      }),
      { seed: 83, numRuns: 200 },
    );
  });

  it("does not throw, and is the same from both sides where there is no conflict, order aside (seed 84)", () => {
    fc.assert(
      fc.property(related, ([base, mine, theirs]) => {
        const [one, other] = [merge(base, mine, theirs), merge(base, theirs, mine)];
        expect(one.conflicts.map(({ path }) => path).sort()).toEqual(other.conflicts.map(({ path }) => path).sort());
        const isDecided = one.conflicts.length === 0;
        expect(isDecided ? sorted(one.merged) : null).toEqual(isDecided ? sorted(other.merged) : null);
      }),
      { seed: 84, numRuns: 300 },
    );
  });

  it("without conflict serves what I chose in each rule that is left (seed 85)", () => {
    let changes = 0;
    fc.assert(
      fc.property(related, ([base, mine, theirs]) => {
        const { merged, conflicts } = merge(base, mine, theirs);
        const chosen = conflicts.length > 0 ? [] : served(mine).filter(([at, serve]) => !isSame(find(base, at), serve));
        const kept = chosen.filter(([at]) => merged && find(merged, at) && find(base, at));
        changes += kept.length;
        expect(kept.map(([at]) => merged && find(merged, at))).toEqual(kept.map(([, serve]) => serve));
      }),
      { seed: 85, numRuns: 300 },
    );
    expect(changes).toBeGreaterThan(20);
  });
});

/** What each rule serves, by flag and id. */
function served(set: FlagSet): (readonly [string, Serve])[] {
  return Object.entries(set.flags).flatMap(([key, { rules }]) =>
    rules.map(({ id, serve }) => [`${key}: ${id}`, serve] as const),
  );
}

function find(set: FlagSet, at: string): Serve | undefined {
  return served(set).find(([other]) => other === at)?.[1];
}

/** Three versions that have much in common: each flag of the later two is the base's, or one with some members changed. */
const related = fc
  .tuple(flagSets, flagSets, fc.array(fc.nat(3), { minLength: 64, maxLength: 64 }))
  .map(([base, other, choices]): [FlagSet, FlagSet, FlagSet] => {
    let at = 0;
    const chance = () => (choices[at++ % choices.length] ?? 0) === 0;
    const edited = (): FlagSet => {
      const flags = Object.entries(base.flags).map(([key, flag]) => {
        const donor: Record<string, unknown> = { ...other.flags[key] };
        const members = Object.entries(flag).map(([name, value]) => [name, chance() ? donor[name] : value]);
        return [key, Object.fromEntries(members)];
      });
      return { ...base, flags: Object.fromEntries(flags) };
    };
    return [base, edited(), edited()];
  });

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, part]) => [name, sorted(part)] as const);
  return Object.fromEntries(members.sort(([x], [y]) => (x < y ? -1 : 1)));
}

function weight(variant: string, weight: number) {
  return { variant, weight };
}

function rule(id: string): Rule {
  return { id, when: { attribute: "country", op: "equals", value: id }, serve: { variant: "on" } };
}

function flag(changes: Partial<Flag> = {}): Flag {
  return { ...defaultFlag({ type: "boolean", default: false, name: "", description: "" }), ...changes };
}
