// FullCalendar with the same blocks, dragged and stretched by its own interaction plugin.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPage } from "../looks.mjs";
import { monday } from "../week.mjs";
import { gripsOf } from "./stage.mjs";

const entry = fileURLToPath(new URL("../peer/index.mjs", import.meta.url));
const html = "<!doctype html><style>body{margin:0}</style><div id=calendar></div>";

/** Bundles the peer into `folder`, as a build of its users would. */
export async function buildPeer(folder) {
  const bench = fileURLToPath(new URL("../..", import.meta.url));
  if (!existsSync(join(bench, "node_modules", "fullcalendar")))
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: bench, stdio: "inherit" });
  const { build } = await import("vite");
  const lib = { entry, formats: ["iife"], name: "peer", fileName: () => "peer.js", cssFileName: "peer" };
  await build({ configFile: false, logLevel: "error", build: { outDir: folder, lib } });
  return { script: join(folder, "peer.js"), style: join(folder, "peer.css") };
}

export async function openPeer(browser, look, { script, style }, events) {
  const opened = await openPage(browser, look);
  const { page } = opened;
  await page.setContent(html);
  await page.addStyleTag({ path: style });
  await page.addScriptTag({ path: script });
  await page.evaluate((given) => globalThis.drawPeer(given), {
    view: look.touch ? "timeGridDay" : "timeGridWeek",
    date: monday,
    height: look.viewport.height,
    events: events.map(drawn),
  });
  await page.locator("[data-block]").first().waitFor();
  const tap = (name) => () => page.getByRole("button", { name }).tap();
  const click = (name) => () => page.getByRole("tab", { name }).click();
  return {
    ...opened,
    name: "peer",
    grips: () => gripsOf(page, { area: "[style*=auto]", block: "[data-block]" }),
    isCarrying: () => page.evaluate(() => globalThis.isCarrying),
    putBack: (hand, point) => hand.release(point),
    turn: look.touch ? ["Next Day", "Previous Day"].map(tap) : ["Day view", "Week view"].map(click),
    // A finger would first have to select the block.
    cannot: look.touch ? ["stretch", "search", "open"] : ["search", "open"],
  };
}

/** On the wall clock. */
function drawn({ id, title, start_time: start, end_time: end }) {
  return { id, title, start: start.slice(0, 19), end: end.slice(0, 19) };
}
