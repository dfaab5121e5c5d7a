import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "./port.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const curlLines = [read("README.md"), read("docs/guides/first-week.md")]
  .flatMap((text) => text.split("\n"))
  .filter((line) => line.startsWith("curl "));

describe("npm start", () => {
  let house: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    house = await start();
    await house.ready;
  });
  afterAll(() => house.remove());

  it("prints where everything is", () => {
    expect(house.output()).toContain(`App        ${house.url}`);
    expect(house.output()).toContain("Ctrl-C stops it.");
  });

  it("serves the web app on the same origin", async () => {
    const page = await fetch(house.url, { headers: { accept: "text/html" } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');
  });

  it.each(curlLines)("makes the documented line work: %s", async (line) => {
    const { stdout } = await run(
      "bash",
      ["-c", `${line.replaceAll("http://127.0.0.1:8000", house.url)} --fail-with-body`],
      { cwd: root },
    );
    expect(stdout.length).toBeGreaterThan(20);
  });

  it("documents ten of them", () => {
    expect(curlLines.length).toBeGreaterThanOrEqual(10);
  });

  it("stops everything on Ctrl-C, with code 0", async () => {
    house.child.kill("SIGINT");
    expect(await house.exit).toBe(0);
    await expect(fetch(house.url)).rejects.toThrow("fetch failed");
    await expect(fetch(house.scheduler)).rejects.toThrow("fetch failed");
  });
});

describe("npm start where the port is taken", () => {
  it("says so, stops what it had started, and fails", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const house = await start({ PORT: String(port) });
    expect(await house.exit).toBe(1);
    expect(house.output()).toContain(`PORT=${port} is in use by another process`);
    await expect(fetch(house.scheduler)).rejects.toThrow("fetch failed");
    other.close();
    await house.remove();
  });
});

describe(".env.example", () => {
  it("names every variable that the services read", () => {
    const documented = new Set([...read(".env.example").matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name));
    const sources = ["apps/api/src/config.ts", "apps/scheduler/src/config.ts"].map(read).join("\n");
    const used = [...sources.matchAll(/^ +([A-Z][A-Z_]{3,}):/gm)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((name) => !documented.has(name))).toEqual([]);
    const features = [...read("packages/flags/src/features.ts").matchAll(/^ {2}([a-z_]+): \{/gm)].map(
      ([, key = ""]) => key,
    );
    expect(features).toHaveLength(5);
    expect(features.filter((key) => !documented.has(`FEATURE_${key.toUpperCase()}_ENABLED`))).toEqual([]);
  });
});

/** `npm start` on free ports with a database of its own. */
async function start(env: Record<string, string> = {}) {
  const directory = await mkdtemp(join(tmpdir(), "beq-start-"));
  const [api, scheduler] = await Promise.all([freePort(), freePort()]);
  const variables = { PORT: String(api), SCHEDULER_PORT: String(scheduler), DATA_DIR: directory, ...env };
  const child: ChildProcess = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  // Not "exit": what it said last may come after that.
  const exit = once(child, "close").then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: unknown) => {
      output += String(chunk);
      if (output.includes("BeQ is ready")) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    void exit.then(() => reject(new Error(output)));
  });
  ready.catch(() => undefined);
  return {
    child,
    ready,
    exit,
    output: () => output,
    url: `http://127.0.0.1:${variables.PORT}`,
    scheduler: `http://127.0.0.1:${scheduler}`,
    async remove() {
      if (child.exitCode === null) child.kill("SIGTERM");
      await exit;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
