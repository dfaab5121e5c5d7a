import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { drop } from "./chromium.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Plans the week of the fixtures from nothing. */
export async function planFixture(page: Page): Promise<void> {
  await page.getByLabel("Add a task").waitFor();
  // A visitor finds what an earlier one planned; this one begins anew.
  await act(page, "remove every");
  await page.getByText("What do you have to do?").waitFor();
  await drop(page, ["week.ics", "tasks.json"].map(fixture));
  await expect.poll(() => rows(page)).toBe(25);
  await page.getByRole("region", { name: "Files read" }).getByRole("button", { name: "Dismiss" }).click();
  await plan(page);
  await settle(page);
}

/** Runs an action by the palette. */
export async function act(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Actions" }).waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

/** Plans and waits until the plan is on the screen. */
export async function plan(page: Page): Promise<void> {
  const answer = page.waitForResponse((response) => response.url().includes("generateLive"));
  await page.keyboard.press("Control+Enter");
  // It runs from before the answer begins until the plan is there.
  await answer;
  await page.getByRole("button", { name: "Plan my week" }).waitFor();
  await page.getByText(/\d+ placed/).waitFor();
}

/** Ends the search for a better plan: the one on the screen is the one that stays. */
export async function settle(page: Page): Promise<void> {
  const stop = page.getByRole("button", { name: "Stop looking for a better plan" });
  // At once, or not at all: it may be over by now.
  await stop.evaluateAll((buttons) => buttons.forEach((button) => button instanceof HTMLElement && button.click()));
  await stop.waitFor({ state: "hidden" });
}

function fixture(name: string): { name: string; text: string } {
  return { name, text: readFileSync(join(root, "apps", "scheduler", "fixtures", name), "utf8") };
}

/** How many tasks are listed. */
export function rows(page: Page): Promise<number> {
  return page.locator("[data-row]").count();
}
