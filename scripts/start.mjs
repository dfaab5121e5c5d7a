// Installs, builds and runs BeQ: the API with the web app, and the scheduler. Ctrl-C stops both.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { build, ensureInstalled, root } from "./install.mjs";

const patienceMilliseconds = 60_000;

ensureInstalled();
build();

const envFile = join(root, ".env");
const env = { ...(existsSync(envFile) ? parseEnv(readFileSync(envFile, "utf8")) : {}), ...process.env };
const scheduler = `http://${env.SCHEDULER_HOST || "127.0.0.1"}:${env.SCHEDULER_PORT || 8001}`;
const api = `http://${env.HOST || "127.0.0.1"}:${env.PORT || 8000}`;

const children = [
  start("scheduler", {}),
  start("api", { SCHEDULER_SERVICE_URL: env.SCHEDULER_SERVICE_URL || scheduler }),
];
let stopping = false;
process.on("SIGINT", () => stop(0));
process.on("SIGTERM", () => stop(0));

try {
  await Promise.all([answers(`${scheduler}/health`), answers(`${api}/health/ready`)]);
  process.stdout.write(`
BeQ is ready.
  App        ${api}
  REST API   ${api}/docs
  Metrics    ${api}/metrics and ${scheduler}/metrics

Plan the sample week from a shell:
  curl -s ${api}/api/v1/schedule/generate -H 'Content-Type: application/json' -d @apps/scheduler/fixtures/week.json

Ctrl-C stops it.
`);
} catch (error) {
  if (!stopping) process.stderr.write(`${error.message}\n`);
  stop(1);
}

function start(app, variables) {
  const child = spawn(process.execPath, ["--enable-source-maps", `apps/${app}/dist/main.js`], {
    cwd: root,
    // A group of its own: Ctrl-C reaches it through us alone, once. The channel tells it when we are gone.
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, ...variables },
  });
  child.on("exit", (code) => {
    if (!stopping) process.stderr.write(`The ${app} has ended with code ${code}.\n`);
    stop(code ?? 1);
  });
  return child;
}

/** Asks both to stop, waits for them, and ends with `code`. */
function stop(code) {
  if (stopping) return;
  stopping = true;
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null);
  for (const child of running) child.kill("SIGTERM");
  void Promise.all(running.map((child) => new Promise((resolve) => child.once("exit", resolve)))).then(() =>
    process.exit(code),
  );
}

async function answers(url) {
  const until = Date.now() + patienceMilliseconds;
  while (!stopping && Date.now() < until) {
    if (await isOk(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within ${patienceMilliseconds / 1000} s`);
}

async function isOk(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
