import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { patience } from "../../../scripts/patience.ts";

const web = fileURLToPath(new URL("..", import.meta.url));
const built = join(web, "dist", "index.html");
const lock = join(web, "node_modules", ".building");
const longestMilliseconds = patience.hookTimeout;

/** Builds the web app as it ships if its sources are newer; test files that run side by side build it once. */
export async function buildIfStale(): Promise<void> {
  while (isStale()) {
    if (!taken()) await pause(200);
    else await build().finally(() => rmSync(lock, { recursive: true, force: true }));
  }
}

async function build(): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin", "vite.js");
  // Not what the test runner says of the environment: that would build React's development half.
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel", "error"], {
    cwd: web,
    env: { PATH: process.env["PATH"] },
  });
}

function isStale(): boolean {
  const sources = ["index.html", "vite.config.ts", "package.json"].map((name) => join(web, name));
  const folders = ["src", "public"].map((name) => join(web, name));
  const newest = Math.max(...sources.map(changedAt), ...folders.map(newestIn));
  return !existsSync(built) || changedAt(built) <= newest || existsSync(lock);
}

/** Whether this process builds: nobody else does, or whoever did was killed long ago. */
function taken(): boolean {
  try {
    mkdirSync(dirname(lock), { recursive: true });
    mkdirSync(lock);
    return true;
  } catch {
    if (existsSync(lock) && Date.now() - changedAt(lock) > longestMilliseconds) rmSync(lock, { recursive: true });
    return false;
  }
}

function newestIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...entries.map((entry) => changedAt(join(entry.parentPath, entry.name))));
}

function changedAt(path: string): number {
  return statSync(path).mtimeMs;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
