import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { Progress } from "./contract/index.ts";
import { createProve } from "./closing.ts";
import { ownThread } from "./cpu.ts";
import type { FromProver, Outcome, ProofJob } from "./job.ts";
import { proveJob } from "./proof.ts";
import { createProver } from "./prove/prove.ts";

const parent = parentPort;
if (!parent) throw new Error("this program runs as a thread of the scheduler");

stepBack();
const clock = () => performance.now();
const tools = {
  prove: createProve(createProver(), clock),
  clock,
  report: (progress: Progress) => post({ type: "progress", progress }),
  keep: (outcome: Outcome) => post({ type: "meanwhile", outcome }),
};

post({ type: "proved", outcome: await proveJob(workerData as ProofJob, tools) });

function post(message: FromProver): void {
  parent?.postMessage(message, []);
}

/** Plans that somebody waits for come before proofs. Where threads have no numbers, or may not change, all are equal. */
function stepBack(): void {
  const thread = ownThread();
  if (thread === undefined) return;
  try {
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    return;
  }
}
