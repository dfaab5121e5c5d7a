import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** What a request shows to say who sends it; `digest` names it in memory, where the text itself is not kept. */
export type Credential = { kind: "key" | "session"; text: string; digest: string };

const loopback = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const forwarding = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];

/** The credential that these headers present, right or wrong. A key goes before a session. */
export function credentialIn(headers: IncomingHttpHeaders, sessionCookie: string): Credential | undefined {
  const key = presentedKey(headers);
  if (key !== undefined) return { kind: "key", text: key, digest: digestOf(key) };

  const session = cookieIn(headers, sessionCookie);
  return session ? { kind: "session", text: session, digest: digestOf(session) } : undefined;
}

/** SHA-256 in base64url, the form in which the keys' table has it. */
export function digestOf(text: string): string {
  return hash("sha256", text, "base64url");
}

function presentedKey(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? "")?.[1];
  const apiKey = headers["x-api-key"];
  return bearer ?? (Array.isArray(apiKey) ? apiKey[0] : apiKey) ?? headers.authorization;
}

/** The value of a cookie, as it was sent. */
export function cookieIn({ cookie = "" }: Pick<IncomingHttpHeaders, "cookie">, name: string): string | undefined {
  if (!cookie.includes(name)) return undefined;
  const start = `${name}=`;
  return cookie
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start))
    ?.slice(start.length);
}

/** Nothing stands between us and a person at this machine: no proxy, no page of another site, no borrowed name. */
export function isDirect(headers: IncomingHttpHeaders): boolean {
  if (forwarding.some((name) => headers[name] !== undefined)) return false;
  if (!loopback.test(headers.host ?? "")) return false;
  return headers.origin === undefined || isLoopback(headers.origin);
}

export type Origins = {
  /** Where people reach the web app, such as `https://beq.example`; without it a page may be wherever we are. */
  publicUrl: string | undefined;
  loopback: boolean;
};

/** Whether a page of `origin` may act with the cookies of a person here, being our own. */
export function isOwn(origin: string, host: string | undefined, { publicUrl, loopback }: Origins): boolean {
  if (publicUrl) return origin === new URL(publicUrl).origin;
  if (loopback && isLoopback(origin)) return true;
  return host !== undefined && /^https?:\/\//.test(origin) && origin.replace(/^https?:\/\//, "") === host;
}

/** Whether the request was sent by a page of ours. One that does not say was not: every browser says it on a write. */
export function isFromOwnPage(headers: IncomingHttpHeaders, origins: Origins): boolean {
  if (headers.origin !== undefined) return isOwn(headers.origin, headers.host, origins);
  return headers["sec-fetch-site"] === "same-origin";
}

function isLoopback(origin: string): boolean {
  return loopback.test(origin.replace(/^https?:\/\//, ""));
}
