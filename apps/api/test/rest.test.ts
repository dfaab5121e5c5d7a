import { spawnSync } from "node:child_process";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, serve } from "./serve.ts";

const noPromtool = spawnSync("promtool", ["--version"]).error !== undefined;
const key = "a-server-key-of-32-characters-abc";
let open: Api;
let closed: Api;

beforeAll(async () => {
  open = await serve({
    env: {
      FEATURE_AI_CHAT_USERS: "user-1",
      FEATURE_BRICK_MANAGEMENT_ROLLOUT: "12.5",
      FEATURE_CALENDAR_SYNC_ENABLED: "no",
    },
  });
  closed = await serve({
    env: { PUBLIC_URL: "https://beq.example", SERVER_KEY: key, FEATURE_SCHEDULE_OPTIMIZATION_ENABLED: "off" },
  });
});
afterAll(async () => {
  await open[Symbol.asyncDispose]();
  await closed[Symbol.asyncDispose]();
});

describe("GET /api/v1/features/status", () => {
  it("tells every feature for a user", async () => {
    expect(await open.get("/api/v1/features/status?user_id=user-1")).toMatchObject({
      status: 200,
      body: {
        user_id: "user-1",
        features: {
          schedule_optimization: {
            enabled: true,
            user_specific: false,
            description: "AI-powered schedule generation and optimization",
          },
          ai_chat: { enabled: true, user_specific: true, description: "Conversational AI chat interface" },
          calendar_sync: { enabled: false, user_specific: false },
          brick_management: { user_specific: true },
          advanced_analytics: { enabled: false },
        },
      },
    });
  });

  it("refuses an id that no database could hold", async () => {
    expect(await open.get("/api/v1/features/status?user_id=a%00b")).toMatchObject({
      status: 422,
      body: { detail: [{ type: "value_error", loc: ["query", "user_id"] }] },
    });
    expect(await open.get("/api/v1/schedule/a%00b")).toMatchObject({
      status: 422,
      body: { detail: [{ type: "value_error", loc: ["path", "user_id"] }] },
    });
  });

  it("has nothing but the three fields of the contract", async () => {
    const { body } = await open.get("/api/v1/features/status");
    const { ai_chat: chat } = (body as { features: { ai_chat: object } }).features;
    expect(Object.keys(chat)).toEqual(["enabled", "user_specific", "description"]);
  });

  it("answers for nobody in particular, with a null user", async () => {
    expect(await open.get("/api/v1/features/status")).toMatchObject({
      status: 200,
      body: { user_id: null, features: { ai_chat: { enabled: false, user_specific: true } } },
    });
  });

  it("accepts a trailing slash, unknown parameters, and the last of several ids", async () => {
    expect(await open.get("/api/v1/features/status/?user_id=user-2&x=1&user_id=user-1")).toMatchObject({
      status: 200,
      body: { user_id: "user-1" },
    });
  });

  it.each(["", "x".repeat(201)])("refuses a user id of the wrong length (%#)", async (id) => {
    const { status, body } = await open.get(`/api/v1/features/status?user_id=${id}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      detail: [{ type: id ? "string_too_long" : "string_too_short", loc: ["query", "user_id"], input: id }],
    });
  });
});

describe("GET /api/v1/features/status/{feature_name}", () => {
  it("tells one feature", async () => {
    expect(await open.get("/api/v1/features/status/schedule_optimization?user_id=user-1")).toMatchObject({
      status: 200,
      body: { feature: "schedule_optimization", enabled: true, user_specific: false, rollout_percentage: null },
    });
  });

  it("gives the share of a rollout", async () => {
    expect(await open.get("/api/v1/features/status/brick_management/")).toMatchObject({
      body: { feature: "brick_management", enabled: false, user_specific: true, rollout_percentage: 12.5 },
    });
  });

  it.each(["nope", "constructor", "__proto__", "AI_CHAT"])("does not know '%s'", async (name) => {
    expect(await open.get(`/api/v1/features/status/${name}`)).toMatchObject({
      status: 404,
      body: { detail: { error: `Feature '${name}' not found` } },
    });
  });
});

describe("health", () => {
  it.each(["/health", "/health/"])("answers at %s", async (path) => {
    const { status, body } = await closed.get(path);
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "healthy",
      service: "beq-api",
      version: "1.2.3",
      timestamp: "2030-03-25T06:00:00.000Z",
      uptime_seconds: 0,
    });
  });

  it("is alive", async () => {
    expect(await closed.get("/health/live")).toMatchObject({ status: 200, body: { status: "alive" } });
  });

  it("is ready with its database, even without a scheduler", async () => {
    expect(await closed.get("/health/ready")).toMatchObject({
      status: 200,
      body: { status: "ready", dependencies: { database: { status: "healthy" }, scheduler: { status: "unhealthy" } } },
    });
  });

  it("is degraded, in detail, without a scheduler", async () => {
    expect(await closed.get("/health/detailed")).toMatchObject({
      status: 200,
      body: {
        status: "degraded",
        service: "beq-api",
        version: "1.2.3",
        environment: "embedded",
        dependencies: {
          database: { status: "healthy", message: null },
          scheduler: { status: "unhealthy", message: expect.any(String) },
        },
      },
    });
  });

  it("leaves no line that somebody would read", async () => {
    await closed.get("/health/ready", { "x-request-id": "quiet-probe-1" });
    expect(closed.lines().filter(({ request_id: id }) => id === "quiet-probe-1")).toMatchObject([{ level: "debug" }]);
  });

  it("is not ready once its database is gone", async () => {
    await using api = await serve();
    await api.deps.store.close();
    expect(await api.get("/health/ready")).toMatchObject({
      status: 503,
      body: { detail: { status: "not_ready", dependencies: { database: { status: "unhealthy" } } } },
    });
  });
});

describe("credentials", () => {
  const status = "/api/v1/features/status?user_id=user-1";

  it("are asked for outside open mode", async () => {
    const { status: code, body, headers } = await closed.get(status);
    expect({ code, body }).toEqual({ code: 401, body: { detail: { error: "Credentials are missing or wrong" } } });
    expect(headers.get("www-authenticate")).toBe("Bearer");
  });

  it.each<Sent>([{ authorization: `Bearer ${key}` }, { authorization: `bearer  ${key}` }, { "x-api-key": key }])(
    "are the server key, as %o",
    async (headers) => {
      expect(await closed.get(status, headers)).toMatchObject({ status: 200 });
    },
  );

  it.each<Sent>([
    { authorization: `Bearer ${key}x` },
    { authorization: "Bearer " },
    { authorization: `Basic ${key}` },
    { "x-api-key": "" },
  ])("are wrong, as %o", async (headers) => {
    expect(await closed.get(status, headers)).toMatchObject({ status: 401 });
    expect(await open.get(status, headers)).toMatchObject({ status: 401 });
  });

  it.each<Sent>([
    { "x-forwarded-for": "10.0.0.1" },
    { forwarded: "for=10.0.0.1" },
    { "x-real-ip": "10.0.0.1" },
    { via: "1.1 proxy" },
    { host: "beq.example" },
    { origin: "https://elsewhere.example" },
  ])("are asked for in open mode where something stands between: %o", async (headers) => {
    expect(await rawStatus(open, status, headers)).toBe(401);
  });

  it.each<Sent>([{ host: "localhost:1234" }, { host: "[::1]:80" }, { origin: "http://localhost:5173" }])(
    "are not asked for in open mode: %o",
    async (headers) => {
      expect(await rawStatus(open, status, headers)).toBe(200);
    },
  );

  it("come before the body, the user and the feature", async () => {
    expect(await closed.post("/api/v1/schedule/generate", "{")).toMatchObject({ status: 401 });
  });

  it("are followed by the user id, then the feature, then the rest of the input", async () => {
    const headers = { authorization: `Bearer ${key}` };
    const path = "/api/v1/schedule/generate";
    expect(await closed.post(path, { tasks: 3 }, headers)).toMatchObject({
      status: 422,
      body: { detail: [{ type: "missing", loc: ["body", "user_id"] }] },
    });
    expect(await closed.post(path, { user_id: "u", tasks: 3 }, headers)).toMatchObject({
      status: 403,
      body: { detail: { error: "Schedule optimization feature is not enabled for this user" } },
    });
    expect(await open.post(path, { user_id: "u", tasks: 3 })).toMatchObject({
      status: 422,
      body: { detail: [{ type: "list_type", loc: ["body", "tasks"], input: 3 }] },
    });
  });

  it("are the same at tRPC's door", async () => {
    expect(await closed.get("/trpc/features.status")).toMatchObject({
      status: 401,
      body: { error: { data: { failure: "unauthenticated" } } },
    });
    expect(await closed.get("/trpc/features.status", { "x-api-key": key })).toMatchObject({ status: 200 });
  });
});

describe("/metrics", () => {
  it("is open on loopback, and asks for its token where one is set", async () => {
    await using guarded = await serve({ env: { METRICS_TOKEN: "scrape-me" } });
    expect(await open.get("/metrics")).toMatchObject({ status: 200 });
    expect(await guarded.get("/metrics")).toMatchObject({ status: 401 });
    expect(await guarded.get("/metrics", { authorization: "Bearer scrape-me" })).toMatchObject({ status: 200 });
  });

  it("is not there off loopback without a token, which the log says once", async () => {
    await using outside = await serve({ env: { HOST: "0.0.0.0", SERVER_KEY: key } });
    expect(await outside.get("/metrics", { authorization: `Bearer ${key}` })).toMatchObject({ status: 404 });
    expect(outside.lines().filter(({ message }) => /METRICS_TOKEN/.test(String(message)))).toHaveLength(1);
  });

  it.skipIf(noPromtool)("is clean for Prometheus' own lint", async () => {
    const { body } = await open.get("/metrics");
    const { status, stderr } = spawnSync("promtool", ["check", "metrics"], { input: String(body) });
    expect({ status, said: String(stderr) }).toEqual({ status: 0, said: "" });
    expect(body).toContain("# TYPE beq_schedule_generation_requests_total counter");
  });
});

describe("bodies", () => {
  const path = "/api/v1/schedule/generate";

  it("must be well-formed JSON", async () => {
    expect(await open.post(path, "{")).toMatchObject({
      status: 400,
      body: { detail: { error: "The body is not well-formed JSON" } },
    });
  });

  it("must be there", async () => {
    expect(await open.post(path, "")).toMatchObject({
      status: 422,
      body: { detail: [{ type: "missing", loc: ["body"], msg: "Field required", input: null }] },
    });
  });

  it.each(["[]", "3", "null", '"x"'])("must be an object, not %s", async (text) => {
    expect(await open.post(path, text)).toMatchObject({
      status: 422,
      body: { detail: [{ type: "model_attributes_type", loc: ["body"] }] },
    });
  });

  it("must say that they are JSON", async () => {
    expect(await open.post(path, "{}", { "content-type": "text/plain" })).toMatchObject({
      status: 415,
      body: { detail: { error: expect.stringContaining("JSON") } },
    });
  });

  it("may hold 2 MB", async () => {
    const large = { user_id: "u", tasks: [], note: "x".repeat(20 * 1024 * 1024) };
    expect(await open.post(path, large)).toMatchObject({
      status: 413,
      body: { detail: { error: "The body is larger than 2 MB" } },
    });
    expect(await open.post("/trpc/schedule.generate", large)).toMatchObject({ status: 413 });
    expect(await open.get("/health")).toMatchObject({ status: 200 });
  });
});

describe("every answer", () => {
  it("carries a request id: the client's, or a new one", async () => {
    const asked = await open.get("/health", { "x-request-id": "abcdefgh-1234" });
    const made = await open.get("/nowhere", { "x-request-id": "bad id" });
    expect(asked.headers.get("x-request-id")).toBe("abcdefgh-1234");
    expect(made.headers.get("x-request-id")).toMatch(/^[A-Za-z0-9-]{8,64}$/);
  });

  it("carries the security headers and does not name its software", async () => {
    const { headers } = await open.get("/health");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
  });

  it("is 404 in the envelope for a room that is not there", async () => {
    expect(await open.get("/api/v1/bricks/?user_id=u")).toMatchObject({
      status: 404,
      body: { detail: { error: "Not found" } },
    });
  });

  it("is 400 for an address that cannot be decoded", async () => {
    expect(await open.get("/api/v1/schedule/%E0%A4%A")).toMatchObject({
      status: 400,
      body: { detail: { error: expect.any(String) } },
    });
  });
});

type Sent = Record<string, string>;

// fetch does not let a caller set Host.
function rawStatus(api: Api, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(api.url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once("error", reject).end();
  });
}
