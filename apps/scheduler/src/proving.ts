import { readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { Progress } from "./contract/index.ts";
import type { FromProver, ProofJob } from "./job.ts";
import { createProve } from "./closing.ts";
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
};

post({ type: "proved", outcome: await proveJob(workerData as ProofJob, tools) });

function post(message: FromProver): void {
  parent?.postMessage(message, []);
}

/** Plans that somebody waits for come before proofs. Only Linux knows threads by a number; elsewhere all are equal. */
function stepBack(): void {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    return;
  }
}
