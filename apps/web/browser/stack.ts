import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";
import { patience } from "../../../scripts/patience.ts";
import { freePort } from "../../../scripts/port.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A directory with an embedded database, migrated and empty. */
    template: string;
  }
}

const apps = fileURLToPath(new URL("../..", import.meta.url));
// Less than the hook that waits for it: it says which of the two was not ready.
const patienceMilliseconds = (patience.hookTimeout * 2) / 3;
// A plan that was cut by the clock is another plan.
const unhurried = { SCHEDULER_TIME_LIMIT_SECONDS: "600", SCHEDULER_TIMEOUT_SECONDS: "600" };

/** The whole product on free ports, with an empty database, in a folder of its own. */
export type Stack = AsyncDisposable & {
  url: string;
  /** Replaces the `.env` file that the API follows. */
  setEnvironment: (lines: Readonly<Record<string, string>>) => void;
  stopScheduler: () => Promise<void>;
  startScheduler: () => Promise<void>;
};

/** Starts scheduler and API as they ship and waits until both are ready. */
export async function startStack(variables: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), "beq-browser-"));
  cpSync(inject("template"), join(folder, "data"), { recursive: true });
  const ports = { api: await freePort(), scheduler: await freePort() };
  const url = `http://127.0.0.1:${ports.api}`;
  const schedulerUrl = `http://127.0.0.1:${ports.scheduler}`;
  const startScheduler = () =>
    start("scheduler", folder, { ...unhurried, SCHEDULER_PORT: String(ports.scheduler) }, `${schedulerUrl}/health`);
  const own = { PORT: String(ports.api), DATA_DIR: join(folder, "data"), SCHEDULER_SERVICE_URL: schedulerUrl };
  const startApi = () => start("api", folder, { ...unhurried, ...variables, ...own }, `${url}/health/ready`);
  const [first, api] = await Promise.all([startScheduler(), startApi()]);
  let scheduler = first;
  return {
    url,
    setEnvironment: (lines) =>
      writeFileSync(
        join(folder, ".env"),
        Object.entries(lines)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(""),
      ),
    stopScheduler: () => stop(scheduler),
    async startScheduler() {
      scheduler = await startScheduler();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([stop(api), stop(scheduler)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(
  app: "api" | "scheduler",
  folder: string,
  environment: Record<string, string>,
  ready: string,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(apps, app, "dist", "main.js")], {
    cwd: folder,
    env: { PATH: process.env["PATH"], LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "inherit", "inherit"],
  });
  for (const until = Date.now() + patienceMilliseconds; Date.now() < until;) {
    if (child.exitCode !== null) throw new Error(`${app} ended with code ${child.exitCode} before it was ready`);
    if (await answers(ready)) return child;
  }
  child.kill("SIGKILL");
  throw new Error(`${app} was not ready within ${patienceMilliseconds / 1_000} s`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    // A refused connection comes back at once: let the other process have the core.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
