import { addDays, axisOf, dateIn, daysFrom } from "../calendar/axis.ts";
import type { Hands } from "../calendar/carry.ts";
import { attachDrag } from "../calendar/drag.ts";
import { dayOf, growBy, shiftBy, shiftDay, type Stay } from "../calendar/move.ts";
import { heldOf } from "./held.ts";
import { judge } from "./judge.ts";
import { backWords, layBack, put, toggle } from "./put.ts";
import type { World } from "./world.ts";

const fineMinutes = 5;

/**
 * Lets blocks of the calendar in `root` be moved by pointer and by keys. Alt with an arrow moves the focused block by a
 * line of the grid or a day (with Shift too: by finer lines), Shift with an arrow changes its length, P pins it.
 */
export function attachHands(root: HTMLElement, world: () => World): () => void {
  const stop = attachDrag(root, () => handsOf(world()));
  const press = (event: KeyboardEvent) => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || !root.contains(focused) || focused.dataset["block"] === undefined) return;
    const id = focused.dataset["grab"];
    if (id === undefined || !isOurs(event) || !pressed(event, id, world())) return;
    event.preventDefault();
    event.stopPropagation();
    // React has drawn it anew by then, perhaps on another day.
    requestAnimationFrame(() =>
      root.querySelector<HTMLElement>(`[data-block][data-grab="${CSS.escape(id)}"]`)?.focus(),
    );
  };
  root.addEventListener("keydown", press, { capture: true });
  return () => {
    stop();
    root.removeEventListener("keydown", press, { capture: true });
  };
}

function handsOf(world: World): Hands {
  const plane = { days: world.days, axis: axisOf(world.days) };
  return {
    plane,
    week: { days: world.week, axis: axisOf(world.week) },
    step: world.shown?.grid_minutes ?? 15,
    fine: fineMinutes,
    take: (id) => heldOf(world, id),
    judge: (held, stay, how) => judge(world, held, stay, how),
    back: (held) => backWords(world, held),
    clock: ({ start, end }) =>
      plane.days.length > 1 ? `${world.words.clock(start)}–${world.words.clock(end)}` : world.words.range(start, end),
    drop: (held, stay, how) => put(world, held, stay, how, "toast"),
    putBack: (held) => layBack(world, held),
    turn: (by) => turn(world, by),
  };
}

/** Shows the days after or before those on the screen, if they are planned too. */
function turn({ days: [first, ...more], span: { weeks, window }, words: { zone }, show }: World, by: 1 | -1): boolean {
  if (!first) return false;
  const next = addDays(first.date, more.length > 0 ? by * 7 : by);
  const isShown = next >= (weeks[0] ?? "") && next <= dateIn(zone, window.end - 1);
  if (isShown) show(next);
  return isShown;
}

function isOurs({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey) return false;
  return key.startsWith("Arrow") ? altKey || shiftKey : key.toLowerCase() === "p" && !altKey;
}

/** @returns whether the key was meant for the block */
function pressed({ key, altKey, shiftKey }: KeyboardEvent, id: string, world: World): boolean {
  const held = heldOf(world, id);
  const entry = world.entries.find((one) => one.id === id && one.kind === "task");
  if (!held?.stay || !entry) {
    world.say("It has begun and stays where it is.");
    return true;
  }
  if (!key.startsWith("Arrow")) {
    toggle(world, entry);
    return true;
  }

  const step = altKey && shiftKey ? fineMinutes : (world.shown?.grid_minutes ?? 15);
  const isSideways = key === "ArrowLeft" || key === "ArrowRight";
  const by = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  if (!altKey && isSideways) return false;
  const stay = isSideways ? onDay(world, held.stay, by) : onLine(world, held.stay, by, step, altKey);
  if (stay) put(world, held, stay, altKey ? "move" : "resize", "voice");
  return true;
}

function onLine({ week }: World, stay: Stay, by: number, step: number, whole: boolean): Stay | undefined {
  const day = dayOf(week, whole ? stay.start : stay.end - 1);
  if (!day) return undefined;
  return whole ? shiftBy(day, axisOf([day]), stay, by, step) : growBy(day, axisOf([day]), stay, by, step);
}

/** The day may lie in another week: it is brought onto the screen. */
function onDay({ words: { zone }, show, span }: World, stay: Stay, by: number): Stay | undefined {
  const date = dateIn(zone, stay.start);
  const next = addDays(date, by);
  const [from] = daysFrom(date, 1, zone);
  const [to] = daysFrom(next, 1, zone);
  const moved = from && to && shiftDay(from, to, axisOf([from, to]), stay);
  if (next >= span.first && next <= span.last) show(next);
  return moved;
}
