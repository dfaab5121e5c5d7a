// What a hand does to a calendar while its frames are watched.
import { setTimeout as wait } from "node:timers/promises";
import { createHand, follow } from "./hand.mjs";
import { watch } from "./watch.mjs";

/** Each takes a stage and seconds and answers what was watched. */
export const scenes = { carry, stretch, scroll, search };

async function carry(stage, seconds) {
  const { box, block } = await stage.grips();
  return held(stage, block, over(box), seconds);
}

async function stretch(stage, seconds) {
  const { box, edge } = await stage.grips();
  return held(stage, edge, along(box, edge), seconds);
}

/** Watches from when the hand has taken it until before it lets go; nothing has moved afterwards. */
async function held(stage, grip, path, seconds) {
  const hand = createHand(stage);
  await hand.take(grip);
  // Beyond the slack that a click has.
  await follow(hand, (at) => ({ x: grip.x + 60 * at, y: grip.y + 60 * at }), 0.2);
  const found = await watch(stage, () => follow(hand, path, seconds));
  // A page that is too slow to answer loses a finger to the browser.
  if (!(await stage.isCarrying())) throw new Error(`${stage.name} does not carry: is the machine busy?`);
  await stage.putBack(hand, path(seconds));
  await wait(300);
  return found;
}

/** Across all days and up and down at other rhythms, to the edges at which the calendar scrolls by itself. */
function over({ left, right, top, bottom }) {
  const wide = (right - left) / 2 - 60;
  const high = (bottom - top) / 2 - 20;
  return (seconds) => ({
    x: (left + right) / 2 + wide * Math.sin((2 * Math.PI * seconds) / 2.3),
    y: (top + bottom) / 2 + high * Math.sin((2 * Math.PI * seconds) / 1.7),
  });
}

function along({ bottom }, { x, y }) {
  const far = bottom - 60 - y;
  return (seconds) => ({ x, y: y + (far * (1 - Math.cos((2 * Math.PI * seconds) / 1.7))) / 2 });
}

async function scroll(stage, seconds) {
  const { box } = await stage.grips();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const gestureSourceType = stage.touch ? "touch" : "mouse";
  const by = (yDistance) =>
    stage.cdp.send("Input.synthesizeScrollGesture", { x, y, yDistance, speed: 900, gestureSourceType });
  return watch(stage, async () => {
    const until = performance.now() + seconds * 1_000;
    for (let way = -1; performance.now() < until; way = -way) await by(way * 250);
  });
}

async function search(stage, seconds) {
  const found = await watch(stage, async () => {
    await stage.search();
    await wait(seconds * 1_000);
  });
  await stage.settled();
  return found;
}
