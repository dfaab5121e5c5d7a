import type { IncomingHttpHeaders } from "node:http";
import { type Actor, mayActFor, mayAskFor } from "../../access/actor.ts";
import type { Address, Door, Peek } from "../doors.ts";
import type { Plain, Visit } from "../plain.ts";
import { contextIn } from "./ask.ts";
import { checkHead, Gone, readBytes } from "./body.ts";
import { preflight, shared } from "./cors.ts";
import type { Evaluate } from "./evaluate.ts";
import { failureBody, OfrepFailure, ofrepFailureOf, unauthenticated } from "./failure.ts";
import type { Listening } from "./listen.ts";
import { bulk, events, single } from "./paths.ts";

export type OfrepDeps = {
  plain: Plain;
  peek: Peek;
  resolve: (headers: IncomingHttpHeaders) => Promise<Actor>;
  evaluate: Evaluate;
  listen: Listening;
  /** Told what nobody foresaw. */
  onFault: (visit: Visit, error: unknown) => void;
};

/** What is asked for: all flags (`key` undefined) or one; or the stream. */
type Route = { endpoint: string; method: "POST" | "GET"; key?: string };

/** OFREP 0.3, the protocol that OpenFeature's own clients speak. */
export function createOfrep(deps: OfrepDeps): Door {
  const { plain, evaluate, listen } = deps;

  const refuse = (visit: Visit, error: unknown, key: string | undefined) => {
    if (error instanceof Gone) return plain.left(visit);
    const { failure, cause } = ofrepFailureOf(error);
    if (cause !== undefined) deps.onFault(visit, cause);
    plain.answer(visit, failure.status, [...json, ...refusalHeaders(failure)], failureBody(failure, key));
  };

  const proceed = (visit: Visit, actor: Actor, { key, endpoint }: Route, query: URLSearchParams) => {
    const refused = (error: unknown) => refuse(visit, error, key);
    try {
      if (endpoint === events) return listen({ visit, actor, query, refused });
      if (actor.kind === "anonymous") throw unauthenticated();
      if (actor.kind === "admin_key")
        throw new OfrepFailure(403, "GENERAL", "An admin key manages flags; it does not ask");
      checkHead(visit.request);
    } catch (error) {
      return refused(error);
    }

    const answer = (body: Buffer) => {
      try {
        const context = contextIn(body);
        const { targetingKey } = context;
        if (targetingKey && !mayAskFor(actor, targetingKey))
          throw new OfrepFailure(403, "GENERAL", "These credentials may not ask for that targetingKey");
        const vouched = targetingKey ? mayActFor(actor, targetingKey) : false;
        const asked = { visit, actor, context, vouched, refused };
        if (key === undefined) evaluate.all(asked, query);
        else evaluate.one(asked, key);
      } catch (error) {
        refused(error);
      }
    };
    readBytes(visit.request, answer, refused);
  };

  return (request, response, address) => {
    if (!address.path.startsWith("/ofrep/") && address.path !== "/ofrep") return false;
    const route = routeOf(address);
    const visit = plain.visit(request, response, route?.endpoint ?? "/ofrep/{unknown}");
    if (request.method === "OPTIONS") {
      plain.answer(visit, 204, preflight);
      return true;
    }

    const refused = (error: unknown) => refuse(visit, error, route?.key);
    try {
      if (!route) throw new OfrepFailure(404, "GENERAL", "Not found");
      if (request.method !== route.method) throw new OfrepFailure(405, "GENERAL", `Use ${route.method}`);
      const query = new URLSearchParams(address.query);
      const actor = deps.peek(request.headers);
      if (actor) proceed(visit, actor, route, query);
      else deps.resolve(request.headers).then((found) => proceed(visit, found, route, query), refused);
    } catch (error) {
      refused(error);
    }
    return true;
  };
}

/** What every answer of this door has beside its body. */
const json = ["Content-Type", "application/json; charset=utf-8", ...shared];

function routeOf({ path }: Address): Route | undefined {
  if (path === events) return { endpoint: events, method: "GET" };
  if (path === bulk || path === `${bulk}/`) return { endpoint: bulk, method: "POST" };
  if (!path.startsWith(`${bulk}/`)) return undefined;
  const key = decoded(path.slice(bulk.length + 1));
  return key === undefined ? undefined : { endpoint: single, method: "POST", key };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function refusalHeaders({ status, retryAfterSeconds }: OfrepFailure): string[] {
  const headers = retryAfterSeconds === undefined ? [] : ["Retry-After", String(Math.ceil(retryAfterSeconds))];
  if (status === 401) headers.push("WWW-Authenticate", "Bearer");
  if (status === 405) headers.push("Allow", "POST, GET, OPTIONS");
  // The rest of a body that is too large is not waited for.
  if (status === 413) headers.push("Connection", "close");
  return headers;
}
