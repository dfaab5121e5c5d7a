// The planner page as it ships.
import { drop } from "../../../apps/web/browser/chromium.ts";
import { looks, openPage } from "../looks.mjs";
import { file, taskCount } from "../week.mjs";
import { gripsOf } from "./stage.mjs";

const user = "local";
const block = "[data-block][data-grab]";

/** Drops the week on the page and plans it, as a person does; the blocks of the plan and what the page asked for. */
export async function planWeek(browser, url) {
  const { page } = await openPage(browser, looks[0]);
  await page.goto(url);
  await page.getByLabel("Add a task").waitFor();
  await drop(page, [file]);
  await page.locator("[data-row]").first().waitFor();
  const asking = page.waitForRequest((request) => request.url().includes("generateLive"));
  await page.keyboard.press("Control+Enter");
  const request = await asking;
  await page.getByText(`All ${taskCount} placed`).waitFor();
  await page.getByRole("button", { name: "Stop looking for a better plan" }).waitFor({ state: "hidden" });
  const { events } = await (await fetch(`${url}/api/v1/schedule/${user}`)).json();
  await page.context().close();
  return { events, search: { url: request.url(), headers: request.headers(), body: request.postData() } };
}

/** A visitor who finds the plan that was made. */
export async function openOurs(browser, look, url) {
  const opened = await openPage(browser, look);
  const { page } = opened;
  const button = (name) => page.getByRole("button", { name, exact: true });
  await page.goto(url);
  await page.getByLabel("Add a task").waitFor();
  if (look.touch) await button("Week").tap();
  await page.locator(block).first().waitFor();
  // What carries is loaded when a mouse comes near; a finger gives no notice.
  if (!look.touch) await page.locator(block).first().hover();
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/hands-")),
  );
  const parts = { area: "[aria-label=Calendar]", head: "[aria-label=Calendar] > div:first-child", block };
  return {
    ...opened,
    name: "ours",
    cannot: [],
    grips: () => gripsOf(page, parts),
    search: () => (look.touch ? button("Plan my week").tap() : page.keyboard.press("Control+Enter")),
    async settled() {
      const stop = page.getByRole("button", { name: "Stop looking for a better plan" });
      await stop.evaluateAll((buttons) => buttons.forEach((one) => one.click()));
      await stop.waitFor({ state: "hidden" });
    },
    turn: look.touch
      ? ["Tuesday 26", "Monday 25"].map((name) => () => page.getByRole("button", { name }).tap())
      : ["d", "w"].map((key) => () => page.keyboard.press(key)),
    isCarrying: () => page.evaluate(() => document.querySelector("[data-ghost]") !== null),
    async putBack(hand, point) {
      await page.keyboard.press("Escape");
      await hand.release(point);
    },
    takeBack: () => page.keyboard.press("Control+z"),
  };
}
