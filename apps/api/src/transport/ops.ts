import type { Telemetry } from "@beq/telemetry";
import type { Handler } from "express";
import { sameSecret } from "../access/actor.ts";
import { Failure } from "../failure.ts";

export type MetricsOptions = {
  telemetry: Pick<Telemetry, "metrics" | "contentType">;
  /** Bound to loopback: the page is open unless a token is set. */
  loopback: boolean;
  token: string | undefined;
};

/** Prometheus' page. Off loopback it asks for the token, and does not exist while none is set. */
export function createMetrics({ telemetry, loopback, token }: MetricsOptions): Handler {
  return async (request, response) => {
    response.locals["endpoint"] = "/metrics";
    if (!loopback && !token) throw new Failure("missing", "Not found");
    if (token && !sameSecret(request.headers.authorization ?? "", `Bearer ${token}`))
      throw new Failure("unauthenticated", "Credentials are missing or wrong");

    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Type", telemetry.contentType);
    response.end(await telemetry.metrics());
  };
}
