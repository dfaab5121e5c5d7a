import { type LookupAddress, lookup as resolveName } from "node:dns";
import { type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { isPublic, literalOf } from "./address.ts";

/** What came of one attempt: the receiver's status, or why there was none. */
export type Sent = { status: number } | { error: string };

export type Send = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  stopping: AbortSignal,
) => Promise<Sent>;

/** Thrown when a name leads where webhooks may not go. */
class Private extends Error {}

const timeoutMilliseconds = 10_000;

/**
 * Makes the function that posts to webhooks: one connection a message, no redirects followed, the answer's body unread,
 * 10 seconds for everything. Unless `allowPrivate`, the addresses that it connects to are looked at after the name was
 * resolved, so that a name cannot change its mind in between.
 */
export function createSend({ allowPrivate }: { allowPrivate: boolean }): Send {
  return (address, headers, body, stopping) =>
    new Promise((resolve) => {
      const url = new URL(address);
      const literal = literalOf(url.hostname);
      if (!allowPrivate && literal !== undefined && !isPublic(literal)) return resolve({ error: inside });

      const options: RequestOptions = {
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        agent: false,
        signal: AbortSignal.any([stopping, AbortSignal.timeout(timeoutMilliseconds)]),
        ...(allowPrivate ? {} : { lookup: lookupPublic }),
      };
      const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, options, (response) => {
        resolve({ status: response.statusCode ?? 0 });
        response.destroy();
      });
      request.on("error", (error) => resolve({ error: stopping.aborted ? "BeQ was stopped" : reasonOf(error) }));
      request.end(body);
    });
}

const inside = "the address is in a private network";

const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublic(address))) return done(new Private(inside), []);
    if (options.all) return done(null, addresses satisfies LookupAddress[]);
    return done(null, first.address, first.family);
  });
};

// Written into the log that people read; names no address that a resolver answered.
function reasonOf(error: Error): string {
  if (error instanceof Private) return error.message;
  if (error.name === "AbortError" || error.name === "TimeoutError") return "no answer in 10 s";
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? "the connection failed" : (words[code] ?? `the connection failed (${code})`);
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens at the address",
  ENOTFOUND: "the name of the host is not known",
  ECONNRESET: "the connection was cut",
  EPROTO: "no TLS could be agreed on",
  CERT_HAS_EXPIRED: "the certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is another host's",
};
