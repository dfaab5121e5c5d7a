/** A solver thread of the test's own: `onJob` is the body of its message handler, with `job` and `done(outcome)`. */
export function program(onJob: string): URL {
  const source = `
    import { readlinkSync } from "node:fs";
    import { parentPort } from "node:worker_threads";
    const done = (outcome) => parentPort.postMessage({ type: "outcome", outcome });
    const answer = (value) => done({ kind: "answer", json: JSON.stringify(value), facts: { user_id: "u", success: true, event_count: 0, confidence_score: 1, has_existing_events: false, seconds: 0 }, known: { choices: new Int32Array(0), patterns: new Map(), cost: 0, lowerBound: null, proof: "none", cut: null } });
    const text = (job) => new TextDecoder().decode(job.body);
    parentPort.on("message", (job) => { ${onJob} });
    const thread = process.platform === "linux" ? Number(readlinkSync("/proc/thread-self").split("/").at(-1)) : undefined;
    parentPort.postMessage({ type: "ready", thread });
  `;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

/** A proving thread of the test's own: `body` has `job`, `report(progress)`, `keep(outcome)` and `done(outcome)`. */
export function prover(body: string): URL {
  const source = `
    import { parentPort, workerData as job } from "node:worker_threads";
    const report = (progress) => parentPort.postMessage({ type: "progress", progress });
    const keep = (outcome) => parentPort.postMessage({ type: "meanwhile", outcome });
    const done = (outcome) => parentPort.postMessage({ type: "proved", outcome });
    ${body}
  `;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}
