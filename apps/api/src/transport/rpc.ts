import type { AnyTRPCRouter } from "@trpc/server";
import { type CreateExpressContextOptions, createExpressMiddleware } from "@trpc/server/adapters/express";
import { limits } from "@beq/scheduler/contract";
import type { Handler, Request } from "express";
import { hasRole } from "../access/actor.ts";
import type { Context } from "../context.ts";
import { Failure, failureOf, trpcError } from "../failure.ts";
import { documentBytes } from "./body.ts";
import type { Held } from "./held.ts";
import { operationsOf } from "./operations.ts";

const mostInOneBatch = 20;
// Others are no procedure's, and of some the library could not even make a request.
const methods = new Set(["GET", "HEAD", "POST"]);

export type RpcOptions = {
  router: AnyTRPCRouter;
  contextOf: (request: Request) => Context | Promise<Context>;
  /** Told of each answer that goes on. */
  hold: Held["hold"];
};

/** The typed door: every procedure under `/trpc`. */
export function createRpc({ router, contextOf, hold }: RpcOptions): Handler {
  const known = new Set(Object.keys(router._def.procedures));
  const roomy = new Set(operationsOf(router).flatMap(({ name, http }) => (http.roomy ? [name] : [])));
  const options = {
    router,
    createContext: async ({ req, res, info }: CreateExpressContextOptions) => {
      try {
        const context = await contextOf(req);
        if (info.type === "subscription") hold(res, context.actor, req.headers);
        return context;
      } catch (error) {
        const failure = failureOf(error, undefined);
        if (failure.retryAfterSeconds) res.setHeader("Retry-After", String(Math.ceil(failure.retryAfterSeconds)));
        throw trpcError(failure);
      }
    },
    maxBatchSize: mostInOneBatch,
  };
  const handle = createExpressMiddleware({ ...options, maxBodySize: limits.bodyBytes });
  const handleDocument = createExpressMiddleware({ ...options, maxBodySize: documentBytes });

  return async (request, response, next) => {
    if (!methods.has(request.method)) throw new Failure("missing", "Not found");
    const name = request.path.slice(1);
    response.locals["endpoint"] = known.has(name) ? `/trpc/${name}` : "/trpc/{procedures}";
    const isLarge = Number(request.headers["content-length"]) > limits.bodyBytes;
    // Only who may see documents may make us read one.
    const isDocument = isLarge && roomy.has(name) && hasRole((await contextOf(request)).actor, "viewer");
    return isDocument ? handleDocument(request, response, next) : handle(request, response, next);
  };
}
