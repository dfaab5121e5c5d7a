import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Who is asking. `local` is whoever sits at this machine while the server is in open mode. */
export type Actor = { kind: "anonymous" } | { kind: "local" } | { kind: "server_key" };

export type Access = { open: boolean; serverKey: string | undefined };

const loopback = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const forwarding = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];

/**
 * The actor that these headers stand for. A credential that is wrong makes nobody, in open mode too: its sender
 * believes in an account that does not exist here.
 */
export function actorOf(headers: IncomingHttpHeaders, { open, serverKey }: Access): Actor {
  const key = presentedKey(headers);
  if (key !== undefined)
    return serverKey && sameSecret(key, serverKey) ? { kind: "server_key" } : { kind: "anonymous" };
  return open && isDirect(headers) ? { kind: "local" } : { kind: "anonymous" };
}

/** Whether the actor may read and change what belongs to `userId`. */
export function mayActFor(actor: Actor, _userId: string): boolean {
  switch (actor.kind) {
    case "local":
    case "server_key":
      return true;
    case "anonymous":
      return false;
  }
}

/** Compares in a time that does not depend on where the two differ. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function presentedKey(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? "")?.[1];
  const apiKey = headers["x-api-key"];
  return bearer ?? (Array.isArray(apiKey) ? apiKey[0] : apiKey) ?? headers.authorization;
}

/** Nothing stands between us and a person at this machine: no proxy, no page of another site, no borrowed name. */
function isDirect(headers: IncomingHttpHeaders): boolean {
  if (forwarding.some((name) => headers[name] !== undefined)) return false;
  if (!loopback.test(headers.host ?? "")) return false;
  return headers.origin === undefined || loopback.test(headers.origin.replace(/^https?:\/\//, ""));
}
