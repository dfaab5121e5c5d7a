import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Correlation, Logger, Telemetry } from "@beq/telemetry";
import express, { type Express } from "express";
import { apiRoutes } from "./api.ts";
import type { Config } from "./config.ts";
import { createDoors } from "./doors.ts";
import { failure, Refused } from "./failure.ts";
import type { Effort } from "./job.ts";
import { answered, correlated } from "./observe.ts";
import { opsRoutes } from "./ops.ts";
import type { Pool } from "./pool.ts";
import type { Prover } from "./prover.ts";

export type ServerDeps = {
  config: Config;
  version: string;
  /** Epoch milliseconds: what plans take for the present. */
  now: () => number;
  effort: Effort;
  pool: Pool;
  prover: Prover;
  telemetry: Telemetry;
  logger: Logger;
  correlation: Correlation;
};

export type Server = {
  /** Resolves with the base URL once requests are answered; rejects with the system's error, e.g. code EADDRINUSE. */
  listen: () => Promise<string>;
  /** Takes no new connection, answers every request it has within the time limit, then ends the workers. */
  close: () => Promise<void>;
};

// A body may arrive this slowly, and no slower.
const requestMilliseconds = 30_000;
// The API's next request must not meet a connection that is being closed.
const keepAliveMilliseconds = 65_000;
// What a request may take beyond its time limit: a stuck worker is ended and the answer written.
const closingMilliseconds = 3_000;

/** The scheduler over HTTP. The pool is closed with it. */
export function createServer(deps: ServerDeps): Server {
  const { config, pool, prover } = deps;
  const timeouts = { requestTimeout: requestMilliseconds, keepAliveTimeout: keepAliveMilliseconds };
  const server = createHttpServer(timeouts, createApp(deps));
  const shut = createDoors(server);

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(config.port, config.host, () => {
          server.off("error", reject);
          resolve(urlOf(server.address() as AddressInfo));
        });
      }),
    close: async () => {
      await shut((config.timeLimitSeconds + config.proofSeconds) * 1_000 + closingMilliseconds);
      await Promise.all([pool.close(), prover.close()]);
    },
  };
}

function createApp(deps: ServerDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", false);
  app.use(correlated(deps.correlation));
  app.use(opsRoutes(deps));
  app.use("/api", apiRoutes(deps));
  app.use(() => {
    throw new Refused(failure("missing", "Not found"));
  });
  app.use(answered(deps.logger));
  return app;
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
