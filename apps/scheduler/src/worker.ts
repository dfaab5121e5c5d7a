import { parentPort } from "node:worker_threads";
import type { Progress } from "./contract/index.ts";
import { ownThread } from "./cpu.ts";
import type { FromWorker, Job } from "./job.ts";
import { solve } from "./solve.ts";
import { warmUp } from "./warm.ts";

const parent = parentPort;
if (!parent) throw new Error("this program runs as a thread of the scheduler");

// What the parts of one search ask to be held, and somewhat more.
const mostHeld = 8;
const held: unknown[] = [];
const tools = {
  clock: () => performance.now(),
  report: (progress: Progress) => post({ type: "progress", progress }),
  hold: (searched: unknown) => void held.splice(0, held.push(searched) - mostHeld),
};

parent.on("message", (job: Job) => post({ type: "outcome", outcome: solve(job, tools) }));
warmUp((job) => solve(job, tools), tools.clock);
post({ type: "ready", thread: ownThread() });

function post(message: FromWorker): void {
  parent?.postMessage(message, []);
}
