import type { AnyTRPCRouter } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import { limits } from "@beq/scheduler/contract";
import type { Handler, Request } from "express";
import type { Context } from "../context.ts";

const mostInOneBatch = 20;

/** The typed door: every procedure under `/trpc`. */
export function createRpc(router: AnyTRPCRouter, contextOf: (request: Request) => Context): Handler {
  const known = new Set(Object.keys(router._def.procedures));
  const handle = createExpressMiddleware({
    router,
    createContext: ({ req }) => contextOf(req),
    maxBodySize: limits.bodyBytes,
    maxBatchSize: mostInOneBatch,
  });
  return (request, response, next) => {
    const name = request.path.slice(1);
    response.locals["endpoint"] = known.has(name) ? `/trpc/${name}` : "/trpc/{procedures}";
    return handle(request, response, next);
  };
}
