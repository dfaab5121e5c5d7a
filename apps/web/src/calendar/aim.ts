import { type Axis, type Day, positionOf } from "./axis.ts";
import { dayOf, placeAt, type Plane, shiftDay, type Stay, stretchTo } from "./move.ts";

/** Something that can be put into the calendar: a block of it, or what has no place yet (`stay` is null). */
export type Held = { id: string; title: string; stay: Stay | null; minutes: number };

/** Moved as a whole, or held at its lower edge. */
export type How = "move" | "resize";

export type Box = { left: number; top: number; right: number; bottom: number };

/** Where things are on the screen, in pixels of the window. */
export type Layout = {
  /** The part of the calendar that is seen, below the names of the days. */
  view: Box;
  columns: readonly (Pick<Box, "left" | "right"> & { date: string })[];
  /** Buttons of days that are not all on the screen; letting go on one keeps the time of the day. */
  tabs: readonly (Box & { date: string })[];
  tray: Box | null;
  /** Pixels of a minute. */
  scale: number;
};

/** Where the pointer is, and where the calendar's midnight is now, which moves as the calendar is scrolled. */
export type Point = { x: number; y: number; midnight: number };

/** How it is held: so many minutes below its upper edge. */
export type Grip = { held: Held; how: How; minutes: number };

export type Target = { kind: "place"; day: Day; stay: Stay; seen: boolean } | { kind: "tray" } | { kind: "away" };

const away: Target = { kind: "away" };

/** What letting go at `point` would mean. `week` are the days that the tabs are for. */
export function aim(layout: Layout, plane: Plane, week: Plane, grip: Grip, point: Point, step: number): Target {
  const { view, columns, tabs, tray, scale } = layout;
  const { held, how, minutes } = grip;
  const at = (point.y - point.midnight) / scale;
  if (how === "resize") return resized(plane, held, at, step);
  if (tray && isIn(tray, point)) return { kind: "tray" };
  const tab = tabs.find((box) => isIn(box, point));
  if (tab) return onTab(week, held, tab.date);
  if (!isIn(view, point)) return away;

  const column = columns.find(({ left, right }) => point.x >= left && point.x < right);
  const day = plane.days.find(({ date }) => date === column?.date);
  const stay = day && placeAt(day, plane.axis, at - minutes, held.minutes * 60_000, step);
  return day && stay ? { kind: "place", day, stay, seen: true } : away;
}

function resized({ days, axis }: Plane, { stay }: Held, at: number, step: number): Target {
  const day = stay && dayOf(days, stay.end - 1);
  return stay && day ? { kind: "place", day, stay: stretchTo(day, axis, at, stay, step), seen: true } : away;
}

function onTab({ days, axis }: Plane, { stay }: Held, date: string): Target {
  const from = stay && dayOf(days, stay.start);
  const day = days.find((one) => one.date === date);
  const moved = stay && from && day && shiftDay(from, day, axis, stay);
  return day && moved ? { kind: "place", day, stay: moved, seen: false } : away;
}

/** How many pixels to scroll in one frame: the closer to the edge, the faster. */
export function pull({ view }: Layout, { y }: Pick<Point, "y">): number {
  const above = view.top + reach - y;
  const below = y - (view.bottom - reach);
  const by = (depth: number) => Math.ceil((Math.min(depth, reach) / reach) * fastest);
  if (above > 0) return -by(above);
  return below > 0 ? by(below) : 0;
}

/** The side of the calendar at which the pointer is: −1 on the hours, 1 at the far edge, 0 between them. */
export function sideOf({ view, columns }: Layout, point: Pick<Point, "x" | "y">): -1 | 0 | 1 {
  if (!isIn(view, point)) return 0;
  if (point.x < (columns[0]?.left ?? view.left)) return -1;
  return point.x >= view.right - edge ? 1 : 0;
}

const edge = 24;
const reach = 44;
const fastest = 14;

/** The upper and lower edge of a stay within its day, in axis minutes. */
export function edgesOf(day: Day, axis: Axis, { start, end }: Stay): { from: number; to: number } {
  return {
    from: positionOf(day, axis, Math.max(start, day.start), "start"),
    to: positionOf(day, axis, Math.min(end, day.end), "end"),
  };
}

function isIn({ left, top, right, bottom }: Box, { x, y }: Pick<Point, "x" | "y">): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}
