import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { authWords, createAuth } from "./auth.ts";

it("signs in with what was given, as JSON", async () => {
  const seen: string[] = [];
  await using server = await answering(200, { user: {} }, {}, seen);
  expect(await server.auth.signIn("ada@example.com", "secret secret")).toMatchObject({ ok: true });
  expect(seen).toEqual([`POST /api/auth/sign-in/email {"email":"ada@example.com","password":"secret secret"}`]);
});

it.each([
  [401, { code: "INVALID_EMAIL_OR_PASSWORD" }, {}, "This e-mail and password do not match."],
  [401, {}, {}, "Your session has ended. Sign in again; what you typed is kept."],
  [429, {}, { "retry-after": "12" }, "Too many attempts. Try again in 12 s."],
  [429, {}, {}, "Too many attempts. Try again in a minute."],
  [400, { code: "PASSWORD_TOO_SHORT", message: "Password too short" }, {}, "The new password is too short."],
  [400, { message: "Something else" }, {}, "Something else"],
  [503, {}, {}, "BeQ's server does not answer. Nothing was sent twice; try again."],
])("answers a %i with %j in words", async (status, body, headers, words) => {
  await using server = await answering(status, body, headers);
  const outcome = await server.auth.changePassword("a", "b");
  expect(outcome.ok ? "" : authWords(outcome.refusal)).toBe(words);
});

it("tells a server that is away from one that refuses", async () => {
  const auth = createAuth(() => Promise.reject(new TypeError("fetch failed")));
  expect(await auth.signOut()).toEqual({ ok: false, refusal: { kind: "unreachable" } });
});

/** A server that gives one answer to everything, and the account's client for it. */
async function answering(status: number, body: object, headers: Record<string, string>, seen: string[] = []) {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      seen.push(`${request.method} ${request.url} ${text}`);
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    auth: createAuth((path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
