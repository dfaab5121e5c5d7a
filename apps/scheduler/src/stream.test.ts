import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GenerateAnswer, Progress } from "./contract/index.ts";
import { type House, serve } from "./testing/serve.ts";

type Task = { estimated_duration_minutes: number };
const week: { tasks: Task[] } = JSON.parse(readFileSync(new URL("../fixtures/week.json", import.meta.url), "utf8"));
const inPieces = {
  ...week,
  tasks: week.tasks.map((task) =>
    task.estimated_duration_minutes >= 90 ? { ...task, split: { min_minutes: 30, max_minutes: 60 } } : task,
  ),
};

let house: House;
beforeAll(async () => {
  house = await serve({ effort: { seed: 1, iterations: 2_000 }, env: { SCHEDULER_PROOF_SECONDS: "3" } });
});
afterAll(() => house[Symbol.asyncDispose]());

describe.each([
  ["the fixture week", week],
  ["the fixture week with its long tasks in pieces", inPieces],
])("each line about %s", { timeout: 120_000 }, (_name, body) => {
  let lines: Told[];
  beforeAll(async () => void (lines = await streamOf(body)));

  it("has what its plan costs, what no plan costs less than, how far apart these are, and how likely it is to hold", () => {
    const phases = new Set(lines.map(({ phase }) => phase));
    expect(phases).toEqual(new Set(["improving", "simulating", "proving", "answer"]));
    for (const { cost, lower_bound: bound, optimality_gap: gap, confidence_score: confidence } of lines) {
      expect(bound).toBeGreaterThan(0);
      expect(bound).toBeLessThanOrEqual(cost ?? -1);
      expect(gap).toBeCloseTo(((cost ?? 0) - (bound ?? 0)) / (cost ?? 1), 9);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it("costs no more than the one before, and its bound is no less; the answers' too", () => {
    const costs = lines.map(({ cost }) => cost ?? NaN);
    const bounds = lines.map(({ lower_bound: bound }) => bound ?? NaN);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
  });

  it("keeps the probability of a plan as long as it is the best", () => {
    const first = lines.findIndex(({ phase }) => phase === "answer");
    const known = lines[first];
    const same = lines.slice(first).filter(({ phase, cost }) => phase === "proving" && cost === known?.cost);
    expect(new Set(same.map(({ confidence_score: confidence }) => confidence)).size).toBeLessThan(2);
    for (const each of same) expect(each.confidence_score).toBe(known?.confidence_score);
  });
});

type Told = Pick<Progress, "cost" | "lower_bound" | "optimality_gap" | "confidence_score"> & { phase: string };

/** The lines of a stream from the first plan on, both answers among them. */
async function streamOf(body: object): Promise<Told[]> {
  const headers = { accept: "application/x-ndjson" };
  const { text } = await house.post("/api/v1/schedule?proof=true", body, headers);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const told = lines.map((line): Told =>
    line.type === "answer" ? { ...GenerateAnswer.parse(line.answer), phase: "answer" } : Progress.parse(line),
  );
  return told.slice(told.findIndex(({ phase }) => phase === "improving"));
}
