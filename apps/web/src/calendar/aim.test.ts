import { expect, it } from "vitest";
import { aim, type Grip, type Layout, pull, sideOf } from "./aim.ts";
import { axisOf, daysFrom } from "./axis.ts";

const hour = 3_600_000;
const days = daysFrom("2030-03-25", 7, "Europe/Berlin");
const plane = { days: days.slice(0, 2), axis: axisOf(days.slice(0, 2)) };
const week = { days, axis: axisOf(days) };
const monday = days[0]?.start ?? 0;

// Two days of 100 pixels side by side, a pixel a minute, scrolled so that midnight lies 400 pixels above the window.
const layout: Layout = {
  view: { left: 50, top: 100, right: 250, bottom: 700 },
  columns: [
    { left: 50, right: 150, date: "2030-03-25" },
    { left: 150, right: 250, date: "2030-03-26" },
  ],
  tabs: [{ left: 60, top: 40, right: 90, bottom: 80, date: "2030-03-31" }],
  tray: { left: 50, top: 700, right: 250, bottom: 780 },
  scale: 1,
};
const midnight = -400;

it("puts what is held on the day and the line below the hand, less where it is held", () => {
  expect(at(170, 203)).toEqual({ kind: "place", start: 34, minutes: 60, seen: true });
  expect(at(170, 203, { minutes: 10 })).toMatchObject({ start: 34 });
  expect(at(170, 203, { minutes: 30 })).toMatchObject({ start: 33.5 });
});

it("puts what has no place yet where it is let go", () => {
  expect(at(60, 200, { held: { ...held, stay: null, minutes: 45 } })).toMatchObject({ start: 10, minutes: 45 });
});

it("moves the lower edge alone, wherever the hand is sideways", () => {
  expect(at(240, 263, { how: "resize" })).toMatchObject({ start: 9, minutes: 120 });
  expect(at(240, 110, { how: "resize" })).toMatchObject({ start: 9, minutes: 15 });
});

it("keeps the time of the clock on another day's name, also over a clock change", () => {
  expect(at(70, 50)).toEqual({ kind: "place", start: 6 * 24 + 8, minutes: 60, seen: false });
  expect(at(70, 50, { held: { ...held, stay: null } })).toEqual({ kind: "away" });
});

it("knows the tray, and that everywhere else nothing happens", () => {
  expect(at(70, 720)).toEqual({ kind: "tray" });
  expect(at(300, 300)).toEqual({ kind: "away" });
  expect(at(70, 95)).toEqual({ kind: "away" });
});

it("scrolls the faster, the closer the hand is to the edge", () => {
  expect(pull(layout, { y: 400 })).toBe(0);
  expect(pull(layout, { y: 110 })).toBeLessThan(pull(layout, { y: 140 }));
  expect(pull(layout, { y: 140 })).toBeLessThan(0);
  expect(pull(layout, { y: 660 })).toBeGreaterThan(0);
  expect(pull(layout, { y: 760 })).toBeGreaterThanOrEqual(pull(layout, { y: 699 }));
});

it("knows the sides: the hours before the days, and the far edge, not what lies outside", () => {
  const inset = { ...layout, view: { ...layout.view, left: 0 } };
  const sides = [-10, 20, 60, 200, 240, 260].map((x) => sideOf(inset, { x, y: 300 }));
  expect(sides).toEqual([0, -1, 0, 0, 1, 0]);
  expect(sideOf(inset, { x: 20, y: 50 })).toBe(0);
});

const held = { id: "a", title: "A", stay: { start: monday + 9 * hour, end: monday + 10 * hour }, minutes: 60 };

/** The target as hours after Monday's midnight and minutes of length. */
function at(x: number, y: number, part: Partial<Grip> = {}) {
  const grip: Grip = { held, how: "move", minutes: 0, ...part };
  const target = aim(layout, plane, week, grip, { x, y, midnight }, 15);
  if (target.kind !== "place") return target;
  const { start, end } = target.stay;
  return { kind: "place", start: (start - monday) / hour, minutes: (end - start) / 60_000, seen: target.seen };
}
