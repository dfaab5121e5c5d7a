import { createServer } from "node:http";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { version } from "../package.json" with { type: "json" };
import { BadConfig, parseConfig } from "./config.ts";
import { createDeps } from "./deps.ts";
import { readVariables } from "./features/follow.ts";
import { serve } from "./serve.ts";
import { Locked } from "./store/lock.ts";

// The file is in src/ or, once built, in dist/: both stand beside migrations/.
const root = fileURLToPath(new URL("..", import.meta.url));

try {
  const envFile = resolve(".env");
  const variables = { ...readVariables(envFile), ...process.env };
  const config = parseConfig(variables);
  const deps = await createDeps(config, { version, root, envFile, environment: process.env, variables });
  await serve({ server: createServer(deps.listener), deps, config, process });
} catch (error) {
  process.stderr.write(`BeQ API does not start: ${lineOf(error)}\n`);
  process.exit(1);
}

function lineOf(error: unknown): string {
  if (error instanceof BadConfig || error instanceof Locked) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") return `PORT=${port} is in use by another process: stop it, or set another PORT`;
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") return `the database of DATABASE_URL is not reachable (${code})`;
  return error.stack ?? error.message;
}
