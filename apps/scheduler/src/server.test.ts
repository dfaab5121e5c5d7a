import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type House, posted, serve } from "./testing/serve.ts";
import { program } from "./testing/program.ts";

const echo = program(`answer({ said: text(job), operation: job.operation, now: job.now });`);
const untilStopped = program(`while (Atomics.load(job.stop, 0) === 0); done({ kind: "cancelled" });`);

describe("GET /health", () => {
  it("says who answers and for how long", async () => {
    let clock = Date.UTC(2030, 0, 1);
    await using house = await serve({ entry: echo, now: () => clock });
    clock += 90_000;
    const { status, body } = await house.get("/health");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "healthy",
      service: "scheduler",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      timestamp: "2030-01-01T00:01:30.000Z",
      uptime_seconds: 90,
      active_solves: 0,
      queued: 0,
      workers: 1,
    });
  });

  it("answers while every worker is busy", async () => {
    await using house = await serve({ entry: untilStopped });
    const stop = new AbortController();
    const solve = fetch(`${house.url}/api/v1/schedule`, { ...posted({}), signal: stop.signal }).catch(() => "stopped");
    await expect.poll(async () => (await house.get("/health")).body).toMatchObject({ active_solves: 1 });
    for (let times = 0; times < 5; times += 1) expect((await house.get("/health")).status).toBe(200);
    expect(await Promise.race([solve, Promise.resolve("still solving")])).toBe("still solving");
    stop.abort();
    await solve;
  });
});

describe("every path", () => {
  it.each(["/health", "/api/v1/models/status", "/api/v1/suggestions/user-123", "/metrics"])(
    "%s is accepted with a trailing slash",
    async (path) => {
      await using house = await serve({ entry: echo });
      expect((await house.get(path)).status).toBe(200);
      expect((await house.get(`${path}/`)).status).toBe(200);
    },
  );

  it("accepts a trailing slash where it is posted to", async () => {
    await using house = await serve({ entry: echo });
    expect((await house.post("/api/v1/schedule/", "a")).body).toMatchObject({ said: "a", operation: "generate" });
    expect((await house.post("/api/v1/optimize/", "b")).body).toMatchObject({ said: "b", operation: "optimize" });
  });

  it.each(["/", "/nowhere", "/api/v1/nowhere", "/api/v1/suggestions"])("%s is not found", async (path) => {
    await using house = await serve({ entry: echo });
    expect(await house.get(path)).toMatchObject({ status: 404, body: { detail: { error: "Not found" } } });
  });

  it("answers with the request's id, and makes one where none is usable", async () => {
    await using house = await serve({ entry: echo });
    const given = await house.get("/health", { "x-request-id": "given-by-the-api-1" });
    expect(given.headers.get("x-request-id")).toBe("given-by-the-api-1");
    const made = await house.get("/nowhere", { "x-request-id": "<script>" });
    expect(made.headers.get("x-request-id")).toMatch(/^[A-Za-z0-9-]{8,64}$/);
  });
});

describe("GET /api/v1/suggestions", () => {
  it("has none to make, since it keeps no plan", async () => {
    await using house = await serve({ entry: echo });
    expect((await house.get("/api/v1/suggestions/user%20123")).body).toEqual({
      user_id: "user 123",
      suggestions: [],
      generated_at: "2030-03-25T06:00:00.000Z",
    });
  });

  it("refuses an id that is too long", async () => {
    await using house = await serve({ entry: echo });
    expect(await house.get(`/api/v1/suggestions/${"x".repeat(201)}`)).toMatchObject({
      status: 422,
      body: { detail: [{ type: "string_too_long", loc: ["path", "user_id"], ctx: { max_length: 200 } }] },
    });
  });

  it("refuses an id that is no text", async () => {
    await using house = await serve({ entry: echo });
    expect(await house.get("/api/v1/suggestions/%ff")).toMatchObject({ status: 400 });
  });
});

it("has no models to tell of", async () => {
  await using house = await serve({ entry: echo });
  expect((await house.get("/api/v1/models/status")).body).toEqual({ models: [] });
});

describe("with a token", () => {
  const env = { SCHEDULER_TOKEN: "correct-horse" };

  it.each([
    [{}],
    [{ authorization: "Bearer wrong" }],
    [{ authorization: "Basic correct-horse" }],
    [{ authorization: "Bearer" }],
  ])("refuses %j", async (headers: Record<string, string>) => {
    await using house = await serve({ entry: echo, env });
    const refused = await house.post("/api/v1/schedule", "a", headers);
    expect(refused).toMatchObject({ status: 401, body: { detail: { error: "A valid bearer token is required" } } });
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    expect((await house.get("/api/v1/nowhere", headers)).status).toBe(401);
  });

  it("lets in who holds it, and anybody to /health", async () => {
    await using house = await serve({ entry: echo, env });
    expect((await house.post("/api/v1/schedule", "a", { authorization: "Bearer correct-horse" })).status).toBe(200);
    expect((await house.get("/health")).status).toBe(200);
  });
});

describe("GET /metrics", () => {
  const open = { SCHEDULER_HOST: "0.0.0.0", SCHEDULER_TOKEN: "t" };

  it("tells of solves, queue and workers", async () => {
    await using house = await serve({ entry: echo });
    await house.post("/api/v1/schedule", "a");
    const { text } = await house.get("/metrics");
    expect(text).toMatch(/^beq_scheduler_requests_total\{status="success"\} 1$/m);
    expect(text).toMatch(/^beq_scheduler_workers 1$/m);
    expect(text).toMatch(/^beq_scheduler_queue_length 0$/m);
    expect(text).toMatch(/^beq_scheduler_queue_wait_seconds_count 1$/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
  });

  // A machine without promtool says so by a skipped test, unless it is told to have every tool.
  const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
  it.skipIf(!hasPromtool && process.env["REQUIRE_ALL_TOOLS"] !== "1")(
    "is a page that promtool approves of",
    async () => {
      await using house = await serve({ entry: echo });
      const { text: input } = await house.get("/metrics");
      const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
      expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
    },
  );

  it("is not found off loopback while no token is set", async () => {
    await using house = await serve({ entry: echo, env: open });
    expect((await house.get("/metrics")).status).toBe(404);
  });

  it("asks for its token off loopback", async () => {
    await using house = await serve({ entry: echo, env: { ...open, METRICS_TOKEN: "scrape" } });
    expect((await house.get("/metrics")).status).toBe(401);
    expect((await house.get("/metrics", { authorization: "Bearer scrape" })).status).toBe(200);
  });
});

describe("a body", () => {
  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"])(
    "of type %s is refused",
    async (type) => {
      await using house = await serve({ entry: echo });
      expect(await house.post("/api/v1/schedule", "{}", { "content-type": type })).toMatchObject({
        status: 415,
        body: { detail: { error: "Content-Type must be application/json" } },
      });
    },
  );

  it.each(["application/json; charset=utf-8", "Application/JSON", "application/problem+json"])(
    "of type %s is read",
    async (type) => {
      await using house = await serve({ entry: echo });
      expect((await house.post("/api/v1/schedule", "{}", { "content-type": type })).status).toBe(200);
    },
  );

  it("of 20 MB is refused with the limit, and the service lives", async () => {
    await using house = await serve({ entry: echo });
    expect(await house.post("/api/v1/schedule", Buffer.alloc(20 * 1024 * 1024, " "))).toMatchObject({
      status: 413,
      body: { detail: { error: "The body is larger than the limit of 2 MB" } },
    });
    expect((await house.post("/api/v1/schedule", "a")).status).toBe(200);
  });

  it("in an encoding that nobody knows is refused", async () => {
    await using house = await serve({ entry: echo });
    expect(await house.post("/api/v1/schedule", "a", { "content-encoding": "rot13" })).toMatchObject({ status: 415 });
  });
});

describe("a worker that fails", () => {
  it("costs its own request only, and says nothing of the cause", async () => {
    const entry = program(`if (text(job) === "bad") throw new Error("the title of a task"); answer({});`);
    await using house = await serve({ entry });
    const failed = await house.post("/api/v1/schedule", "bad", { "x-request-id": "request-0001" });
    expect(failed).toMatchObject({
      status: 500,
      body: { detail: { error: "Internal server error", request_id: "request-0001" } },
    });
    expect((await house.post("/api/v1/schedule", "good")).status).toBe(200);
    expect(house.lines()).toContainEqual(
      expect.objectContaining({ level: "error", message: "Solve crashed", request_id: "request-0001" }),
    );
    expect(JSON.stringify([failed.body, house.lines()])).not.toContain("the title of a task");
  });

  it("by a plan that breaks a rule gets no plan out, and the log names the rule", async () => {
    await using house = await serve({ entry: program(`done({ kind: "broken", rules: ["overlap"] });`) });
    expect(await house.post("/api/v1/schedule", "a")).toMatchObject({ status: 500 });
    expect(house.lines()).toContainEqual(
      expect.objectContaining({ level: "error", message: "Plan refused by its check", rules: ["overlap"] }),
    );
  });

  it("to answer in time is a 504", async () => {
    await using house = await serve({ entry: program(`while (true);`), env: { SCHEDULER_TIME_LIMIT_SECONDS: "0.1" } });
    expect(await house.post("/api/v1/schedule", "a")).toMatchObject({
      status: 504,
      body: { detail: { error: "No plan was found within the time limit" } },
    });
  });
});

describe("a full queue", () => {
  it("is a 503 with Retry-After, and a client that leaves makes room", async () => {
    await using house = await serve({ entry: untilStopped, env: { SCHEDULER_QUEUE: "1" } });
    const leave = [new AbortController(), new AbortController()];
    const held = leave.map(({ signal }) =>
      fetch(`${house.url}/api/v1/schedule`, { ...posted("a"), signal }).catch(() => "left"),
    );
    await expect.poll(() => load(house)).toEqual({ active: 1, queued: 1 });

    const refused = await house.post("/api/v1/schedule", "b");
    expect(refused).toMatchObject({
      status: 503,
      body: { detail: { error: expect.stringContaining("queue is full") } },
    });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);

    for (const controller of leave) controller.abort();
    await Promise.all(held);
    await expect.poll(() => load(house)).toEqual({ active: 0, queued: 0 });
    expect((await house.get("/metrics")).text).toMatch(/^beq_scheduler_requests_total\{status="cancelled"\} 2$/m);
  });
});

describe("a log line", () => {
  it("of a solve carries the fixed keys and the ids of the caller, and nothing that a person wrote", async () => {
    await using house = await serve({ entry: echo });
    const trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
    const ids = { "x-request-id": "request-0002", traceparent: `00-${trace_id}-00f067aa0ba902b7-01` };
    await house.post("/api/v1/schedule", '{"title":"Buy a ring"}', ids);
    expect(house.lines()).toContainEqual(
      expect.objectContaining({
        level: "info",
        service: "scheduler",
        request_id: "request-0002",
        trace_id,
        user_id: "u",
        operation: "schedule_generation",
        status: "success",
        duration: expect.any(Number),
        event_count: 0,
        confidence_score: 1,
      }),
    );
    expect(JSON.stringify(house.lines())).not.toContain("ring");
  });
});

describe("closing", () => {
  it("answers what runs and what waits, then refuses connections", async () => {
    await using gate = await createGate();
    const house = await serve({ entry: program(`${gate.passed} answer({ said: text(job) });`) });
    const first = house.post("/api/v1/schedule", "first");
    await expect.poll(() => load(house)).toEqual({ active: 1, queued: 0 });
    const second = house.post("/api/v1/schedule", "second");
    await expect.poll(() => load(house)).toEqual({ active: 1, queued: 1 });
    const closed = house.server.close();
    await gate.open();
    expect([(await first).body, (await second).body]).toEqual([{ said: "first" }, { said: "second" }]);
    expect((await first).headers.get("connection")).toBe("close");
    await closed;
    await expect(house.get("/health")).rejects.toThrow("fetch failed");
  });
});

/** What a thread waits for until it is opened: a file, which every thread can see. */
async function createGate() {
  const directory = await mkdtemp(join(tmpdir(), "beq-gate-"));
  const path = join(directory, "open");
  const isThere = `process.getBuiltinModule("node:fs").existsSync(${JSON.stringify(path)})`;
  return {
    passed: `while (!${isThere}) Atomics.wait(job.stop, 0, 0, 5);`,
    open: () => writeFile(path, ""),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

async function load(house: House): Promise<unknown> {
  const { active_solves: active, queued } = (await house.get("/health")).body as {
    active_solves: number;
    queued: number;
  };
  return { active, queued };
}
