import { expect, it } from "vitest";
import type { Progress } from "./contract/index.ts";
import { sparing } from "./sparing.ts";

it("passes on each new phase, its end, and a step now and then", () => {
  let time = 0;
  const seen: [string, number][] = [];
  const report = sparing(
    ({ phase, fraction }) => void seen.push([phase, fraction]),
    () => time,
  );
  const step = (phase: Progress["phase"], fraction: number, passed: number) => {
    time += passed;
    report({ ...nothing, phase, fraction });
  };
  step("reading", 0, 0);
  step("improving", 0.1, 1);
  step("improving", 0.2, 10);
  step("improving", 0.3, 50);
  step("simulating", 0.9, 1);
  step("simulating", 1, 1);
  expect(seen).toEqual([
    ["reading", 0],
    ["improving", 0.1],
    ["improving", 0.3],
    ["simulating", 0.9],
    ["simulating", 1],
  ]);
});

const nothing = {
  type: "progress" as const,
  placed: 0,
  total: 0,
  cost: null,
  lower_bound: null,
  optimality_gap: null,
  confidence_score: null,
};
