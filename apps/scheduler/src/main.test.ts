import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { answerOf, posted } from "./testing/serve.ts";

const week = readFileSync(new URL("../fixtures/week.json", import.meta.url), "utf8");

it("answers every request it has on SIGTERM, then ends well", async () => {
  await using program = start({
    SCHEDULER_PORT: "0",
    SCHEDULER_WORKERS: "1",
    SCHEDULER_ITERATIONS: "6000",
    SCHEDULER_TIME_LIMIT_SECONDS: "600",
  });
  const url = await program.listening();
  let answered = 0;
  const asked = Array.from({ length: 6 }, async () => {
    const answer = await answerOf(fetch(`${url}/api/v1/schedule`, posted(week)));
    answered += 1;
    return answer.status;
  });
  // In this order: whoever is answered meanwhile is missed, not counted twice.
  await expect.poll(async () => answered + (await inHand(url)), { interval: 5 }).toBe(6);
  program.child.kill("SIGTERM");

  expect(answered).toBeLessThan(6);
  expect(await Promise.all(asked)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(await program.ended).toMatchObject({ code: 0, signal: null });
});

it("ends when the process that started it is gone", async () => {
  await using program = start({ SCHEDULER_PORT: "0", SCHEDULER_WORKERS: "1" });
  await program.listening();
  program.child.disconnect();
  expect(await program.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
});

it("says in one line that its port is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const ended = await start({ SCHEDULER_PORT: String(port) }).ended;
  other.close();
  expect(ended).toMatchObject({
    code: 1,
    stderr: `SCHEDULER_PORT=${port}: expected a free port, but 127.0.0.1:${port} is in use\n`,
  });
});

it.each([
  [{ SCHEDULER_PORT: "abc" }, 'SCHEDULER_PORT="abc": expected a port number 0..65535\n'],
  [
    { SCHEDULER_HOST: "0.0.0.0" },
    'SCHEDULER_TOKEN is not set: expected a token, because SCHEDULER_HOST="0.0.0.0" is not loopback\n',
  ],
])("refuses to start with %j, in one line", async (env: Record<string, string>, stderr) => {
  expect(await start(env).ended).toMatchObject({ code: 1, stderr });
});

it("reads .env where it is started", async () => {
  const directory = mkdtempSync(join(tmpdir(), "beq-scheduler-"));
  writeFileSync(join(directory, ".env"), "SCHEDULER_QUEUE=many\n");
  expect(await start({}, directory).ended).toMatchObject({
    code: 1,
    stderr: 'SCHEDULER_QUEUE="many": expected a number of waiting requests 0..10000\n',
  });
});

async function inHand(url: string): Promise<number> {
  const { active_solves, queued } = (await answerOf(fetch(`${url}/health`))).body as Record<string, number>;
  return (active_solves ?? 0) + (queued ?? 0);
}

type Program = AsyncDisposable & {
  child: ChildProcess;
  /** The address from the line that says it listens. */
  listening: () => Promise<string>;
  ended: Promise<{ code: number | null; signal: string | null; stderr: string }>;
};

function start(env: Record<string, string>, cwd = tmpdir()): Program {
  const main = new URL("main.ts", import.meta.url).pathname;
  const loader = import.meta.resolve("tsx");
  const child = spawn(process.execPath, ["--import", loader, main], {
    cwd,
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const ended = end(child);
  return {
    child,
    listening: () => address(child),
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function address({ stdout }: ChildProcess): Promise<string> {
  let seen = "";
  return new Promise((resolve, reject) => {
    stdout?.on("data", (chunk) => {
      seen += chunk;
      const [, url] = /"url":"(http:[^"]+)"/.exec(seen) ?? [];
      if (url !== undefined) resolve(url);
    });
    stdout?.once("close", () => reject(new Error(`it did not start: ${seen}`)));
  });
}

async function end(child: ChildProcess): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  const stderr = child.stderr ? text(child.stderr) : "";
  // Not "close": Node never tells it of a child whose channel was disconnected.
  const [code, signal] = await once(child, "exit");
  return { code, signal, stderr: await stderr };
}
