import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createProve } from "./closing.ts";
import { GenerateAnswer, GenerateRequest, type Progress } from "./contract/index.ts";
import type { Outcome, ProofJob } from "./job.ts";
import { judge, type Known, posedWeek, pursue, recall } from "./optimize/index.ts";
import { type Prove, proveJob } from "./proof.ts";
import type { Prover } from "./prove/prove.ts";

const now = Date.UTC(2030, 2, 25, 6);
const body = readFileSync(new URL("../fixtures/week.json", import.meta.url));
const request = GenerateRequest.parse(JSON.parse(body.toString()));
const problem = posedWeek(request, now);
const poor = pursue(problem, { seed: 1, iterations: 1, outOfTime: () => false });

it("keeps an answer with the better plan that was found before the step that may not come back", async () => {
  const { kept, outcome } = await lost(poor);
  expect(outcome).toMatchObject({ kind: "failed" });
  expect(kept).toHaveLength(1);
  const answer = GenerateAnswer.parse(kept[0]?.kind === "answer" && JSON.parse(kept[0].json));
  expect(answer.cost).toBeLessThan(poor.cost);
  expect(judge(request, answer, now)).toEqual([]);
});

it("keeps none where no better plan was found", async () => {
  const best = { ...poor, cost: 0 };
  expect((await lost(best)).kept).toEqual([]);
});

it("says that time ended it, unless it came to its end", async () => {
  const cut = { done: 1, asked: 2 };
  const limited = async (proven: Known, milliseconds: number) => {
    const { outcome } = await proved({ ...poor, cut }, async (pass) => {
      pass(milliseconds);
      return proven;
    });
    return GenerateAnswer.parse(outcome.kind === "answer" && JSON.parse(outcome.json)).time_limited;
  };
  expect(await limited({ ...poor, cut: null }, 1_001)).toBe(true);
  expect(await limited({ ...poor, cut: null }, 999)).toBe(false);
  expect(await limited({ ...poor, cut, lowerBound: poor.cost, proof: "optimal" }, 1_001)).toBe(false);
});

it("tells of the best plan and the best bound, whatever came last", async () => {
  const better = pursue(problem, { seed: 1, iterations: 500, outOfTime: () => false });
  const { lines } = await proved(poor, async (pass, { onStep, onBound }) => {
    onBound(poor.cost - 3);
    pass(50);
    onBound(poor.cost - 4);
    pass(50);
    onStep(better.cost, () => recall(problem, better));
    pass(50);
    onStep(poor.cost, () => recall(problem, poor));
    return poor;
  });
  expect(better.cost).toBeLessThan(poor.cost - 3);
  const told = lines.map(({ cost, lower_bound: bound, optimality_gap: gap }) => ({ cost, bound, gap }));
  const first = { cost: poor.cost, bound: poor.cost - 3, gap: 3 / poor.cost };
  const last = { cost: better.cost, bound: better.cost, gap: 0 };
  expect(told).toEqual([first, first, last, last]);
  const [one, two, ...rest] = lines.map(({ confidence_score: confidence }) => confidence);
  expect([one, two]).toEqual([1, 1]);
  expect(new Set(rest).size).toBe(1);
  expect(rest[0]).toBeLessThan(1);
});

type Proving = (pass: (milliseconds: number) => void, options: Parameters<Prove>[2]) => Promise<Known>;

/** A proof of 1,000 milliseconds; `prove` lets time pass. */
async function proved(known: Known, prove: Proving): Promise<{ lines: Progress[]; outcome: Outcome }> {
  let time = 0;
  const lines: Progress[] = [];
  const job: ProofJob = { operation: "generate", body, now, effort, known, confidence: 1, milliseconds: 1_000 };
  const outcome = await proveJob(job, {
    prove: (_problem, _known, options) => prove((milliseconds) => void (time += milliseconds), options),
    clock: () => time,
    report: (line) => void lines.push(line),
    keep: () => undefined,
  });
  return { lines, outcome };
}

/** A proof that is lost in the prover, which goes on from what the search before it found. */
async function lost(known: Known): Promise<{ kept: Outcome[]; outcome: Outcome }> {
  let ticks = 0;
  const clock = () => (ticks += 1);
  const kept: Outcome[] = [];
  const job: ProofJob = { operation: "generate", body, now, effort, known, confidence: 1, milliseconds: 100_000 };
  const tools = {
    prove: createProve(losing, clock),
    clock,
    report: () => undefined,
    keep: (each: Outcome) => void kept.push(each),
  };
  return { kept, outcome: await proveJob(job, tools) };
}

const effort = { seed: 1, iterations: 1 };

const losing: Prover = (_model, choices, { onPlan }) => {
  onPlan?.(choices);
  throw new Error("lost");
};
