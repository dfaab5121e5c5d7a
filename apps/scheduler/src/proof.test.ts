import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createProve } from "./closing.ts";
import { GenerateAnswer, GenerateRequest } from "./contract/index.ts";
import type { Outcome, ProofJob } from "./job.ts";
import { judge, type Known, posedWeek, pursue } from "./optimize/index.ts";
import { proveJob } from "./proof.ts";
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
