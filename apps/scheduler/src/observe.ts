import type { Correlation, Ids, Logger } from "@beq/telemetry";
import type { NextFunction, Request, Response } from "express";
import { failureOf, internal } from "./failure.ts";
import { sendFailure } from "./reply.ts";
import { traceOf } from "./thread.ts";

export type Locals = { ids: Ids };

/** Gives every request its ids, every answer its `X-Request-Id`, and every line of its work both. */
export function correlated(correlation: Correlation) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const ids = correlation.fromHeaders(request.headers);
    response.locals["ids"] = ids;
    response.setHeader("X-Request-Id", ids.request_id);
    response.setHeader("X-Content-Type-Options", "nosniff");
    correlation.run(ids, next);
  };
}

/** The last middleware: answers what was thrown. Express tells it by its four parameters. */
export function answered(logger: Pick<Logger, "error">) {
  return (error: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    const known = failureOf(error);
    const { ids } = response.locals as Locals;
    if (!known) logger.error("Request failed", { trace: traceOf(error) });
    if (response.headersSent) response.destroy();
    else sendFailure(response, known ?? internal(ids.request_id));
  };
}
