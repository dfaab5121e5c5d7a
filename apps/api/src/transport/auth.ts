import express, { type Request, type Response, type Router } from "express";
import type { Access } from "../access/access.ts";
import { createThrottle, type Throttle } from "../access/bucket.ts";
import { createDevices, type Devices } from "../access/device.ts";
import { Failure } from "../failure.ts";
import { query } from "../store/open.ts";
import { readBody } from "./body.ts";

export type AuthDoorDeps = Pick<Access, "auth" | "ping" | "elapsed">;

/** What of the library's many endpoints is served; accounts, roles and keys have procedures of ours. */
const served = new Map([
  ["/sign-in/email", "POST"],
  ["/sign-out", "POST"],
  ["/get-session", "GET"],
  ["/change-password", "POST"],
  ["/list-sessions", "GET"],
  ["/revoke-session", "POST"],
  ["/revoke-sessions", "POST"],
  ["/revoke-other-sessions", "POST"],
]);
const prefix = "/api/auth";
const longestField = 1_000;

// Guesses, not sign-ins: one that succeeds gives its attempt back. An office behind one address is many people.
const guesses = { address: { perSecond: 1 / 3, burst: 30 }, account: { perSecond: 1 / 30, burst: 10 } };

/** The door of sign-in and sessions, before the library that keeps them. */
export function createAuthDoor({ auth, ping, elapsed }: AuthDoorDeps): Router {
  const addresses = createThrottle(guesses.address, elapsed);
  const accounts = createThrottle(guesses.account, elapsed);
  const { secret = "", baseURL = "" } = auth.options;
  const devices = createDevices({ secret, overTls: baseURL.startsWith("https:") });
  const door = express.Router();

  door.all(`${prefix}/{*any}`, async (request, response) => {
    const path = request.path.slice(prefix.length).replace(/\/$/, "");
    if (served.get(path) !== request.method) throw new Failure("missing", "Not found");
    response.locals["endpoint"] = `${prefix}${path}`;

    const body = request.method === "POST" ? await fieldsOf(request, response) : undefined;
    const attempt = path === "/sign-in/email" ? guess(request, body, { addresses, accounts, devices }) : undefined;
    const sent = new globalThis.Request(addressOf(auth, path), asked(request, body));
    const answer = await query(() => auth.handler(sent));
    if (answer.ok) attempt?.giveBack();
    if (answer.status >= 500) return failed(ping);
    await send(response, answer, answer.ok ? attempt?.marks() : []);
  });
  return door;
}

async function fieldsOf(request: Request, response: Response): Promise<Record<string, unknown>> {
  const { "transfer-encoding": encoding, "content-length": length = "0" } = request.headers;
  const body = encoding === undefined && length === "0" ? {} : await readBody(request, response);
  const odd = Object.values(body).some(
    (value) => typeof value === "string" && (value.length > longestField || value.includes("\0")),
  );
  if (odd) throw new Failure("malformed", `A field is longer than ${longestField} characters, or holds a NUL`);
  return body;
}

type Throttles = { addresses: Throttle; accounts: Throttle; devices: Devices };

/** `giveBack`: it was no guess; `marks`: the cookie by which this browser is known from now on. */
type Attempt = { giveBack: () => void; marks: () => string[] };

/**
 * Takes an attempt of the address and of the account. A browser from which the account was signed in to before has
 * attempts of its own: neither strangers nor who shares its address, or its proxy, can use them up.
 */
function guess(
  { socket, headers }: Request,
  body: Record<string, unknown> | undefined,
  { addresses, accounts, devices }: Throttles,
): Attempt {
  const email = String(body?.["email"]).toLowerCase();
  const device = devices.known(headers.cookie, email);
  const taken: [Throttle, string][] =
    device === undefined
      ? [
          [addresses, socket.remoteAddress ?? ""],
          [accounts, email],
        ]
      : [[accounts, `${email} ${device}`]];
  for (const [throttle, name] of taken) {
    const seconds = throttle.take(name);
    if (seconds > 0) throw new Failure("limited", "Too many attempts to sign in", { retryAfterSeconds: seconds });
  }
  return {
    giveBack: () => taken.forEach(([throttle, name]) => throttle.giveBack(name)),
    marks: () => (device === undefined ? [devices.marked(email)] : []),
  };
}

function addressOf({ options }: Access["auth"], path: string): string {
  return `${options.baseURL}${prefix}${path}`;
}

const passedOn = ["cookie", "origin", "referer", "host", "user-agent", "sec-fetch-site", "sec-fetch-mode"];

function asked({ method, headers }: Request, body: Record<string, unknown> | undefined): RequestInit {
  const sent = passedOn.flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value] as [string, string]] : [];
  });
  return body
    ? { method, headers: [...sent, ["content-type", "application/json"]], body: JSON.stringify(body) }
    : { method, headers: sent };
}

/** The library does not say why it failed; the database does. */
async function failed(ping: () => Promise<void>): Promise<never> {
  try {
    await ping();
  } catch (cause) {
    throw new Failure("unavailable", "The database is not reachable", { retryAfterSeconds: 5, cause });
  }
  throw new Failure("internal", "Internal server error", { cause: new Error("The sessions' library failed") });
}

async function send(response: Response, answer: globalThis.Response, marks: readonly string[] = []): Promise<void> {
  const cookies = [...answer.headers.getSetCookie(), ...marks];
  if (cookies.length > 0) response.setHeader("Set-Cookie", cookies);
  response.setHeader("Cache-Control", "no-store");
  response
    .status(answer.status)
    .type("json")
    .send(await answer.text());
}
