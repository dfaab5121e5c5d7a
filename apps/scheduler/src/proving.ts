import { parentPort, workerData } from "node:worker_threads";
import type { Progress } from "./contract/index.ts";
import type { FromProver, ProofJob } from "./job.ts";
import { searchOn } from "./closing.ts";
import { proveJob } from "./proof.ts";

const parent = parentPort;
if (!parent) throw new Error("this program runs as a thread of the scheduler");

const tools = {
  prove: searchOn,
  clock: () => performance.now(),
  report: (progress: Progress) => post({ type: "progress", progress }),
};

post({ type: "proved", outcome: await proveJob(workerData as ProofJob, tools) });

function post(message: FromProver): void {
  parent?.postMessage(message, []);
}
