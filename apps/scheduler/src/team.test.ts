import { expect, it } from "vitest";
import type { Known } from "./optimize/index.ts";
import { createTeam, help, isNeedless, lead, release } from "./team.ts";

const costs = [12, 9];
const search = (offset: number): Known => plan(offset, costs[offset] ?? 0);

it("finds the same plan with help as without", () => {
  const alone = lead(createTeam(), search, awake);
  const team = createTeam();
  help(team, search);
  expect(lead(team, once(search, 0), awake)).toEqual(alone);
  expect(alone).toMatchObject({ cost: 9, choices: Int32Array.of(1, 1) });
});

it("takes the first seed's plan where both cost the same", () => {
  const same = (offset: number) => plan(offset, 7);
  expect(lead(createTeam(), same, awake).choices).toEqual(Int32Array.of(0, 0));
  const team = createTeam();
  help(team, same);
  expect(lead(team, same, awake).choices).toEqual(Int32Array.of(0, 0));
});

it("does itself what a helper took and never found", () => {
  const team = createTeam();
  expect(() => help(team, broken)).toThrow("helper down");
  release(team);
  expect(lead(team, search, awake)).toMatchObject({ cost: 9 });
});

it("waits for a helper that is still searching, until it is told not to", () => {
  const team = createTeam();
  expect(() => help(team, broken)).toThrow("helper down");
  let naps = 0;
  const tired = () => {
    naps += 1;
    if (naps === 3) throw new Error("nobody waits any more");
  };
  expect(() => lead(team, search, tired)).toThrow("nobody waits any more");
});

it("makes no second search when time ended the first", () => {
  const cut = { done: 3, asked: 10 };
  const found = lead(
    createTeam(),
    once((offset) => ({ ...search(offset), cut }), 0),
    awake,
  );
  expect(found).toMatchObject({ cost: 12, cut });
});

it("needs no second search after a proof", () => {
  const team = createTeam();
  const proven = lead(team, (offset) => ({ ...search(offset), lowerBound: 12, proof: "optimal" }), awake);
  expect(proven).toMatchObject({ cost: 12, proof: "optimal" });
  expect(isNeedless(team)).toBe(true);
  help(team, broken);
});

function plan(offset: number, cost: number): Known {
  const patterns = new Map([["split", [60, 30]]]);
  return { choices: Int32Array.of(offset, offset), patterns, cost, lowerBound: 5, proof: "bounded", cut: null };
}

function once(searching: (offset: number) => Known, allowed: number) {
  return (offset: number) => {
    if (offset !== allowed) throw new Error("this was done already");
    return searching(offset);
  };
}

function broken(): Known {
  throw new Error("helper down");
}

function awake(): void {}
