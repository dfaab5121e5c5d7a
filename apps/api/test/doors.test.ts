import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "../src/router.ts";
import { type KeyKind, type Role, type Sent, signIn } from "./accounts.ts";
import { flag } from "./saving.ts";
import { type Api, serve } from "./serve.ts";

// Every door, with every kind of actor. Who adds a door adds its row.

type Outcome = "in" | 401 | 403;
type Kind = "anonymous" | "local" | KeyKind | Role;

const kinds = ["anonymous", "local", "client", "server", "admin_key", "viewer", "editor", "admin"] as const;
type Outcomes = readonly [Outcome, Outcome, Outcome, Outcome, Outcome, Outcome, Outcome, Outcome];

// All ask about, or for, somebody else than themselves.
const policies = {
  /** Health, metrics, the documents about the API, and the way in. */
  everybody: ["in", "in", "in", "in", "in", "in", "in", "in"],
  /** Which flags are on for that person: results only. */
  asking: [401, "in", "in", "in", 403, 403, 403, 403],
  /** Which flags are on, for nobody in particular. */
  knowing: [401, "in", "in", "in", "in", "in", "in", "in"],
  /** To hear that flags changed: not what. */
  hearing: [401, "in", "in", "in", 401, "in", "in", "in"],
  /** That person's own things. */
  acting: [401, "in", 403, "in", 403, 403, 403, 403],
  /** The rules themselves, for servers that evaluate. */
  evaluating: [401, 401, 403, "in", "in", 403, 403, 403],
  viewing: [401, 401, 403, 403, "in", "in", "in", "in"],
  editing: [401, 401, 403, 403, "in", 403, "in", "in"],
  administering: [401, 401, 403, 403, "in", 403, 403, "in"],
  /** One's own sessions and password. */
  owning: [401, 401, 401, 401, 401, "in", "in", "in"],
} as const satisfies Record<string, Outcomes>;
type Policy = keyof typeof policies;

const procedures: Record<string, Policy> = {
  "access.me": "everybody",
  "access.setUp": "everybody",
  "access.join": "everybody",
  "access.members": "administering",
  "access.setRole": "administering",
  "access.removeMember": "administering",
  "access.invite": "administering",
  "access.withdrawInvitation": "administering",
  "access.keys": "administering",
  "access.createKey": "administering",
  "access.revokeKey": "administering",
  "features.status": "asking",
  "features.statusOf": "asking",
  "features.onChange": "asking",
  "features.exposed": "asking",
  "flags.list": "viewing",
  "flags.get": "viewing",
  "flags.segment": "viewing",
  "flags.history": "viewing",
  "flags.change": "viewing",
  "flags.recent": "viewing",
  "flags.export": "viewing",
  "flags.onChange": "viewing",
  "flags.preview": "editing",
  "flags.trace": "viewing",
  "flags.previewImport": "viewing",
  "flags.plans": "viewing",
  "flags.propagation": "viewing",
  "flags.save": "editing",
  "flags.undo": "editing",
  "flags.schedule": "editing",
  "flags.cancelPlan": "editing",
  "flags.approve": "editing",
  "flags.reject": "editing",
  "flags.settings": "administering",
  "flags.setFourEyes": "administering",
  "flags.acknowledge": "asking",
  "health.get": "everybody",
  "health.live": "everybody",
  "health.ready": "everybody",
  "health.detailed": "everybody",
  "schedule.generate": "acting",
  "schedule.generateLive": "acting",
  "schedule.optimize": "acting",
  "schedule.get": "acting",
  "schedule.reschedule": "acting",
  "schedule.accept": "acting",
  "schedule.restore": "acting",
  "schedule.versions": "acting",
  "webhooks.list": "administering",
  "webhooks.create": "administering",
  "webhooks.remove": "administering",
  "webhooks.deliveries": "administering",
  "webhooks.redeliver": "administering",
  "webhooks.test": "administering",
};

const somebody = "somebody-else";
const asked = { context: { targetingKey: somebody } };

/** The doors that are no procedure's: what is sent, and who is let in. */
const others: Record<string, [Policy, body?: unknown]> = {
  "GET /metrics": ["everybody"],
  "GET /docs": ["everybody"],
  "GET /docs/style.css": ["everybody"],
  "GET /api/v1/openapi.json": ["everybody"],
  "GET /api/v1/flags/definitions": ["evaluating"],
  "POST /ofrep/v1/evaluate/flags": ["asking", asked],
  "POST /ofrep/v1/evaluate/flags/ai_chat": ["asking", asked],
  "GET /ofrep/v1/sse": ["hearing"],
};

/** Of the library's endpoints: those that are served. Each is asked by a session of its own, for some end it. */
const sessions: Record<string, [Policy, body?: unknown]> = {
  "POST /api/auth/sign-in/email": ["everybody", {}],
  "POST /api/auth/sign-out": ["everybody", {}],
  "GET /api/auth/get-session": ["everybody"],
  "GET /api/auth/list-sessions": ["owning"],
  "POST /api/auth/change-password": ["owning", { currentPassword: "wrong", newPassword: "a long enough one" }],
  "POST /api/auth/revoke-session": ["owning", { token: "none" }],
  "POST /api/auth/revoke-sessions": ["owning", {}],
  "POST /api/auth/revoke-other-sessions": ["owning", {}],
};

// In a rule, a segment, the audit and a week: what those who only use the flags must never read.
const secret = "marker-7f3a9c";

let api: Api;
let callers: Record<Kind | "admin_key", Sent>;
/** What was answered to those who manage nothing. */
const seen: string[] = [];

beforeAll(async () => {
  api = await serve({ env: { SERVER_KEY: "a-server-key-of-32-characters-abc" } });
  callers = {
    anonymous: { "x-forwarded-for": "10.0.0.1" },
    local: {},
    client: await api.key("client"),
    server: await api.key("server"),
    admin_key: await api.key("admin"),
    viewer: await api.as("viewer"),
    editor: await api.as("editor"),
    admin: await api.as("admin"),
  };
  await plant(api);
});
afterAll(() => api[Symbol.asyncDispose]());

describe("every procedure", () => {
  const all = Object.entries(appRouter._def.procedures).map(([name, procedure]) => ({
    name,
    ...definitionOf(procedure),
  }));

  it("has its row, and every row its procedure", () => {
    expect(Object.keys(procedures).toSorted()).toEqual(all.map(({ name }) => name).toSorted());
  });

  it.each(all)("lets in whom it should over tRPC: $name", async ({ name, type }) => {
    const input = { user_id: somebody, feature_name: "ai_chat", format: "beq" };
    const path = `/trpc/${name}`;
    const ask = (sent: Sent) =>
      type === "mutation"
        ? outcomeOf("POST", path, sent, input)
        : outcomeOf("GET", `${path}?input=${encodeURIComponent(JSON.stringify(input))}`, sent);
    expect(await outcomes(ask)).toEqual(expected(procedures[name]));
  });

  it.each(all.filter(({ http }) => http))("lets in whom it should over REST: $http.method $http.path", async (door) => {
    const { name, http = { method: "get", path: "/" } } = door;
    const path = http.path
      .replace("{user_id}", somebody)
      .replace("{feature_name}", "ai_chat")
      .replaceAll(/\{\w+\}/g, "9999");
    const ask = (sent: Sent) =>
      http.method === "get"
        ? outcomeOf("GET", `${path}?user_id=${somebody}`, sent)
        : outcomeOf("POST", path, sent, { user_id: somebody });
    expect(await outcomes(ask)).toEqual(expected(procedures[name]));
  });
});

describe("every other door", () => {
  it.each(Object.entries(others))("lets in whom it should: %s", async (door, [policy, body]) => {
    const [method = "", path = ""] = door.split(" ");
    expect(await outcomes((sent) => outcomeOf(method, path, sent, body))).toEqual(expected(policy));
  });

  it("has its row where it stands before Express", () => {
    const folder = fileURLToPath(new URL("../src/transport", import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /(?<!test)\.ts$/.test(name),
    );
    const standing = files.filter((name) => readFileSync(join(folder, name), "utf8").includes("plain.visit("));
    expect(standing.toSorted()).toEqual(["definitions.ts", "fast.ts", "ofrep/door.ts"]);
  });

  it("has its row where Express knows it", () => {
    const known = [...Object.keys(others), "ALL /api/auth/{*any}"].filter((door) => !door.includes("/ofrep/"));
    const rest = Object.values(appRouter._def.procedures).flatMap((procedure) => {
      const { http } = definitionOf(procedure);
      return http ? [`${http.method.toUpperCase()} ${http.path.replaceAll(/\{(\w+)\}/g, ":$1")}`] : [];
    });
    const unknown = routesOf(api.deps.app.router.stack).filter((route) => ![...known, ...rest].includes(route));
    expect(unknown.filter((route) => route !== "GET /{*page}")).toEqual([]);
  });
});

describe("the sessions' door", () => {
  it.each(Object.entries(sessions))("lets in whom it should: %s", async (door, [policy, body]) => {
    const [method = "", path = ""] = door.split(" ");
    const ask = async (sent: Sent, kind: string) => {
      const fresh = sent["cookie"] ? await signIn(api.url, api.origin, `${kind}@beq.example`) : sent;
      return outcomeOf(method, path, fresh, body);
    };
    expect(await outcomes(ask)).toEqual(expected(policy));
  });

  it("is closed for all else that its library could do", async () => {
    const paths = Object.values(api.deps.access.auth.api).flatMap((endpoint) => pathOf(endpoint));
    const closed = paths.filter((path) => !Object.keys(sessions).some((door) => door.endsWith(` /api/auth${path}`)));
    expect(closed.length).toBeGreaterThan(20);
    expect(closed).toContain("/sign-up/email");
    expect(closed).toContain("/api-key/create");
    for (const path of closed)
      for (const method of ["GET", "POST"])
        expect(await statusOf(method, `/api/auth${path.replaceAll(/:\w+/g, "x")}`, callers.admin, {})).toBe(404);
  });
});

it("tells nothing of rules, segments, other people or the audit to who does not manage flags", () => {
  expect(seen.length).toBeGreaterThan(300);
  expect(seen.filter((text) => text.includes(secret))).toEqual([]);
});

it("keeps what the last test looks for where it should be", async () => {
  for (const door of ["/api/v1/flags/definitions", "/api/v1/flags", "/api/v1/flags/history"])
    expect(JSON.stringify((await api.get(door, callers.admin_key)).body)).toContain(secret);
});

/** Saves a flag, a segment and a comment that hold the secret, and asks once as a person whose id it is. */
async function plant({ post }: Api): Promise<void> {
  const segment = { description: secret, when: { attribute: "targetingKey", op: "one_of", values: [secret] } };
  const rule = {
    id: secret,
    when: { attribute: "targetingKey", op: "equals", value: secret },
    serve: { variant: "on" },
  };
  const edits = [
    { kind: "segment", key: `${secret}-people`, base: 0, value: segment },
    { kind: "flag", key: "ai_chat", base: 0, value: flag({ rules: [rule] as never, owner: secret }) },
  ];
  const { status, body } = await post("/api/v1/flags/changes", { edits, comment: secret }, callers.admin_key);
  if (status !== 200) throw new Error(`The marker was not saved: ${JSON.stringify(body)}`);
  await post("/ofrep/v1/evaluate/flags", { context: { targetingKey: secret } }, callers.server);
}

function expected(policy: Policy | undefined): Record<string, Outcome> {
  const row: Outcomes = policies[policy ?? "everybody"];
  return Object.fromEntries(kinds.map((kind, index) => [kind, row[index] ?? 401]));
}

async function outcomes(ask: (sent: Sent, kind: string) => Promise<Outcome>): Promise<Record<string, Outcome>> {
  const answers: Record<string, Outcome> = {};
  for (const kind of kinds) answers[kind] = await ask(callers[kind], kind);
  return answers;
}

async function outcomeOf(method: string, path: string, sent: Sent, body?: unknown): Promise<Outcome> {
  const status = await statusOf(method, path, sent, body);
  if (status >= 500 && status !== 503) throw new Error(`${method} ${path} answered ${status}`);
  return status === 401 || status === 403 ? status : "in";
}

/** The status; of a stream, once it has begun. What users get to read is kept. */
async function statusOf(method: string, path: string, sent: Sent, body?: unknown): Promise<number> {
  const leaving = new AbortController();
  const headers = { ...(method === "POST" && { "content-type": "application/json" }), ...sent };
  const content = method === "POST" ? { body: JSON.stringify(body ?? {}) } : {};
  const response = await fetch(api.url + path, { method, headers, signal: leaving.signal, ...content });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const text = isStream ? await beginningOf(response) : await response.text();
  leaving.abort();
  const manages = [callers.admin_key, callers.viewer, callers.editor, callers.admin].includes(sent);
  // A server key may have the definitions.
  if (!manages && !path.endsWith("/definitions")) seen.push(text);
  // A stream that is refused says so in its first event.
  const refused = isStream && /serialized-error[^]*"httpStatus":(\d+)/.exec(text)?.[1];
  return refused ? Number(refused) : response.status;
}

/** What a stream begins with: its greeting, and the event after that or the refusal. */
async function beginningOf({ body }: Response): Promise<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while ((text.match(/\n\n+/g)?.length ?? 0) < 2) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done) return text;
    text += value;
  }
  return text;
}

type Definition = { type: "query" | "mutation" | "subscription"; http?: { method: string; path: string } };

function definitionOf(procedure: unknown): Definition {
  const { type, meta } = (procedure as { _def: { type: Definition["type"]; meta?: { http?: Definition["http"] } } })
    ._def;
  return { type, ...(meta?.http && { http: meta.http }) };
}

function pathOf(endpoint: unknown): string[] {
  const { path } = endpoint as { path?: unknown };
  return typeof path === "string" ? [path] : [];
}

type Layer = { route?: { path: string; methods: Record<string, boolean> }; handle?: { stack?: Layer[] } };

function routesOf(stack: unknown): string[] {
  return (stack as Layer[]).flatMap(({ route, handle }) => {
    if (handle?.stack) return routesOf(handle.stack);
    if (!route) return [];
    const methods = route.methods["_all"] ? ["ALL"] : Object.keys(route.methods).map((name) => name.toUpperCase());
    return methods.map((method) => `${method} ${route.path}`);
  });
}
