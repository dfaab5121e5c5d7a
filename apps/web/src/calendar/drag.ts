import type { Grip } from "./aim.ts";
import { carry, type Hands } from "./carry.ts";

const slackPixels = 4;
// A finger that moves sooner scrolls.
const pressMilliseconds = 350;

type Press = { grip: Grip; element: HTMLElement; pointer: number; x: number; y: number; touch: boolean };

/**
 * Lets blocks of the calendar in `root`, and whatever else on the page carries `data-grab`, be dragged: by mouse or pen
 * at once, by finger after a long press. Escape takes it back. Holding Alt or Shift makes the grid finer.
 * @returns a function that ends it
 */
export function attachDrag(root: HTMLElement, hands: () => Hands): () => void {
  let press: Press | null = null;
  let carried: ReturnType<typeof carry> | null = null;
  let waiting = 0;

  const forget = () => {
    clearTimeout(waiting);
    press?.element.removeAttribute("data-held");
    press?.element.removeEventListener("touchmove", still);
    press = null;
    carried = null;
  };
  const cancel = () => {
    carried?.cancel();
    forget();
  };
  const begin = (pressed: Press, fine: boolean) => {
    clearTimeout(waiting);
    root.setPointerCapture(pressed.pointer);
    pressed.element.setAttribute("data-held", "");
    // Once the calendar has turned, the finger's events reach no more than what it took.
    pressed.element.addEventListener("touchmove", still, { passive: false });
    carried = carry(root, pressed.grip, { x: pressed.x, y: pressed.y, fine }, hands);
  };
  const down = (event: PointerEvent) => {
    if (press) return cancel();
    const found = event.button === 0 && event.isPrimary ? pressed(event, root, hands()) : null;
    if (!found) return;
    press = found;
    if (found.touch) waiting = window.setTimeout(() => begin(found, false), pressMilliseconds);
  };
  const move = (event: PointerEvent) => {
    if (!press || event.pointerId !== press.pointer) return;
    const isFar = Math.hypot(event.clientX - press.x, event.clientY - press.y) > slackPixels * (press.touch ? 2 : 1);
    if (!carried && isFar && press.touch) return cancel();
    if (!carried && isFar) begin(press, isFine(event));
    carried?.to({ x: event.clientX, y: event.clientY, fine: isFine(event) });
  };
  const up = (event: PointerEvent) => {
    if (!press || event.pointerId !== press.pointer) return;
    if (carried) swallowClick();
    const dropped = carried;
    forget();
    // What a hand puts down is there already: nothing glides.
    root.dataset["still"] = "";
    dropped?.drop();
    requestAnimationFrame(() => delete root.dataset["still"]);
  };
  // Elements lose the focus all the time; this is about the window.
  const away = (event: Event) => event.target === window && cancel();
  const key = (event: KeyboardEvent) => {
    if (!carried) return;
    if (event.key !== "Escape") return carried.fine(isFine(event));
    event.preventDefault();
    event.stopPropagation();
    cancel();
  };
  // A finger that carries something neither scrolls nor swipes nor opens a menu.
  const still = (event: Event) => carried && event.cancelable && event.preventDefault();
  const menu = (event: Event) => press?.touch && event.preventDefault();
  // Nor does what is held become a selection, or a drag of the browser's own.
  const own = (event: Event) => press && event.preventDefault();
  return listen(
    [
      [document, "pointerdown", down],
      [document, "pointermove", move],
      [document, "pointerup", up],
      [document, "pointercancel", cancel],
      [document, "selectstart", own],
      [document, "dragstart", own],
      [document, "keydown", key],
      [document, "keyup", key],
      [root, "touchmove", still],
      [root, "touchend", still],
      [root, "contextmenu", menu],
      [window, "blur", away],
    ],
    cancel,
  );
}

/** What the pointer went down on, if it can be taken. */
function pressed(event: PointerEvent, root: HTMLElement, { take }: Hands): Press | null {
  const { target, pointerId: pointer, clientX: x, clientY: y, pointerType } = event;
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-grab]") : null;
  const held = element && take(element.dataset["grab"] ?? "");
  const touch = pointerType === "touch";
  // Elsewhere than around the calendar fingers scroll.
  if (!element || !held || (touch && !root.contains(element))) return null;

  const how = target instanceof Element && target.closest("[data-edge]") ? "resize" : "move";
  const plane = root.querySelector<HTMLElement>("[data-plane]");
  const inside = plane?.contains(element);
  const minutes = inside && held.stay ? (y - element.getBoundingClientRect().top) * minutesOfPixel(plane) : 0;
  return { grip: { held, how, minutes }, element, pointer, x, y, touch };
}

function minutesOfPixel(plane: HTMLElement | null | undefined): number {
  return plane ? Number(plane.dataset["plane"]) / plane.offsetHeight : 0;
}

function isFine({ altKey, shiftKey }: { altKey: boolean; shiftKey: boolean }): boolean {
  return altKey || shiftKey;
}

/** The click that the browser makes of letting go is no wish to open anything. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
}

type Heard = readonly [EventTarget, string, (event: never) => unknown];

function listen(heard: readonly Heard[], end: () => void): () => void {
  const stop = new AbortController();
  for (const [target, type, handler] of heard)
    // Each handler is written for the event that its name brings.
    target.addEventListener(type, handler as (event: Event) => void, {
      capture: true,
      passive: false,
      signal: stop.signal,
    });
  return () => {
    end();
    stop.abort();
  };
}
