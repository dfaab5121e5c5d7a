// From a key, a click or a finger to the frame that shows what came of it.
import { setTimeout as wait } from "node:timers/promises";
import { createHand, follow } from "./hand.mjs";

// What the browser tells at least; it rounds to 8 ms.
const shortestMilliseconds = 16;
// Until the browser has painted and told.
const restMilliseconds = 350;

/** Milliseconds of each time that it was done, by what was done. */
export async function answers(stage, times) {
  const found = {};
  const acts = Object.entries({ turn, open, "let go": letGo }).filter(([name]) => !stage.cannot.includes(name));
  for (let time = 0; time < times; time++)
    for (const [name, act] of acts) (found[name] ??= []).push(...(await act(stage)));
  return found;
}

/** To one day and back to the week; where there is only a day, to the next one and back. */
async function turn(stage) {
  const [there, back] = stage.turn;
  return [await timed(stage, there), await timed(stage, back)];
}

async function open(stage) {
  const hand = createHand(stage);
  const { block } = await stage.grips();
  const milliseconds = await timed(stage, async () => {
    await hand.press(block);
    await hand.release(block);
  });
  await stage.page.keyboard.press("Escape");
  await wait(restMilliseconds);
  return [milliseconds];
}

async function letGo(stage) {
  const hand = createHand(stage);
  const { block } = await stage.grips();
  const path = (seconds) => ({ x: block.x, y: block.y + 200 * seconds });
  await hand.take(block);
  const end = await follow(hand, path, 0.4);
  const milliseconds = await timed(stage, () => hand.release(end));
  await stage.takeBack?.();
  await wait(restMilliseconds);
  return [milliseconds];
}

/** The longest of the events that `act` made. */
async function timed({ page }, act) {
  await page.evaluate(() => {
    const told = [];
    const observer = new PerformanceObserver((list) => told.push(...list.getEntries()));
    observer.observe({ type: "event", durationThreshold: 16 });
    globalThis.told = { told, observer };
  });
  await act();
  await wait(restMilliseconds);
  return page.evaluate((shortest) => {
    const { told, observer } = globalThis.told;
    const all = [...told, ...observer.takeRecords()];
    observer.disconnect();
    return Math.max(shortest, ...all.map(({ duration }) => duration));
  }, shortestMilliseconds);
}
