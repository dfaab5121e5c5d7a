import { createOverrides } from "@beq/flags/override";
import { overrideCookieFor } from "@beq/flags/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, launch, type Look, visit } from "./chromium.ts";
import { type Stack, startStack } from "./stack.ts";

const secret = "the secret of this one deployment.";
const look: Look = { width: 1280, scheme: "light" };

describe.runIf(hasChromium())("a page's flags in Chromium", () => {
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ OVERRIDE_SECRET: secret }), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  it("count as used once when a component has shown them, however often, and are told together", async () => {
    const { page, complaints } = await visit(browser, stack.url, look);
    const told = reports(page);
    const answered = page.waitForResponse(isReport);
    await planner(page).waitFor();
    await page.getByRole("link", { name: "Features" }).click();
    await page.getByRole("row", { name: /Schedule optimization/ }).waitFor();
    await page.getByRole("link", { name: "Planner" }).click();
    await planner(page).waitFor();

    for (let turn = 0; turn < 3; turn += 1) await page.evaluate(() => dispatchEvent(new Event("pagehide")));
    expect((await answered).status()).toBe(200);
    await page.goto("about:blank");
    expect(told).toEqual([{ user_id: "local", exposures: [{ feature_name: "schedule_optimization", enabled: true }] }]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("arrive although the page is being left, exactly once", async () => {
    const before = await shown(stack);
    const { page } = await visit(browser, stack.url, look);
    await planner(page).waitFor();
    // Within the site: for a page of another one the browser ends this one's process, with or without its last words.
    await page.goto(`${stack.url}/health/live`);
    await expect.poll(() => shown(stack)).toBe(before + 1);
    await page.context().close();
    expect(await shown(stack)).toBe(before + 1);
  });

  it("are what a signed cookie forces for its user, and nobody else's", async () => {
    stack.setEnvironment({ FEATURE_SCHEDULE_OPTIMIZATION_ENABLED: "false" });
    const { page } = await visit(browser, stack.url, look);
    await switchedOff(page).waitFor();
    const before = await used(stack);

    await page.context().addCookies([await cookieOf("local")]);
    await page.reload();
    await planner(page).waitFor();
    // The gate lets it pass too: the stored week is had without a complaint.
    await page.getByText("What do you have to do?").waitFor();
    await page.goto("about:blank");

    for (const cookies of [[], [await cookieOf("ann")]]) {
      const { page: other } = await visit(browser, "about:blank", look);
      await other.context().addCookies(cookies);
      await other.goto(stack.url);
      await switchedOff(other).waitFor();
      await other.context().close();
    }
    await page.context().clearCookies();
    await page.goto(stack.url);
    await switchedOff(page).waitFor();
    expect(await used(stack)).toBe(before);
    await page.context().close();
  });

  async function cookieOf(userId: string) {
    const overrides = createOverrides({ secrets: [secret], now: Date.now });
    const variants = { schedule_optimization: "on" };
    return overrideCookieFor(await overrides.sign({ variants, userId, expiresAt: Date.now() + 600_000 }), stack.url);
  }
});

function planner(page: Page) {
  return page.getByRole("button", { name: "Plan my week" });
}

function switchedOff(page: Page) {
  return page.getByText("Planning is switched off for you at the moment");
}

/** What the page reports, as it is sent. */
function reports(page: Page): unknown[] {
  const told: unknown[] = [];
  page.on("request", (request) => {
    if (isReport(request)) told.push(request.postDataJSON());
  });
  return told;
}

function isReport(one: { url: () => string }): boolean {
  return one.url().includes("features.exposed");
}

/** How often planning was used switched on, by gates and by pages. */
function used(stack: Stack): Promise<number> {
  return sum(stack, /^beq_flag_exposures_total\{flag="schedule_optimization",variant="on"\} (\d+)$/gm);
}

/** The same by pages alone, while it is on for everybody. */
async function shown(stack: Stack): Promise<number> {
  const gates = /^beq_feature_requests_total\{feature="schedule_optimization",.*status="started"\} (\d+)$/gm;
  return (await used(stack)) - (await sum(stack, gates));
}

async function sum({ url }: Stack, samples: RegExp): Promise<number> {
  const page = await (await fetch(`${url}/metrics`)).text();
  return [...page.matchAll(samples)].reduce((total, [, count]) => total + Number(count), 0);
}
