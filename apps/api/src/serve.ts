import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "@beq/telemetry";
import type { Config } from "./config.ts";

type Stoppable = { logger: Logger; stop: () => void; close: () => Promise<void> };

export type ServeOptions = {
  server: Server;
  deps: Stoppable;
  config: Pick<Config, "port" | "host" | "open">;
  process: Pick<NodeJS.Process, "on" | "exit">;
};

// Long enough for clients on idle connections to hear that they should come back on another one.
const drainMilliseconds = 300;
const patienceMilliseconds = 30_000;

/** Listens until SIGTERM or SIGINT, then serves what has begun and exits. A second signal exits at once. */
export async function serve({ server, deps, config, process }: ServeOptions): Promise<void> {
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 65_000;
  await listening(server, config);
  const { port } = server.address() as AddressInfo;
  deps.logger.info(`API listens on http://${config.host}:${port}`, { open_mode: config.open });

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void shutDown(server, deps).then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // The launcher that started us over a channel is gone: nobody else would stop us.
  process.on("disconnect", stop);
}

function listening(server: Server, { port, host }: ServeOptions["config"]): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

/** Announces the end, drains, then closes: a request that reaches us is answered. */
async function shutDown(server: Server, deps: Stoppable): Promise<void> {
  deps.logger.info("API stops");
  deps.stop();
  await new Promise((resolve) => setTimeout(resolve, drainMilliseconds));
  const tooLate = setTimeout(() => server.closeAllConnections(), patienceMilliseconds);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(tooLate);
  await deps.close();
}
