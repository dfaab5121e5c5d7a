import type { Correlation, Telemetry } from "@beq/telemetry";
import express, { type ErrorRequestHandler, type Express, type Handler, type Request } from "express";
import type { Access } from "./access/access.ts";
import type { Actor } from "./access/actor.ts";
import type { Context, Services } from "./context.ts";
import { Failure, failureOf } from "./failure.ts";
import type { Forced } from "./features/override.ts";
import { appRouter } from "./router.ts";
import { answerFailure } from "./transport/answer.ts";
import { createAuthDoor } from "./transport/auth.ts";
import { createDocs } from "./transport/docs.ts";
import type { Held } from "./transport/held.ts";
import { securityHeaders } from "./transport/headers.ts";
import { createMetrics } from "./transport/ops.ts";
import { createRest } from "./transport/rest.ts";
import { createRpc } from "./transport/rpc.ts";
import { createWeb } from "./transport/web.ts";

export type AppOptions = {
  services: Services;
  access: Access;
  /** What the token among a request's headers forces. */
  forcing: (headers: Request["headers"]) => Forced | undefined;
  correlation: Correlation;
  hold: Held["hold"];
  loopback: boolean;
  overTls: boolean;
  metricsToken: string | undefined;
  /** Folder of the built web app. */
  webDirectory: string;
};

/** Mounts every transport over the same router. */
export function createApp({
  services,
  access,
  forcing,
  correlation,
  hold,
  loopback,
  overTls,
  metricsToken,
  webDirectory,
}: AppOptions): Express {
  const { telemetry } = services;
  const contextAs = (actor: Actor, { headers }: Request): Context => ({
    ...services,
    actor,
    forced: forcing(headers),
    requestId: correlation.current()?.request_id ?? "",
  });
  const contextOf = (request: Request, actor = access.peek(request.headers)): Context | Promise<Context> =>
    actor ? contextAs(actor, request) : access.resolve(request.headers).then((found) => contextAs(found, request));

  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", "simple");
  app.use(correlated(correlation), securityHeaders(overTls), measured(telemetry));
  app.get("/metrics", createMetrics({ telemetry, loopback, token: metricsToken }));
  app.use(unforged(access));
  app.use(createAuthDoor(access));
  app.use(createRest({ router: appRouter, contextOf }));
  app.use("/trpc", createRpc({ router: appRouter, contextOf, hold }));
  app.use(createDocs(appRouter, services.health.version));
  app.use("/api", missing);
  app.use(createWeb(webDirectory));
  app.use(missing, failed(telemetry, correlation));
  return app;
}

/** Gives the request its ids, and the answer the one to quote. */
function correlated(correlation: Correlation): Handler {
  return (request, response, next) => {
    const ids = correlation.fromHeaders(request.headers);
    response.setHeader("X-Request-Id", ids.request_id);
    correlation.run(ids, next);
  };
}

function measured(telemetry: Telemetry): Handler {
  return (request, response, next) => {
    const started = performance.now();
    response.once("close", () => {
      const endpoint: unknown = response.locals["endpoint"];
      telemetry.recordRequest({
        method: request.method,
        endpoint: typeof endpoint === "string" ? endpoint : "unmatched",
        status: response.writableFinished ? response.statusCode : 499,
        seconds: (performance.now() - started) / 1000,
      });
    });
    next();
  };
}

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/** Refuses what another site's page writes with the cookies of a person here. */
function unforged(access: Pick<Access, "isForged">): Handler {
  return ({ method, headers }, _response, next) => {
    if (!reading.has(method) && access.isForged(headers))
      throw new Failure("forbidden", "A session writes from a page of this site only");
    next();
  };
}

const missing: Handler = () => {
  throw new Failure("missing", "Not found");
};

function failed(telemetry: Telemetry, correlation: Correlation): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const failure = isBadAddress(error)
      ? new Failure("malformed", "The address is not well-formed")
      : failureOf(error, undefined);
    if (failure.code === "internal")
      telemetry.record({ operation: "http", outcome: "error", error_type: "other", seconds: 0, cause: failure.cause });
    answerFailure(response, failure, correlation.current()?.request_id ?? "");
  };
}

// Express throws these for a path or range that cannot be decoded.
function isBadAddress(error: unknown): boolean {
  return error instanceof Error && "status" in error && (error.status === 400 || error.status === 416);
}
