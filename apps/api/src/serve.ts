import type { Server } from "node:http";
import { type AddressInfo, Server as NetServer } from "node:net";
import type { Logger } from "@beq/telemetry";
import type { Config } from "./config.ts";

type Stoppable = { logger: Logger; stop: () => void; close: () => Promise<void> };

export type ServeOptions = {
  server: Server;
  deps: Stoppable;
  config: Pick<Config, "port" | "host" | "open">;
  process: Pick<NodeJS.Process, "on" | "exit">;
};

// Long enough for whoever routes to us to see that we are no longer ready.
const farewellMilliseconds = 300;
// A connection that brings nothing for this long is idle; before, a request may be on its way in it.
const idleMilliseconds = 1_000;
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

/**
 * Ends without losing a request: says that it is not ready, takes no new connection, answers what comes on those that
 * are open and asks their clients to leave, and only then closes the ones that stay silent.
 */
async function shutDown(server: Server, deps: Stoppable): Promise<void> {
  deps.logger.info("API stops");
  deps.stop();
  await passed(farewellMilliseconds);

  server.prependListener("request", (_request, response) => response.setHeader("Connection", "close"));
  // Not http's own close: it ends idle connections at once, and with them a request that is on its way.
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  await Promise.race([closed, passed(idleMilliseconds)]);
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const tooLate = setTimeout(() => server.closeAllConnections(), patienceMilliseconds);
  await closed;
  clearInterval(idle);
  clearTimeout(tooLate);
  await deps.close();
}

function passed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
