import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Builds the apps that changed since they were built: these tests run what ships. */
export async function setup(): Promise<void> {
  // Not what the test runner says of the environment: that would build React's development half.
  const env = { PATH: process.env["PATH"], TURBO_TELEMETRY_DISABLED: "1" };
  await promisify(execFile)("node_modules/.bin/turbo", ["run", "build", "--output-logs=errors-only"], {
    cwd: root,
    env,
  });
}
