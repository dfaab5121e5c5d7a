// A hand on the real input path of the browser: hit tests, coalescing and waiting for the page included.
import { setTimeout as wait } from "node:timers/promises";

// A mouse of 125 Hz: two reports a frame.
const reportMilliseconds = 8;
// Longer than any of the calendars wants a finger to rest before it takes something.
const restMilliseconds = 600;

/** The hand for a screen; a finger rests before it carries. */
export function createHand({ cdp, touch }) {
  return touch ? finger(cdp) : mouse(cdp);
}

function mouse(cdp) {
  const send = (type, { x, y }, buttons) =>
    cdp.send("Input.dispatchMouseEvent", {
      type,
      x,
      y,
      buttons,
      button: type === "mouseMoved" && buttons === 0 ? "none" : "left",
      clickCount: type === "mouseMoved" ? 0 : 1,
    });
  let held = 0;
  return {
    move: (point) => send("mouseMoved", point, held),
    async press(point) {
      await send("mouseMoved", point, 0);
      held = 1;
      await send("mousePressed", point, 1);
    },
    async release(point) {
      held = 0;
      await send("mouseReleased", point, 0);
    },
    async take(point) {
      await this.press(point);
    },
  };
}

function finger(cdp) {
  const send = (type, touchPoints) => cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  return {
    move: (point) => send("touchMove", [point]),
    press: (point) => send("touchStart", [point]),
    release: () => send("touchEnd", []),
    async take(point) {
      await this.press(point);
      await wait(restMilliseconds);
    },
  };
}

/** Moves the hand along `path`, a function of the seconds since it began, for so many seconds. */
export async function follow(hand, path, seconds) {
  const start = performance.now();
  const sent = [];
  for (let at = 0; at < seconds; at = (performance.now() - start) / 1_000) {
    sent.push(hand.move(path(at)));
    await wait(reportMilliseconds);
  }
  await Promise.all(sent);
  return path(seconds);
}
