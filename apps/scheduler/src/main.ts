import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Config, configure, environment, isLoopback } from "./config.ts";
import { createDeps } from "./deps.ts";
import { createServer } from "./server.ts";
import { traceOf } from "./thread.ts";

const file = existsSync(".env") ? readFileSync(".env", "utf8") : "";
const configured = configure(environment(file, process.env), availableParallelism());
if (configured.ok) await run(configured.config);
else refuse(configured.problem);

async function run(config: Config): Promise<void> {
  const deps = createDeps({ config });
  const server = createServer(deps);
  const { logger, pool } = deps;

  let ending = false;
  async function end(exitCode: number, reason: string): Promise<void> {
    if (ending) return;
    ending = true;
    logger.info("Scheduler stopping", { reason });
    await server.close();
    await logger.flush();
    process.exit(exitCode);
  }

  try {
    await pool.ready;
    const url = await server.listen();
    logger.info(`Scheduler listening on ${url}`, { url, workers: config.workers });
  } catch (error) {
    return refuse(startProblem(error, config));
  }

  if (!isLoopback(config.host) && config.metricsToken === undefined)
    logger.warn("/metrics is not served: METRICS_TOKEN is not set and SCHEDULER_HOST is not loopback");
  // Once: a second signal ends the process at once, as its default is.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end(0, signal));
  // Who started this process with a channel is gone, however it went.
  process.once("disconnect", () => void end(0, "disconnect"));
  process.once("uncaughtException", (error) => {
    logger.error("Scheduler broke down", { trace: traceOf(error) });
    void end(1, "uncaughtException");
  });
}

function startProblem(error: unknown, { host, port }: Config): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `SCHEDULER_PORT=${port}: expected a free port, but ${host}:${port} is in use`;
  if (code === "EACCES") return `SCHEDULER_PORT=${port}: expected a port that this user may open`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `SCHEDULER_HOST="${host}": expected a name or address of this machine`;
  return error instanceof Error ? error.message : String(error);
}

function refuse(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
