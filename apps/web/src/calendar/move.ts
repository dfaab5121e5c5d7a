import { type Axis, type Day, instantAt, positionOf } from "./axis.ts";

const minute = 60_000;

/** A stretch of time in epoch milliseconds. */
export type Stay = { start: number; end: number };

/** The days on the screen and the scale that they share. */
export type Plane = { days: readonly Day[]; axis: Axis };

/**
 * Where something of `length` milliseconds comes to stand when its upper edge is held at an axis minute of `day`: on a
 * line of `step` minutes of the wall clock, inside the day as long as it is not longer than the day.
 * @returns undefined on a day that does not exist
 */
export function placeAt(day: Day, axis: Axis, at: number, length: number, step: number): Stay | undefined {
  const latest = length < day.end - day.start ? positionOf(day, axis, day.end - length, "start") : 0;
  const line = Math.max(0, Math.min(snap(at, step), Math.floor(latest / step) * step));
  const start = instantAt(day, axis, line);
  return start === undefined ? undefined : { start, end: start + length };
}

/**
 * The same start with the lower edge held at an axis minute of `day`, at least one step after it. The edge stays on the
 * day that the start lies on.
 */
export function stretchTo(day: Day, axis: Axis, at: number, stay: Stay, step: number): Stay {
  const edge = Math.min(axis.minutes, Math.max(0, snap(at, step)));
  const end = instantAt(day, axis, edge) ?? stay.end;
  return { start: stay.start, end: Math.max(end, stay.start + step * minute) };
}

/** The same so many minutes later (or earlier, where negative), on a line of `step` minutes of the wall clock. */
export function shiftBy(day: Day, axis: Axis, { start, end }: Stay, steps: number, step: number): Stay | undefined {
  const at = positionOf(day, axis, start, "start");
  const line = steps > 0 ? Math.floor(at / step) : Math.ceil(at / step);
  return placeAt(day, axis, (line + steps) * step, end - start, step);
}

/** The same start, ending so many lines of `step` minutes later (or earlier, where negative). `day` is that of its end. */
export function growBy(day: Day, axis: Axis, stay: Stay, steps: number, step: number): Stay {
  const at = positionOf(day, axis, stay.end, "end");
  const line = steps > 0 ? Math.floor(at / step) : Math.ceil(at / step);
  return stretchTo(day, axis, (line + steps) * step, stay, step);
}

/** The same time of the clock on another day. Where that day skips it, the next that it has. */
export function shiftDay(from: Day, to: Day, axis: Axis, { start, end }: Stay): Stay | undefined {
  const moved = instantAt(to, axis, positionOf(from, axis, start, "start"));
  return moved === undefined ? undefined : { start: moved, end: moved + end - start };
}

/** The spans that a stay has to share time with. */
export function sharing<S extends Stay>(stay: Stay, spans: readonly S[]): S[] {
  return spans.filter(({ start, end }) => start < stay.end && end > stay.start);
}

export function dayOf(days: readonly Day[], instant: number): Day | undefined {
  return days.find(({ start, end }) => instant >= start && instant < end);
}

function snap(at: number, step: number): number {
  return Math.round(at / step) * step;
}
