import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../../../../scripts/chromium.ts";
import { patience } from "../../../../scripts/patience.ts";
import type { Bench } from "./hooks.fixture.tsx";

declare const bench: Bench;

const on = { enabled: true, user_specific: false, description: "" };
const off = { ...on, enabled: false };

const executablePath = findChromium();

describe.skipIf(!executablePath)("the hooks, in a browser", () => {
  let browser: Browser;
  let script: string;

  beforeAll(async () => {
    [browser, script] = await Promise.all([launch(), bundle()]);
  });
  afterAll(() => browser.close());

  it("show nothing before the first answer, then each flag, and render only what changed", async () => {
    const page = await open();
    expect(await texts(page)).toEqual({
      chat: "unknown",
      sync: "unknown",
      suspended: "waiting",
      all: { keys: [], isLoading: true, sync: false },
    });

    await page.evaluate((flags) => bench.answer(flags), { chat: on, sync: off });
    await page.waitForFunction(() => document.querySelector("#suspended")?.textContent === "true");
    expect(await texts(page)).toMatchObject({ chat: "true", sync: "false", all: { isLoading: false, sync: false } });

    const before = await page.evaluate(() => ({ ...bench.renders }));
    await page.evaluate((flags) => bench.push(flags), { chat: { ...on }, sync: on });
    await page.waitForFunction(() => document.querySelector("#sync")?.textContent === "true");
    const after = await page.evaluate(() => ({ ...bench.renders }));
    expect(after["chat"]).toBe(before["chat"]);
    expect(after["sync"]).toBeGreaterThan(before["sync"] ?? 0);
  });

  it("stop loading when the server is down, keep going, and recover", async () => {
    const page = await open();
    await page.evaluate(() => bench.answer("down"));
    await page.waitForFunction(() => document.querySelector("#suspended")?.textContent === "undefined");
    expect(await texts(page)).toMatchObject({ chat: "unknown", all: { isLoading: false, error: "down", sync: false } });

    await page.evaluate((flags) => bench.push(flags), { chat: on, sync: on });
    await page.waitForFunction(() => document.querySelector("#chat")?.textContent === "true");
    expect(await texts(page)).toMatchObject({ suspended: "true", all: { isLoading: false, sync: true } });
  });

  it("record what was rendered, and refuse to work outside their provider", async () => {
    const page = await open();
    await page.evaluate((flags) => bench.answer(flags), { chat: on, sync: off });
    await page.waitForFunction(() => document.querySelector("#suspended")?.textContent === "true");
    expect(new Set(await page.evaluate(() => bench.exposed))).toEqual(new Set(["chat=true", "sync=false"]));
    expect(await page.textContent("#caught")).toBe("flags are read outside of their FlagProvider");
  });

  async function open(): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(patience.expect.poll.timeout);
    await page.setContent("<!doctype html><body></body>");
    await page.addScriptTag({ content: script });
    await page.waitForSelector("#all");
    return page;
  }
});

async function texts(page: Page) {
  const read = async (id: string) => (await page.textContent(`#${id}`)) ?? "";
  const [chat, sync, suspended, all] = await Promise.all(["chat", "sync", "suspended", "all"].map(read));
  return { chat, sync, suspended, all: JSON.parse(all ?? "") as unknown };
}

function launch(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"];
  return chromium.launch({ ...(executablePath && { executablePath }), args, timeout: patience.hookTimeout });
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL("./hooks.fixture.tsx", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "error",
    // Tests run in a mode in which JSX would ask for React's development build.
    oxc: { jsx: { runtime: "automatic", development: false } },
    define: { "process.env.NODE_ENV": '"production"' },
    build: { write: false, lib: { entry, formats: ["iife"], name: "fixture" } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && "output" in first ? first.output[0] : undefined;
  if (chunk?.type !== "chunk") throw new Error("the fixture was not built");
  return chunk.code;
}
