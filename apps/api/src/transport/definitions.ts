import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FlagSet } from "@beq/flags";
import type { Actor } from "../access/actor.ts";
import { detailOf, Failure, failureOf, status } from "../failure.ts";
import type { Door, Peek } from "./doors.ts";
import { jsonType, type Plain, type Visit } from "./plain.ts";

export type DefinitionsDeps = {
  plain: Plain;
  flags: { readonly flagSet: FlagSet };
  peek: Peek;
  resolve: (headers: IncomingHttpHeaders) => Promise<Actor>;
};

const path = "/api/v1/flags/definitions";
const pack = promisify<string, Buffer>(gzip);

type Stored = { flagSet: FlagSet; text: string; etag: string; packed: Promise<Buffer> | undefined };

/**
 * The whole set in force, for servers that evaluate for themselves: rules and ids included, so for server and admin keys
 * alone. The document, its ETag and its compressed form are made once for each version.
 */
export function createDefinitions({ plain, flags, peek, resolve }: DefinitionsDeps): Door {
  let stored: Stored | undefined;
  const current = (): Stored => {
    if (stored?.flagSet !== flags.flagSet) stored = documentOf(flags.flagSet);
    return stored;
  };

  const answer = (visit: Visit, actor: Actor) => {
    const failure = refusal(actor);
    if (failure) return refuse(plain, visit, failure);

    const document = current();
    const { headers } = visit.request;
    const known = ["ETag", document.etag, "Cache-Control", "private, no-cache", "Vary", "Accept-Encoding"];
    if (hasTag(headers["if-none-match"], document.etag)) return plain.answer(visit, 304, known);
    if (!/\bgzip\b/.test(String(headers["accept-encoding"] ?? "")))
      return plain.answer(visit, 200, [...jsonType, ...known], document.text);

    // Off the event loop: a set may be megabytes.
    document.packed ??= pack(document.text);
    const send = (packed: Buffer) =>
      plain.answer(visit, 200, [...jsonType, "Content-Encoding", "gzip", ...known], packed);
    document.packed.then(send, (error: unknown) => refuse(plain, visit, failureOf(error, undefined)));
  };

  return (request, response, address) => {
    if (request.method !== "GET" || address.path.replace(/\/$/, "") !== path) return false;
    const visit = plain.visit(request, response, path);
    const refused = (error: unknown) => refuse(plain, visit, failureOf(error, undefined));
    try {
      const actor = peek(request.headers);
      if (actor) answer(visit, actor);
      else resolve(request.headers).then((found) => answer(visit, found), refused);
    } catch (error) {
      refused(error);
    }
    return true;
  };
}

function refusal({ kind }: Actor): Failure | undefined {
  if (kind === "server_key" || kind === "admin_key") return undefined;
  return kind === "anonymous" || kind === "local"
    ? new Failure("unauthenticated", "Definitions ask for a server key")
    : new Failure("forbidden", "These credentials may not read definitions");
}

function refuse(plain: Plain, visit: Visit, failure: Failure): void {
  const retry = failure.retryAfterSeconds;
  const headers = [...jsonType];
  if (retry !== undefined) headers.push("Retry-After", String(Math.ceil(retry)));
  if (failure.code === "unauthenticated") headers.push("WWW-Authenticate", "Bearer");
  plain.answer(visit, status[failure.code], headers, JSON.stringify({ detail: detailOf(failure, visit.requestId) }));
}

function documentOf(flagSet: FlagSet): Stored {
  const { version, flags, segments } = flagSet;
  const text = JSON.stringify({ version, flags, segments });
  // Weak: plain and compressed, it is the same document.
  const etag = `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  return { flagSet, text, etag, packed: undefined };
}

/** Whether `If-None-Match` names this tag, strong or weak. */
export function hasTag(given: string | undefined, etag: string): boolean {
  if (given === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return given === etag || given.split(",").some((tag) => opaque(tag) === opaque(etag));
}
