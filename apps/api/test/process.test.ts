import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve as serveScheduler } from "@beq/scheduler/testing";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { freePort } from "../../../scripts/port.ts";
import { monday } from "./serve.ts";
import { copyOf } from "./template.ts";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

describe("a start with a bad environment", () => {
  it.each([
    [{ PORT: "80000" }, 'PORT="80000": expected a port number 0..65535'],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL="loud": expected error, warn, info or debug'],
    [{ DATABASE_URL: "mysql://secret@host/db" }, "DATABASE_URL=(hidden): expected a postgres:// address"],
    [{ FEATURE_AI_CHAT_ENABLED: "maybe" }, /FEATURE_AI_CHAT_ENABLED.*"maybe".*true/],
    [{ FEATURE_AI_CHAT_ROLLOUT: "101" }, /FEATURE_AI_CHAT_ROLLOUT.*"101".*100/],
    [{ HOST: "0.0.0.0" }, /HOST="0.0.0.0".*SERVER_KEY/],
    [{ SERVER_KEY: "short" }, "SERVER_KEY=(hidden): expected at least 16 characters"],
    [{ OVERRIDE_SECRET: `${"x".repeat(32)},short` }, "OVERRIDE_SECRET=(hidden): expected secrets of at least 32"],
    [{ DATABASE_URL: "postgres://app@127.0.0.1:9/none" }, /DATABASE_URL is not reachable/],
  ])("is refused in one line: %o", async (env, line) => {
    await using house = await start(env);
    expect(await house.ended).toBe(1);
    expect(house.errors()).toMatch(line);
    expect(house.errors().trim().split("\n")).toHaveLength(1);
  });

  it("is refused in one line where the port is taken", async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    await using house = await start({ PORT: String(port) });
    await house.ended;
    expect(house.errors()).toContain(`PORT=${port} is in use by another process`);
    other.close();
  });
});

describe("a running API", () => {
  let scheduler: Awaited<ReturnType<typeof serveScheduler>>;
  beforeAll(async () => {
    scheduler = await serveScheduler({ now: () => monday });
  });
  afterAll(() => scheduler[Symbol.asyncDispose]());

  it("answers every request that reached it before SIGTERM, then ends with code 0", async () => {
    await using house = await start({ SCHEDULER_SERVICE_URL: scheduler.url });
    await house.ready();
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const outcomes: string[] = [];
    let stop = false;
    const clients = Array.from({ length: 8 }, async () => {
      while (!stop) outcomes.push(await get(`${house.url}/api/v1/features/status?user_id=u`, agent));
    });
    const planning = post(`${house.url}/api/v1/schedule/generate`, body("u", 1));
    await expect.poll(() => outcomes.length).toBeGreaterThan(50);
    house.child.kill("SIGTERM");
    expect(await house.ended).toBe(0);
    stop = true;
    await Promise.all(clients);
    agent.destroy();
    outcomes.push(await get(house.url, new Agent()));
    expect((await planning).status).toBe(200);
    // A refused connection never reached the server; anything else but an answer would be a lost request.
    expect(new Set(outcomes)).toEqual(new Set(["200", "ECONNREFUSED"]));
  });

  it("loses no acknowledged schedule in 20 kills during writes", async () => {
    await using data = await copyOf(inject("template"));
    const writes = new Map<string, { sent: string[]; acknowledged: number }>();
    for (let round = 0; round < 20; round += 1) {
      await using house = await start({ SCHEDULER_SERVICE_URL: scheduler.url, DATA_DIR: data.path });
      await house.ready();
      // What was sent after the last acknowledged write may be there or not; nothing older may.
      for (const [user, { sent, acknowledged }] of writes)
        expect(sent.indexOf((await storedTask(house.url, user)) ?? "")).toBeGreaterThanOrEqual(acknowledged);

      let answered = 0;
      const writers = ["a", "b", "c"].map(async (user) => {
        const log = writes.get(user) ?? { sent: [], acknowledged: -1 };
        writes.set(user, log);
        for (;;) {
          const index = log.sent.push(`task-${round}-${log.sent.length}`) - 1;
          const { status } = await post(`${house.url}/api/v1/schedule/generate`, body(user, log.sent[index] ?? ""));
          if (status !== 200) return;
          log.acknowledged = index;
          answered += 1;
        }
      });
      await expect.poll(() => answered).toBeGreaterThan(3);
      // Somewhere within a write, elsewhere in each round.
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 200));
      house.child.kill("SIGKILL");
      await Promise.all(writers);
    }
  }, 1_200_000);
});

function body(user_id: string, task: string | number) {
  return { user_id, tasks: [{ id: String(task), title: "Write", estimated_duration_minutes: 30 }] };
}

async function storedTask(url: string, user: string): Promise<string | undefined> {
  const response = await fetch(`${url}/api/v1/schedule/${user}`);
  const { tasks } = (await response.json()) as { tasks: { id: string }[] };
  return tasks[0]?.id;
}

async function post(url: string, json: unknown): Promise<{ status: number }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(json),
    });
    await response.text();
    return { status: response.status };
  } catch {
    return { status: 0 };
  }
}

function get(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(url, { agent }, (response) => {
      response.once("error", (error: NodeJS.ErrnoException) => resolve(String(error.code)));
      response.once("end", () => resolve(String(response.statusCode)));
      response.resume();
    });
    sent.once("error", (error: NodeJS.ErrnoException) => resolve(String(error.code))).end();
  });
}

/** The built API as a process of its own, in an empty directory; with an empty database unless told of another. */
async function start(env: Record<string, string>) {
  const cwd = await mkdtemp(join(tmpdir(), "beq-api-"));
  await writeFile(join(cwd, ".env"), "");
  if (!env["DATA_DIR"]) cpSync(inject("template"), join(cwd, "data"), { recursive: true });
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [main], {
    cwd,
    env: { PATH: process.env["PATH"], PORT: String(port), DATA_DIR: join(cwd, "data"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr?.on("data", (chunk) => (errors += String(chunk)));
  child.stdout?.resume();
  // Not "exit": what it said last may come after that.
  const ended = once(child, "close").then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${env["PORT"] ?? port}`;
  return {
    child,
    ended,
    url,
    errors: () => errors,
    async ready() {
      const answer = () => fetch(`${url}/health/ready`).then(statusOf, () => errors);
      await expect.poll(answer).toBe(200);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
      }
      await ended;
      await rm(cwd, { recursive: true, force: true });
    },
  };
}

function statusOf({ status }: Response): number {
  return status;
}
