import { readFileSync } from "node:fs";
import { eq, inArray, sql } from "drizzle-orm";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultRates } from "../src/access/schema.ts";
import { account, apikey, session, user, verification } from "../src/store/people.ts";
import { password, type Sent, signIn } from "./accounts.ts";
import { noPostgres, startPostgres } from "./postgres.ts";
import { type Answer, type Api, serve } from "./serve.ts";

const origin = "https://beq.example";
const status = "/api/v1/features/status";
let open: Api;
let closed: Api;

beforeAll(async () => {
  open = await serve();
  closed = await serve({ env: { PUBLIC_URL: origin } });
});
afterAll(async () => {
  await open[Symbol.asyncDispose]();
  await closed[Symbol.asyncDispose]();
});

describe("the first account", () => {
  const asked = { name: "Ada", email: "ada@beq.example", password };

  it("is made straight from the page in open mode, once, however many try", async () => {
    await using api = await serve();
    expect(await me(api)).toMatchObject({ kind: "local", set_up_needed: true, set_up_token_needed: false });
    const tries = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        call(api, "access.setUp", { ...asked, email: `ada${index}@beq.example` }),
      ),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
    expect(await me(api)).toMatchObject({ set_up_needed: false });
  });

  it("asks, elsewhere, for the code that is in the log until there is an account", async () => {
    await using api = await serve({ env: { PUBLIC_URL: origin } });
    const code = codeIn(api);
    expect(await me(api)).toMatchObject({ kind: "anonymous", set_up_needed: true, set_up_token_needed: true });
    for (const token of [undefined, null, "", `${code}x`])
      expect([403, 422]).toContain((await call(api, "access.setUp", { ...asked, token })).status);
    expect(await call(api, "access.setUp", { ...asked, token: code })).toMatchObject({ status: 200 });
    expect(await call(api, "access.setUp", { ...asked, token: code })).toMatchObject({ status: 409 });
    expect(await signIn(api.url, origin, asked.email)).toHaveProperty("cookie");
  });

  it("is not made in open mode by what comes through a proxy", async () => {
    await using api = await serve();
    const sent = { "x-forwarded-for": "10.0.0.1" };
    expect(await call(api, "access.setUp", asked, sent)).toMatchObject({ status: 403 });
    expect(api.lines().some(({ message }) => String(message).includes("set-up code"))).toBe(false);
  });

  it.each([
    [{ password: "too short" }, "password"],
    [{ email: "nobody" }, "email"],
    [{ name: "" }, "name"],
    [{ name: "a\0b" }, "name"],
  ])("is refused with what does not fit: %o", async (wrong, field) => {
    expect(await call(open, "access.setUp", { ...asked, ...wrong })).toMatchObject({
      status: 422,
      body: { error: { data: { detail: [{ loc: ["body", field] }] } } },
    });
  });
});

describe("a session", () => {
  it("begins with a cookie that scripts cannot read and other sites do not send", async () => {
    await closed.as("admin");
    const { headers } = await closed.post(
      "/api/auth/sign-in/email",
      { email: "Admin@BeQ.example", password },
      { origin },
    );
    const [cookie = ""] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Secure-beq\.session_token=/);
    for (const part of ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"]) expect(cookie).toContain(part);
  });

  it("says who it is, and acts for its own user", async () => {
    const headers = await closed.as("viewer");
    const who = await me(closed, headers);
    expect(who).toMatchObject({ kind: "member", role: "viewer", email: "viewer@beq.example", name: "Ed viewer" });
    expect(await closed.get(`${status}?user_id=${String(who["user_id"])}`, headers)).toMatchObject({ status: 200 });
    expect(await closed.get(`${status}?user_id=somebody-else`, headers)).toMatchObject({ status: 403 });
    expect(await closed.get("/api/v1/schedule/somebody-else", headers)).toMatchObject({ status: 403 });
  });

  it("keeps the week of before the account, at this machine in open mode, and no other", async () => {
    const headers = await open.as("viewer");
    expect(await me(open, headers)).toMatchObject({ kind: "member", user_id: "local" });
    expect(await open.get("/api/v1/schedule/local", headers)).toMatchObject({ status: 200 });
    expect(await open.get("/api/v1/schedule/somebody-else", headers)).toMatchObject({ status: 403 });
  });

  it("ends at once when the person signs out", async () => {
    const headers = await again(closed, "viewer");
    expect(await me(closed, headers)).toMatchObject({ kind: "member" });
    await closed.post("/api/auth/sign-out", {}, headers);
    expect(await me(closed, headers)).toMatchObject({ kind: "anonymous" });
  });

  it("ends at once, with all others, when the person says so on another device", async () => {
    const [here, there] = [await again(closed, "viewer"), await again(closed, "viewer")];
    expect(await me(closed, there)).toMatchObject({ kind: "member" });
    await closed.post("/api/auth/revoke-other-sessions", {}, here);
    expect(await me(closed, here)).toMatchObject({ kind: "member" });
    expect(await me(closed, there)).toMatchObject({ kind: "anonymous" });
  });

  it("ends at once, with all others, when the password is changed", async () => {
    const [here, there] = [await again(closed, "editor"), await again(closed, "editor")];
    expect(await me(closed, there)).toMatchObject({ kind: "member" });
    const change = { currentPassword: password, newPassword: "another long password", revokeOtherSessions: true };
    expect(await closed.post("/api/auth/change-password", change, here)).toMatchObject({ status: 200 });
    expect(await me(closed, there)).toMatchObject({ kind: "anonymous" });
    expect(await signIn(closed.url, origin, "editor@beq.example", change.newPassword)).toHaveProperty("cookie");
  });

  it("that is over is nobody, and in open mode whoever sits there", async () => {
    const cookie = { cookie: "beq.session_token=old.signature; __Secure-beq.session_token=old.signature" };
    expect(await me(closed, cookie)).toMatchObject({ kind: "anonymous" });
    expect(await me(open, cookie)).toMatchObject({ kind: "local" });
  });

  it("gives way to a key that is sent with it", async () => {
    const headers = { ...(await closed.as("admin")), ...(await closed.key("client")) };
    expect(await me(closed, headers)).toMatchObject({ kind: "client_key" });
    expect(await me(closed, { ...headers, "x-api-key": "beq_client_wrong" })).toMatchObject({ kind: "anonymous" });
  });
});

describe("signing in", () => {
  it("fails alike for a wrong password and an unknown account", async () => {
    await closed.as("viewer");
    const wrong = await attempt(closed, "viewer@beq.example", "not the password");
    const unknown = await attempt(closed, "nobody@beq.example", "not the password");
    expect(wrong.status).toBe(401);
    expect(unknown).toMatchObject({ status: 401, body: wrong.body as object });
  });

  it("is refused for a while after ten guesses at one account; others still may", async () => {
    await using api = await serve({ env: { PUBLIC_URL: origin } });
    await api.as("viewer");
    for (let guess = 0; guess < 10; guess += 1)
      expect(await attempt(api, "viewer@beq.example", `guess ${guess}`)).toMatchObject({ status: 401 });
    const refused = await attempt(api, "Viewer@beq.example", password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(1);
    expect(await attempt(api, "admin@beq.example", password)).toMatchObject({ status: 200 });
  });

  it("is open to who signed in from that browser before, however much others guess", async () => {
    await using api = await serve({ env: { PUBLIC_URL: origin } });
    const { cookie = "" } = await api.as("viewer");
    const [device = ""] = /beq\.device=[^;]+/.exec(cookie) ?? [];
    const guess = (email: string, secret: string) =>
      api.post("/api/auth/sign-in/email", { email, password: secret }, { origin, cookie: device });
    for (let time = 0; time < 10; time += 1) await attempt(api, "viewer@beq.example", `guess ${time}`);
    expect(await attempt(api, "viewer@beq.example", password)).toMatchObject({ status: 429 });
    expect(await guess("viewer@beq.example", password)).toMatchObject({ status: 200 });

    for (let time = 0; time < 10; time += 1) await guess("viewer@beq.example", `guess ${time}`);
    expect(await guess("viewer@beq.example", password)).toMatchObject({ status: 429 });
    // It is known for its own account only.
    for (let time = 0; time < 10; time += 1) await attempt(api, "admin@beq.example", `guess ${time}`);
    expect(await guess("admin@beq.example", password)).toMatchObject({ status: 429 });
  });

  it("does not count who gets it right", async () => {
    await closed.as("viewer");
    for (let time = 0; time < 12; time += 1)
      expect(await attempt(closed, "viewer@beq.example", password)).toMatchObject({ status: 200 });
  });

  it.each([
    ["a body that is no object", "[]", 422],
    ["broken JSON", "{", 400],
    ["a field of odd type", { email: { $ne: "" }, password: 3 }, 400],
    ["a NUL", { email: "a\0@beq.example", password }, 400],
    ["a very long field", { email: "a@beq.example", password: "x".repeat(100_000) }, 400],
  ])("is refused with %s", async (_what, body, status) => {
    expect(await closed.post("/api/auth/sign-in/email", body, { origin })).toMatchObject({ status });
  });
});

describe("a write by cookie", () => {
  const save = ["access.invite", { email: "new@beq.example", name: "New", role: "viewer" }] as const;

  it.each<[string, Sent]>([
    ["another site", { origin: "https://evil.example" }],
    ["a page without an origin", { origin: "null" }],
    ["the same host on another scheme", { origin: "http://beq.example" }],
    ["nobody knows where", {}],
    ["another site, as the browser says", { "sec-fetch-site": "cross-site" }],
  ])("from %s is refused at every door", async (_from, sent) => {
    const { cookie = "" } = await closed.as("admin");
    const headers = { cookie, ...sent };
    expect(await call(closed, ...save, headers)).toMatchObject({ status: 403 });
    expect(await closed.post("/api/v1/schedule/generate", {}, headers)).toMatchObject({ status: 403 });
    expect(await closed.post("/api/auth/sign-out", {}, headers)).toMatchObject({ status: 403 });
    expect(await me(closed, await closed.as("admin"))).toMatchObject({ kind: "member" });
  });

  it("from a page of ours goes through, with or without an origin", async () => {
    const { cookie = "" } = await closed.as("admin");
    for (const sent of [{ origin }, { "sec-fetch-site": "same-origin" }] as Sent[])
      expect(await call(closed, "access.setRole", { id: "none", role: "viewer" }, { cookie, ...sent })).toMatchObject({
        status: 404,
      });
  });

  it("is not what a key does: it needs no origin", async () => {
    const headers = { ...(await closed.key("admin")), origin: "https://evil.example" };
    expect(await call(closed, "access.revokeKey", { id: "none" }, headers)).toMatchObject({ status: 404 });
  });

  it("from another site does not sign anybody in", async () => {
    const sent = { email: "admin@beq.example", password };
    await closed.as("admin");
    const answer = await closed.post("/api/auth/sign-in/email", sent, { origin: "https://evil.example" });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe("a key", () => {
  it("is shown once, named, expires in a year unless said otherwise, and is kept as a hash", async () => {
    const admin = await closed.as("admin");
    const made = resultOf(await call(closed, "access.createKey", { kind: "server", name: "Shop" }, admin));
    expect(made).toMatchObject({ kind: "server", name: "Shop", created_by: "Ada admin", requests_per_second: 2_000 });
    expect(made["key"]).toMatch(/^beq_server_[A-Za-z]{48}$/);
    expect(Date.parse(String(made["expires_at"])) - Date.parse(String(made["created_at"]))).toBe(365 * 86_400_000);
    expect(JSON.stringify(await closed.get("/trpc/access.keys", admin))).not.toContain(made["key"]);
    expect(await rowsOf(closed)).not.toContain(made["key"]);
  });

  it("may never expire, and may have no limit", async () => {
    const asked = { kind: "client", name: "Site", expires_in_days: null, requests_per_second: null };
    const made = resultOf(await call(closed, "access.createKey", asked, await closed.as("admin")));
    expect(made).toMatchObject({ expires_at: null, requests_per_second: null });
    expect(await closed.get(status, bearer(made))).toMatchObject({ status: 200 });
  });

  it("ends at once when it is revoked", async () => {
    const admin = await closed.as("admin");
    const made = resultOf(await call(closed, "access.createKey", { kind: "server", name: "Old" }, admin));
    expect(await closed.get(status, bearer(made))).toMatchObject({ status: 200 });
    expect(await call(closed, "access.revokeKey", { id: made["id"] }, admin)).toMatchObject({ status: 200 });
    expect(await closed.get(status, bearer(made))).toMatchObject({ status: 401 });
    expect(await call(closed, "access.revokeKey", { id: made["id"] }, admin)).toMatchObject({ status: 404 });
  });

  it("that a key has made is, where two have to agree, that of the person behind both", async () => {
    const admin = await closed.as("admin");
    const first = resultOf(await call(closed, "access.createKey", { kind: "admin", name: "First" }, admin));
    const second = resultOf(await call(closed, "access.createKey", { kind: "admin", name: "Second" }, bearer(first)));
    const makers = await closed.deps.store.db
      .select({ id: apikey.referenceId })
      .from(apikey)
      .where(inArray(apikey.id, [String(first["id"]), String(second["id"])]));
    const { id } = await me(closed, admin);
    expect(makers).toEqual([{ id }, { id }]);
  });

  it("is nobody's once it has expired", async () => {
    const made = resultOf(
      await call(closed, "access.createKey", { kind: "server", name: "Past" }, await closed.as("admin")),
    );
    await closed.deps.store.db
      .update(apikey)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(apikey.id, String(made["id"])));
    expect(await closed.get(status, bearer(made))).toMatchObject({ status: 401 });
  });

  it("tells, to the minute, when it was used last", async () => {
    const admin = await closed.as("admin");
    const made = resultOf(await call(closed, "access.createKey", { kind: "client", name: "Used" }, admin));
    expect(made["last_used_at"]).toBeNull();
    await closed.get(status, bearer(made));
    const used = async () => {
      const { keys } = resultOf(await closed.get("/trpc/access.keys", admin)) as { keys: Record<string, unknown>[] };
      return keys.find(({ id }) => id === made["id"])?.["last_used_at"];
    };
    await expect.poll(used).toEqual(expect.any(String));
  });

  it("is asked to wait when it asks too often, at every door, and others are not", async () => {
    const asked = { kind: "client", name: "Busy", requests_per_second: 1 };
    const made = resultOf(await call(closed, "access.createKey", asked, await closed.as("admin")));
    // More at once than come back while they are answered, however slow that is.
    const crowd = (path: string) => Promise.all(Array.from({ length: 40 }, () => closed.get(path, bearer(made))));
    const answers = await crowd(status);
    expect(answers.filter((answer) => answer.status === 200).length).toBeGreaterThanOrEqual(5);
    const refused = answers.find((answer) => answer.status === 429);
    expect(refused?.headers.get("retry-after")).toBe("1");
    expect(refused?.body).toEqual({ detail: { error: "Too many requests with this key" } });

    const atRpc = (await crowd("/trpc/features.status")).find((answer) => answer.status === 429);
    expect(atRpc).toMatchObject({ body: { error: { data: { failure: "limited" } } } });
    expect(atRpc?.headers.get("retry-after")).toBe("1");
    expect(await closed.get(status, await closed.key("client"))).toMatchObject({ status: 200 });
  });

  it("of a client asks which flags are on for anybody, and does nothing in their name", async () => {
    const client = await closed.key("client");
    expect(await closed.get(`${status}?user_id=ann`, client)).toMatchObject({ status: 200 });
    expect(await closed.get("/api/v1/schedule/ann", client)).toMatchObject({ status: 403 });
    expect(await closed.get("/api/v1/schedule/ann", await closed.key("server"))).toMatchObject({ status: 200 });
  });
});

it("ends a stream when what it came with is taken back", async () => {
  const admin = await closed.as("admin");
  const made = resultOf(await call(closed, "access.createKey", { kind: "admin", name: "Watcher" }, admin));
  const stream = await fetch(`${closed.url}/trpc/flags.onChange`, { headers: bearer(made) });
  const reader = stream.body?.getReader();
  await reader?.read();
  await call(closed, "access.revokeKey", { id: made["id"] }, admin);
  const ended = async (): Promise<boolean> => {
    const { done } = (await reader?.read().catch(() => undefined)) ?? { done: true };
    return done || ended();
  };
  expect(await ended()).toBe(true);
});

describe("members", () => {
  it("come by an invitation, once", async () => {
    const admin = await closed.as("admin");
    const asked = { email: "Grace@BeQ.example", name: "Grace", role: "editor" };
    const { token, id } = resultOf(await call(closed, "access.invite", asked, admin));
    expect(await rowsOf(closed)).not.toContain(token);
    expect(resultOf(await closed.get("/trpc/access.members", admin))).toMatchObject({
      invitations: [{ id, email: "grace@beq.example", role: "editor", invited_by: "Ada admin" }],
    });

    const joins = await Promise.all([1, 2, 3].map(() => call(closed, "access.join", { token, password })));
    expect(joins.map(({ status }) => status).toSorted()).toEqual([200, 404, 404]);
    expect(await me(closed, await signIn(closed.url, origin, "grace@beq.example"))).toMatchObject({ role: "editor" });
    expect(await call(closed, "access.invite", asked, admin)).toMatchObject({ status: 409 });
  });

  it("do not come by an invitation that was withdrawn, or that nobody wrote", async () => {
    const admin = await closed.as("admin");
    const asked = { email: "late@beq.example", name: "Late", role: "viewer" };
    const { token, id } = resultOf(await call(closed, "access.invite", asked, admin));
    expect(await call(closed, "access.withdrawInvitation", { id }, admin)).toMatchObject({ status: 200 });
    for (const wrong of [token, "nonsense"])
      expect(await call(closed, "access.join", { token: wrong, password })).toMatchObject({ status: 404 });
  });

  it("may at once what their new role allows, and no more", async () => {
    await using api = await serve({ env: { PUBLIC_URL: origin } });
    const [admin, editor] = [await api.as("admin"), await api.as("editor")];
    const { id } = await me(api, editor);
    expect(await api.get("/trpc/access.members", editor)).toMatchObject({ status: 403 });
    await call(api, "access.setRole", { id, role: "admin" }, admin);
    expect(await api.get("/trpc/access.members", editor)).toMatchObject({ status: 200 });
    await call(api, "access.setRole", { id, role: "viewer" }, admin);
    expect(await api.get("/trpc/access.members", editor)).toMatchObject({ status: 403 });
    await call(api, "access.removeMember", { id }, admin);
    expect(await me(api, editor)).toMatchObject({ kind: "anonymous" });
  });

  it("always include an admin", async () => {
    await using api = await serve();
    const [admin, editor] = [await api.as("admin"), await api.as("editor")];
    const [first, other] = [(await me(api, admin))["id"], (await me(api, editor))["id"]];
    expect(await call(api, "access.setRole", { id: first, role: "editor" }, admin)).toMatchObject({ status: 409 });
    expect(await call(api, "access.removeMember", { id: first }, admin)).toMatchObject({ status: 409 });

    await call(api, "access.setRole", { id: other, role: "admin" }, admin);
    const both = await Promise.all([
      call(api, "access.setRole", { id: other, role: "viewer" }, admin),
      call(api, "access.setRole", { id: first, role: "viewer" }, editor),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe("the guide", () => {
  const guide = readFileSync(new URL("../../../docs/guides/keys.md", import.meta.url), "utf8");

  it("names the limits that keys have unless said otherwise", () => {
    const rows = [...guide.matchAll(/^\| (client|server|admin) .*\| (\d+) +\|$/gm)];
    expect(Object.fromEntries(rows.map(([, kind, rate]) => [kind, Number(rate)]))).toEqual(defaultRates);
  });

  it("makes and revokes a key by commands that work", async () => {
    const [, path = "", body] = /\$BEQ(\S+)" -H "Authorization[^']*'([^']+)'/.exec(guide) ?? [];
    const admin = await closed.key("admin");
    const { status: code, body: made } = await closed.post(path, body, admin);
    expect({ code, made }).toMatchObject({ code: 200, made: { kind: "server", name: "Shop" } });
    const { id, key } = made as { id: string; key: string };
    expect(await closed.get(status, { "x-api-key": key })).toMatchObject({ status: 200 });
    const [, revoke = ""] = /`POST (\S+)` with `\{\}`/.exec(guide) ?? [];
    expect(await closed.post(revoke.replace("{id}", id), {}, admin)).toMatchObject({ status: 200, body: { id } });
    expect(await closed.get(status, { "x-api-key": key })).toMatchObject({ status: 401 });
  });
});

it("never fails on what is no sign-in at all (seed 9)", async () => {
  const headers = await again(closed, "viewer");
  const paths = ["sign-in/email", "change-password", "revoke-session", "get-session", "list-sessions"];
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: "binary" }), fc.constantFrom("a\0", "\ud800"));
  const body = fc.dictionary(fc.constantFrom("email", "password", "token", "currentPassword", "newPassword"), odd);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.oneof(body, fc.json()), async (path, sent) => {
      expect((await closed.post(`/api/auth/${path}`, sent, headers)).status).toBeLessThan(500);
    }),
    { numRuns: 200, seed: 9 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("setUp", "join", "createKey", "invite", "setRole"), body, async (name, sent) => {
      expect((await call(closed, `access.${name}`, sent, await closed.as("admin"))).status).toBeLessThan(500);
    }),
    { numRuns: 100, seed: 9 },
  );
});

it("does not start off loopback where nobody holds it", async () => {
  await expect(serve({ env: { HOST: "0.0.0.0" } })).rejects.toThrow(/^HOST="0.0.0.0".*SERVER_KEY.*first account/);
});

it("keeps no password, session or invitation that the database's reader could use", async () => {
  const { cookie = "" } = await closed.as("admin");
  const rows = await rowsOf(closed);
  const signature = decodeURIComponent(cookie).split(".").at(-1);
  for (const secret of [password, signature, codeIn(closed)]) expect(rows).not.toContain(secret);
});

describe.skipIf(noPostgres)("two processes on one PostgreSQL", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let one: Api;
  let other: Api;
  beforeAll(async () => {
    postgres = await startPostgres();
    const env = { DATABASE_URL: postgres.url };
    one = await serve({ env });
    other = await serve({ env });
  });
  afterAll(async () => {
    await one[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
    await postgres[Symbol.asyncDispose]();
  });

  it("show the same set-up code, and make one account of several", async () => {
    expect(codeIn(one)).toBe(codeIn(other));
    const asked = { name: "Ada", password, token: codeIn(one) };
    const tries = await Promise.all(
      [one, other, one, other].map((api, index) =>
        call(api, "access.setUp", { ...asked, email: `ada${index}@beq.example` }),
      ),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    const [row] = await one.deps.store.db.select().from(user);
    await one.deps.store.db.update(user).set({ email: "admin@beq.example" });
    expect(row?.role).toBe("admin");
  });

  it("let a third listen off loopback, now that there is an account", async () => {
    await using third = await serve({ env: { DATABASE_URL: postgres.url, HOST: "0.0.0.0" } });
    expect(await me(third)).toMatchObject({ kind: "anonymous", set_up_needed: false });
    expect(codeIn(third)).toBe("");
  });

  it("know each other's sessions and keys, and what one takes back ends in the other", async () => {
    const admin = await signIn(one.url, one.origin, "admin@beq.example");
    const made = resultOf(await call(one, "access.createKey", { kind: "server", name: "Shop" }, admin));
    for (const api of [one, other]) expect(await api.get(status, bearer(made))).toMatchObject({ status: 200 });
    await call(one, "access.revokeKey", { id: made["id"] }, admin);
    await expect.poll(async () => (await other.get(status, bearer(made))).status).toBe(401);

    const cookie = { cookie: admin["cookie"] ?? "" };
    expect(await me(other, cookie)).toMatchObject({ kind: "member" });
    await one.post("/api/auth/sign-out", {}, admin);
    await expect.poll(async () => (await me(other, cookie))["kind"]).toBe("anonymous");
  });

  it("answer who was verified while the database is away, and tell who was not to come back", async () => {
    const admin = await signIn(one.url, one.origin, "admin@beq.example");
    const made = resultOf(await call(one, "access.createKey", { kind: "client", name: "Site" }, admin));
    const fresh = resultOf(await call(one, "access.createKey", { kind: "client", name: "Unseen" }, admin));
    expect(await one.get(status, bearer(made))).toMatchObject({ status: 200 });
    await postgres.stop();
    for (let request = 0; request < 20; request += 1)
      expect(await one.get(`${status}?user_id=u`, bearer(made))).toMatchObject({ status: 200 });
    const refused = await one.get(status, bearer(fresh));
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(await attempt(one, "admin@beq.example", password)).toMatchObject({ status: 503 });
    expect(await one.get("/health/live", bearer(fresh))).toMatchObject({ status: 200 });
    await postgres.start();
    await expect.poll(async () => (await one.get(status, bearer(fresh))).status).toBe(200);
  });
});

function call(api: Api, procedure: string, input: unknown, headers: Sent = {}): Promise<Answer> {
  return api.post(`/trpc/${procedure}`, input, headers);
}

function resultOf({ body }: Answer): Record<string, unknown> {
  return (body as { result: { data: Record<string, unknown> } }).result.data;
}

async function me(api: Api, headers: Sent = {}): Promise<Record<string, unknown>> {
  return resultOf(await api.get("/trpc/access.me", headers));
}

function bearer({ key }: Record<string, unknown>): Sent {
  return { authorization: `Bearer ${String(key)}` };
}

/** Another session of the same person. */
async function again(api: Api, role: "viewer" | "editor"): Promise<Sent> {
  await api.as(role);
  return signIn(api.url, api.origin, `${role}@beq.example`);
}

function attempt(api: Api, email: string, secret: string): Promise<Answer> {
  return api.post("/api/auth/sign-in/email", { email, password: secret }, { origin: api.origin });
}

function codeIn(api: Api): string {
  const line = api.lines().find(({ message }) => String(message).includes("set-up code"));
  return (
    String(line?.["message"] ?? "")
      .split(" ")
      .at(-1) ?? ""
  );
}

/** Everything that is kept about people and keys, as text. */
async function rowsOf({ deps: { store } }: Api): Promise<string> {
  const tables = [user, account, session, verification, apikey];
  return JSON.stringify(await Promise.all(tables.map((table) => store.db.select().from(table))));
}
