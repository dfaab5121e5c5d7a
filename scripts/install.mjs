import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Installs what the lock file names, unless that was done since it last changed. */
export function ensureInstalled() {
  if (changedAt("node_modules/.package-lock.json") >= changedAt("package-lock.json")) return;

  process.stdout.write("Installing dependencies …\n");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/** Builds every app that changed since it was last built. */
export function build() {
  process.stdout.write("Building what changed …\n");
  const { status, stdout, error } = spawnSync(
    "node_modules/.bin/turbo",
    ["run", "build", "--output-logs=errors-only"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    },
  );
  if (status === 0) return;

  process.stderr.write(error ? `turbo: ${error.message}\n` : stdout);
  process.exit(status ?? 1);
}

/** Runs a command in the project's root; ends this process when it fails. */
export function run(command, args, env = {}) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ...env },
  });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  if (status !== 0) process.exit(status ?? (signal === "SIGINT" ? 130 : 1));
}

function changedAt(path) {
  return statSync(`${root}/${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
