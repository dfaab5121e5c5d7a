import { type AnyTRPCRouter, callTRPCProcedure } from "@trpc/server";
import type { Invalid } from "@beq/scheduler/contract";
import express, { type Request, type Response, type Router } from "express";
import { type Actor, anonymous, hasRole } from "../access/actor.ts";
import type { Context } from "../context.ts";
import { Failure, failureOf } from "../failure.ts";
import { answerFailure } from "./answer.ts";
import { isEmpty, readBody } from "./body.ts";
import { fromQuery, type Operation, operationsOf } from "./operations.ts";

export type RestOptions = {
  router: AnyTRPCRouter;
  /** The context of a request; of who is given, or of whom its headers stand for. */
  contextOf: (request: Request, actor?: Actor) => Context | Promise<Context>;
};

/** A route for every procedure that names a path in its meta. The procedure itself is called: nothing is written twice. */
export function createRest({ router, contextOf }: RestOptions): Router {
  const rest = express.Router();
  for (const operation of operationsOf(router)) {
    const { method, path } = operation.http;
    rest[method](path.replaceAll(/\{(\w+)\}/g, ":$1"), async (request, response) => {
      response.locals["endpoint"] = path;
      // What everybody may ask is answered without asking who it is.
      const context = await contextOf(request, operation.http.public ? anonymous : undefined);
      try {
        response.json(await call(router, operation, context, request, response));
      } catch (error) {
        answerFailure(response, located(failureOf(error, undefined), operation), context.requestId);
      }
    });
  }
  return rest;
}

async function call(
  router: AnyTRPCRouter,
  operation: Operation,
  ctx: Context,
  request: Request,
  response: Response,
): Promise<unknown> {
  // Before the body is read: who is nobody makes us parse nothing.
  if (!operation.http.public && ctx.actor.kind === "anonymous")
    throw new Failure("unauthenticated", "Credentials are missing or wrong");

  const isRoomy = operation.http.roomy === true && hasRole(ctx.actor, "viewer");
  const body = mayComeEmpty(operation, request) ? {} : await readBody(request, response, isRoomy);
  const input = { ...body, ...queryOf(request, operation), ...paramsOf(request, operation) };
  return callTRPCProcedure({
    router,
    path: operation.name,
    type: operation.type,
    getRawInput: async () => input,
    ctx,
    signal: departure(response),
    batchIndex: 0,
  });
}

/** Nothing is read of a question; a request that may leave every field out may leave the body out. */
function mayComeEmpty({ http, input, pathParameters }: Operation, request: Request): boolean {
  const mustSay = input.required?.some((name) => !pathParameters.includes(name)) ?? false;
  return http.method === "get" || (isEmpty(request) && !mustSay);
}

function queryOf({ query }: Request, { input, http }: Operation): Record<string, unknown> {
  if (http.method !== "get") return {};
  const entries = Object.entries(query).map(([name, value]) => {
    // FastAPI reads the last of several.
    const text = Array.isArray(value) ? value.at(-1) : value;
    return [name, typeof text === "string" ? fromQuery(text, input.properties?.[name]) : text];
  });
  return Object.fromEntries(entries);
}

function paramsOf({ params }: Request, { input }: Operation): Record<string, unknown> {
  const entries = Object.entries(params).map(([name, value]) => {
    return [name, typeof value === "string" ? fromQuery(value, input.properties?.[name]) : value];
  });
  return Object.fromEntries(entries);
}

/** Aborted when the client leaves before its answer is sent. */
function departure(response: Response): AbortSignal {
  const left = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}

/** The failure with `loc[0]` saying where each field came from. */
function located(failure: Failure, { pathParameters, http }: Operation): Failure {
  if (!Array.isArray(failure.detail)) return failure;
  const detail = failure.detail.map((item: Invalid) => {
    const [, field, ...rest] = item.loc;
    if (field === undefined) return item;
    const place = pathParameters.includes(String(field)) ? "path" : http.method === "get" ? "query" : "body";
    return { ...item, loc: [place, field, ...rest] };
  });
  return new Failure(failure.code, failure.message, { detail });
}
