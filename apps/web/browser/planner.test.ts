import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./barriers.ts";
import { drop, hasChromium, launch, type Look, visit } from "./chromium.ts";
import { type Stack, startStack } from "./stack.ts";
import { act, plan, planFixture, root, rows } from "./week.ts";

const shots = join(root, ".screenshots");
const looks: Look[] = [1280 as const, 390 as const].flatMap(
  (width) =>
    [
      { width, scheme: "light" },
      { width, scheme: "dark" },
    ] as const,
);

describe.runIf(hasChromium())("the web app in Chromium", () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    [stack, browser] = await Promise.all([startStack(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  it("shows first what to do, and plans a week from the keyboard alone", async () => {
    const { page, complaints } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await page.getByText("What do you have to do?").waitFor();
    await page.screenshot({ path: join(shots, "first-1280-light.png") });

    await page.keyboard.press("n");
    await page.keyboard.type("Write the report 90m !high by 2099-01-01 12:00");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Read the papers 45m");
    await page.keyboard.press("Enter");
    await expect.poll(() => rows(page)).toBe(2);
    await plan(page);
    expect(await page.getByText("All 2 placed").count()).toBe(1);

    // From the first block of the calendar into its reason and back.
    const block = page.locator("[data-block]", { hasText: "Write the report" });
    await block.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Write the report" }).getByText("Priority", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    expect(await block.evaluate((element) => element === document.activeElement)).toBe(true);

    // The palette finds actions by name.
    await act(page, "remove every");
    await page.getByText("What do you have to do?").waitFor();
    await page.keyboard.press("Control+z");
    await expect.poll(() => rows(page)).toBe(2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("loads less than 200 kB, compressed, for the first view", async () => {
    const { page } = await visit(browser, "about:blank", { width: 1280, scheme: "light" });
    const sizes: Promise<number>[] = [];
    page.on("response", (response) => {
      if (/\.(js|css|svg)$|\/$/.test(response.url())) sizes.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.goto(stack.url);
    await page.getByRole("button", { name: "Plan my week" }).waitFor();
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(200_000);
    await page.context().close();
  });

  it.each(looks)("plans the dropped week at $width px, $scheme, and shows it without a barrier", async (look) => {
    const { page, complaints } = await visit(browser, stack.url, look);
    await planFixture(page);
    const shown = await blocks(page, look);
    expect(shown.filter((name) => name.startsWith("Task: ")).length).toBeGreaterThan(look.width === 390 ? 1 : 20);
    expect(shown.filter((name) => name.startsWith("Lunch: ")).length).toBeGreaterThan(0);
    expect(shown.some((name) => name.startsWith("Meeting: "))).toBe(true);
    expect(await overlapping(page)).toEqual([]);

    await page.getByText(/chance that every deadline holds/).waitFor();
    await screenshot(page, "planner", look);
    expect(await barriers(page)).toEqual([]);

    await page.keyboard.press("n");
    await screenshot(page, "planner-tasks", look);
    expect(await barriers(page)).toEqual([]);
    await page.goto(`${stack.url}/features`);
    await page.getByRole("row", { name: /Schedule optimization/ }).waitFor();
    await screenshot(page, "features", look);
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("names the reason of a placement and has the plan again after a reload", async () => {
    const { page } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await planFixture(page);
    const before = await blocks(page, { width: 1280 });
    await page.reload();
    await page.getByText(/\d+ placed/).waitFor();
    expect(await blocks(page, { width: 1280 })).toEqual(before);

    const block = page.getByRole("button", { name: /^Task: Draft the quarterly report/ });
    await block.click();
    const card = page.getByRole("dialog", { name: "Draft the quarterly report" });
    await card.getByText("Done by").waitFor();
    expect(await card.locator("p").nth(1).innerText()).toMatch(/\w{3}/);
    await screenshot(page, "reason", { width: 1280, scheme: "light" });
    await page.context().close();
  });

  it("goes on with the stored week on a device that has no draft", async () => {
    const { page } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await expect.poll(() => rows(page)).toBeGreaterThanOrEqual(25);
    await expect.poll(() => page.getByRole("button", { name: /^Task: / }).count()).toBeGreaterThan(20);
    await page.context().close();
  });

  it("goes on with what another tab typed and planned, and does not write over it", async () => {
    const { page } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await planFixture(page);
    const other = await page.context().newPage();
    await other.goto(stack.url);
    await other.getByText("All 25 placed").waitFor();
    await other.getByLabel("Add a task").fill("Call the bank 30m");
    await other.keyboard.press("Enter");
    await expect.poll(() => rows(page)).toBe(26);
    await plan(other);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await page.getByText("All 26 placed").waitFor();
    await page.getByText("Changed since this plan.").waitFor({ state: "detached" });

    await page.getByLabel("Add a task").fill("Water the plants 15m");
    await page.keyboard.press("Enter");
    await expect.poll(() => rows(other)).toBe(27);
    await page.context().close();
  });

  it("leaves an emptied list empty until the person goes on with the stored plan", async () => {
    const { page } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await planFixture(page);
    await act(page, "remove every");
    await page.getByText("What do you have to do?").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Go on with your last plan" }).click();
    await expect.poll(() => rows(page)).toBe(25);
    await page.context().close();
  });

  it("takes what is done out of the week and leaves it where it was", async () => {
    const { page } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await planFixture(page);
    await page.clock.setSystemTime("2030-03-25T23:00:00+01:00");
    await page.reload();
    await page
      .locator("[data-block]", { hasText: /^Task: .*Mon 25 Mar/ })
      .first()
      .click();
    const card = page.locator("dialog:popover-open");
    const title = await card.locator("h4").innerText();
    await card.getByRole("button", { name: "Done" }).click();
    await expect.poll(() => rows(page)).toBe(24);
    await page.getByText("Changed since this plan.").waitFor();
    expect(await page.locator("[data-block]", { hasText: title }).count()).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await expect.poll(() => rows(page)).toBe(25);
    await page.context().close();
  });

  it("keeps what was typed and offers a retry while the scheduler is away", async () => {
    const { page } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await planFixture(page);
    await stack.stopScheduler();
    await page.getByRole("button", { name: "Plan my week" }).click();
    await page.getByText("No plan can be made just now").waitFor();
    await screenshot(page, "unreachable", { width: 1280, scheme: "light" });
    await expect.poll(() => rows(page)).toBe(25);

    await stack.startScheduler();
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByText("No plan can be made just now").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Plan my week" }).waitFor();
    await page.getByText(/\d+ placed/).waitFor();
    await page.context().close();
  });

  it("points at the wrong task and says which rows of a file it did not take", async () => {
    const { page } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await planFixture(page);
    await drop(page, [{ name: "more.csv", text: "id,title,duration,depends_on\nx,Fine,30,ghost\ny,Long,9999,\n" }]);
    await page
      .getByText("Row 3: estimated_duration_minutes: Input should be less than or equal to 1440 (got 9999)")
      .waitFor();
    await expect.poll(() => rows(page)).toBe(26);
    await page.getByLabel("Correct them here").fill("id,title,duration\ny,Long,90\n");
    await page.getByRole("button", { name: "Read them again" }).click();
    await expect.poll(() => rows(page)).toBe(27);

    await page.getByRole("button", { name: "Plan my week" }).click();
    await page.getByText("depends on unknown task 'ghost'").first().waitFor();
    await screenshot(page, "invalid", { width: 1280, scheme: "light" });
    await page.locator("[data-row]", { hasText: "Fine" }).click();
    await page.getByRole("button", { name: "No longer after ghost" }).click();
    await page.getByText("depends on unknown task 'ghost'").first().waitFor({ state: "detached" });
    await plan(page);
    expect(await page.getByText("needs a look").count()).toBe(0);
    await page.context().close();
  });

  it("follows a flag that is changed while the page is open, without a reload", async () => {
    const { page } = await visit(browser, stack.url, { width: 1280, scheme: "light" });
    await page.getByRole("button", { name: "Plan my week" }).waitFor();
    stack.setEnvironment({
      FEATURE_SCHEDULE_OPTIMIZATION_ENABLED: "false",
      FEATURE_AI_CHAT_ENABLED: "true",
      FEATURE_AI_CHAT_ROLLOUT: "12.5",
    });
    await page.getByText("Planning is switched off for you at the moment").waitFor();
    await screenshot(page, "switched-off", { width: 1280, scheme: "light" });
    expect(await barriers(page)).toEqual([]);

    await page.getByRole("link", { name: "Features" }).click();
    await page.getByRole("row", { name: /Schedule optimization .*Off/ }).waitFor();
    await page.getByRole("row", { name: /AI chat .*Depends on who asks.*12.5 %/ }).waitFor();
    stack.setEnvironment({});
    await page.getByRole("row", { name: /Schedule optimization .*On/ }).waitFor();
    await page.getByRole("link", { name: "Planner" }).click();
    await page.getByRole("button", { name: "Plan my week" }).waitFor();
    await page.context().close();
  });
});

/** The accessible names of the calendar's blocks. */
async function blocks(page: Page, { width }: Pick<Look, "width">): Promise<string[]> {
  if (width === 390) await page.getByRole("button", { name: "Week", exact: true }).click();
  const all = page.locator("[data-block]");
  await all.first().waitFor();
  return all.evaluateAll((elements) => elements.map((element) => element.textContent ?? ""));
}

/** Pairs of blocks that are drawn over each other. */
function overlapping(page: Page): Promise<string[]> {
  return page.locator("[data-block] > div").evaluateAll((elements) => {
    const boxes = elements.map((element) => ({
      name: element.textContent,
      box: element.getBoundingClientRect(),
    }));
    return boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter(
          ({ box }) =>
            a.box.left < box.right && box.left < a.box.right && a.box.top < box.bottom && box.top < a.box.bottom,
        )
        .map((b) => `${a.name} / ${b.name}`),
    );
  });
}

async function screenshot(page: Page, name: string, { width, scheme }: Look): Promise<void> {
  await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`) });
}
