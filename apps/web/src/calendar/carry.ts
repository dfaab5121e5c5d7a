import {
  aim,
  type Box,
  edgesOf,
  type Grip,
  type Held,
  type How,
  type Layout,
  pull,
  sideOf,
  type Target,
} from "./aim.ts";
import { createGhost } from "./ghost.ts";
import type { Plane, Stay } from "./move.ts";

/** What the calendar lets hands do. */
export type Hands = {
  plane: Plane;
  /** The days of the week on the screen, also where only one of them is shown. */
  week: Plane;
  /** Minutes between two lines of the grid, and between finer ones. */
  step: number;
  fine: number;
  take: (id: string) => Held | null;
  /** What is to be said of a place; `refused` where it cannot be. */
  judge: (held: Held, stay: Stay, how: How) => { note: string; refused: boolean };
  /** What is to be said of laying it back on the tray. */
  back: (held: Held) => string;
  clock: (stay: Stay) => string;
  drop: (held: Held, stay: Stay, how: How) => void;
  putBack: (held: Held) => void;
  /** Turns to the days after or before those on the screen, if there are some: `by` is 1 or −1. */
  turn: (by: 1 | -1) => boolean;
};

/** How long to stay at the side of the calendar until it turns. */
const dwellMilliseconds = 650;

type Pointer = { x: number; y: number; fine: boolean };

/** Carries something over the calendar until it is let go. All that is drawn is the ghost, once a frame at most. */
export function carry(root: HTMLElement, grip: Grip, from: Pointer, hands: () => Hands) {
  let stage = stageOf(root, grip, hands());
  let pointer = from;
  let target: Target = { kind: "away" };
  let frame = 0;
  let side: -1 | 0 | 1 = 0;
  let dwell = 0;
  let isTurning = false;

  const turn = () => {
    isTurning = side !== 0 && hands().turn(side);
    if (isTurning) dwell = window.setTimeout(turn, dwellMilliseconds);
    ask();
  };
  const linger = () => {
    const next = grip.how === "move" ? sideOf(stage.layout, pointer) : 0;
    if (next === side) return;
    side = next;
    clearTimeout(dwell);
    if (side !== 0) dwell = window.setTimeout(turn, dwellMilliseconds);
  };
  const restage = () => {
    const { scrollTop } = stage;
    stage.ghost.remove();
    stage = stageOf(root, grip, hands());
    stage.scroller.scrollTop = scrollTop;
    isTurning = false;
  };
  const draw = () => {
    frame = 0;
    // Other days are another calendar.
    if (!stage.plane.isConnected) restage();
    const { scroller, plane, layout, ghost } = stage;
    const by = grip.how === "move" && !isInside(layout.view, pointer) ? 0 : pull(layout, pointer);
    const before = scroller.scrollTop;
    if (by !== 0) scroller.scrollTop = before + by;
    // Everything is read before anything is drawn: a frame lays out once.
    stage.scrollTop = scroller.scrollTop;
    const now = hands();
    const midnight = plane.getBoundingClientRect().top;
    target = aim(layout, now.plane, now.week, grip, { ...pointer, midnight }, pointer.fine ? now.fine : now.step);
    ghost.draw({ ...lookOf(target, grip, now, layout, plane), pointer });
    if (isTurning || stage.scrollTop !== before) ask();
  };
  const ask = () => {
    frame ||= requestAnimationFrame(draw);
  };
  const end = () => {
    cancelAnimationFrame(frame);
    clearTimeout(dwell);
    stage.ghost.remove();
  };
  ask();
  return {
    to(next: Pointer) {
      pointer = next;
      linger();
      ask();
    },
    fine: (fine: boolean) => {
      pointer = { ...pointer, fine };
      ask();
    },
    /** Lets go: what the last frame showed is what happens. */
    drop() {
      if (frame) draw();
      end();
      const { judge, drop, putBack } = hands();
      if (target.kind === "tray") putBack(grip.held);
      if (target.kind !== "place" || judge(grip.held, target.stay, grip.how).refused) return;
      if (isMoved(grip.held, target.stay)) drop(grip.held, target.stay, grip.how);
    },
    cancel: end,
  };
}

function lookOf(
  target: Target,
  { held, how }: Grip,
  { judge, back, clock, plane }: Hands,
  layout: Layout,
  on: HTMLElement,
) {
  if (target.kind !== "place")
    return { box: null, time: "", note: target.kind === "tray" ? back(held) : "Stays where it is", refused: false };

  const { day, stay, seen } = target;
  const verdict = { ...judge(held, stay, how), time: clock(stay) };
  const column = layout.columns.find(({ date }) => date === day.date);
  if (!seen || !column) return { box: null, ...verdict };

  const { from, to } = edgesOf(day, plane.axis, stay);
  const left = column.left - on.getBoundingClientRect().left + 2;
  const width = column.right - column.left - 6;
  return {
    box: { left, top: from * layout.scale, width, height: Math.max(18, (to - from) * layout.scale) },
    ...verdict,
  };
}

/** What is carried over: the calendar of the days on the screen. */
function stageOf(root: HTMLElement, { held }: Grip, { plane: { axis } }: Hands) {
  const { scroller, plane } = partsOf(root);
  const layout = measure(root, scroller, plane, axis.minutes);
  return { scroller, plane, layout, ghost: createGhost(plane, held.title), scrollTop: scroller.scrollTop };
}

function partsOf(root: HTMLElement): { scroller: HTMLElement; plane: HTMLElement } {
  const plane = root.querySelector<HTMLElement>("[data-plane]");
  const scroller = plane?.parentElement;
  if (!plane || !scroller) throw new Error("a calendar with [data-plane] expected");
  return { scroller, plane };
}

function measure(root: HTMLElement, scroller: HTMLElement, plane: HTMLElement, minutes: number): Layout {
  const view = boxOf(scroller);
  const head = scroller.firstElementChild?.getBoundingClientRect().height ?? 0;
  const dated = (selector: string) =>
    [...root.querySelectorAll<HTMLElement>(selector)].map((one) => ({
      ...boxOf(one),
      date: one.dataset["date"] ?? "",
    }));
  const tray = document.querySelector("[data-tray]");
  return {
    view: { ...view, top: view.top + head },
    columns: dated("[data-day][data-date]"),
    tabs: dated("[data-tab][data-date]"),
    tray: tray && boxOf(tray),
    scale: plane.offsetHeight / minutes,
  };
}

function boxOf(one: Element): Box {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return { left, top, right, bottom };
}

function isInside(box: Box, { x, y }: Pointer): boolean {
  return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
}

function isMoved({ stay }: Held, to: Stay): boolean {
  return stay?.start !== to.start || stay.end !== to.end;
}
