// A process of the scheduler of its own for a benchmark, and the API in front of it.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answering, buildApi, during, freePort, run, startApi, stop } from "./api.mjs";

/** Builds both as they ship, starts them with an empty embedded database, and ends them whatever happens. */
export async function withPlanning(work) {
  const scheduler = buildScheduler();
  const api = buildApi();
  return during(startScheduler(scheduler), (solver) =>
    during(startApi(api, { env: { SCHEDULER_SERVICE_URL: solver.url } }), (server) => work(server, solver)),
  );
}

function buildScheduler() {
  const app = fileURLToPath(new URL("../apps/scheduler", import.meta.url));
  execFileSync("npx", ["vite", "build", "--logLevel", "error"], { cwd: app, stdio: "inherit" });
  return join(app, "dist/main.js");
}

async function startScheduler(main) {
  const port = await freePort();
  const child = run([process.execPath, main], { SCHEDULER_PORT: String(port), LOG_LEVEL: "warn" });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/health`, child);
  return { url, pid: child.pid, close: () => stop(child) };
}
