// npm run bench:planner [-- --quick] [-- --json] [-- --publish]; needs Chromium; fails when a goal is missed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "../../apps/web/browser/chromium.ts";
import { publish } from "../publish.mjs";
import { withPlanning } from "../scheduler.mjs";
import { answers } from "./answers.mjs";
import { openFloor } from "./contestants/floor.mjs";
import { openOurs, planWeek } from "./contestants/ours.mjs";
import { buildPeer, openPeer } from "./contestants/peer.mjs";
import { goalsOf } from "./goals.mjs";
import { looks } from "./looks.mjs";
import { report } from "./report.mjs";
import { scenes } from "./scenes.mjs";
import { summaryOf } from "./summary.mjs";

const flag = { type: "boolean" };
const { values: options } = parseArgs({ options: { quick: flag, json: flag, publish: flag } });
// Seconds of a scene, those of a search, and how often each is done.
const effort = options.quick ? { seconds: 2, search: 4, rounds: 1 } : { seconds: 4, search: 8, rounds: 3 };

const folder = mkdtempSync(join(tmpdir(), "beq-bench-planner-"));
try {
  buildWeb();
  const peer = await buildPeer(folder);
  const found = await withPlanning(async ({ url }) => {
    const browser = await launch();
    return measuredAll(browser, url, peer).finally(() => browser.close());
  });
  console.log(options.json ? JSON.stringify(found, null, 2) : report(found));
  if (options.publish) publish(fileURLToPath(new URL("README.md", import.meta.url)), report(found));
  if (!goalsOf(found).every(({ must, met }) => met || !must)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function buildWeb() {
  const cwd = fileURLToPath(new URL("../../apps/web", import.meta.url));
  execFileSync("npx", ["vite", "build", "--logLevel", "error"], { cwd, stdio: "inherit" });
}

async function measuredAll(browser, url, peer) {
  const trace = await browser.newBrowserCDPSession();
  const { events, search } = await planWeek(browser, url);
  const found = {};
  for (const look of looks) {
    const stages = [
      await openFloor(browser, look, search),
      await openOurs(browser, look, url),
      await openPeer(browser, look, peer, events),
    ].map((stage) => ({ ...stage, trace, touch: look.touch }));
    found[look.name] = summaryOf(await measured(stages));
    for (const { page } of stages) await page.context().close();
  }
  return found;
}

/** Every scene of every round on each stage in turn, so that other work on the machine meets all of them. */
async function measured(stages) {
  const frames = Object.fromEntries(Object.keys(scenes).map((name) => [name, {}]));
  const times = {};
  // Once for nothing: code is loaded when it is first wanted.
  for (const stage of stages) {
    await onStage(stage, () => scenes.carry(stage, 0.5));
    await onStage(stage, () => answers(stage, 1));
    await stage.slow();
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const [name, scene] of Object.entries(scenes)) {
      const seconds = name === "search" ? effort.search : effort.seconds;
      for (const stage of rotated(stages, round).filter(({ cannot }) => !cannot.includes(name)))
        (frames[name][stage.name] ??= []).push(await onStage(stage, () => scene(stage, seconds)));
    }
    for (const stage of rotated(stages, round)) {
      const told = await onStage(stage, () => answers(stage, 4));
      for (const [name, values] of Object.entries(told)) ((times[name] ??= {})[stage.name] ??= []).push(...values);
    }
  }
  return { frames, times };
}

async function onStage(stage, work) {
  await stage.page.bringToFront();
  return work();
}

function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
