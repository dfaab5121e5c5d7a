/** A solver thread of the test's own: `onJob` is the body of its message handler, with `job` and `done(outcome)`. */
export function program(onJob: string): URL {
  const source = `
    import { parentPort } from "node:worker_threads";
    const done = (outcome) => parentPort.postMessage({ type: "outcome", outcome });
    const answer = (value) => done({ kind: "answer", json: JSON.stringify(value), facts: { user_id: "u", success: true, event_count: 0, confidence_score: 1, has_existing_events: false, seconds: 0 } });
    const text = (job) => new TextDecoder().decode(job.body);
    parentPort.on("message", (job) => { ${onJob} });
    parentPort.postMessage({ type: "ready" });
  `;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}
