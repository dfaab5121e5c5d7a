import { Temporal } from "temporal-polyfill";

const minute = 60_000;

/** One local day. `start` and `end` are epoch milliseconds; on days when the clock changes it has 23 or 25 hours. */
export type Day = {
  date: string;
  start: number;
  end: number;
  /** Wall-clock minutes ahead of UTC at the start of the day. */
  offset: number;
  shift: Shift | null;
};

/** The clock jumps at `at`: `wall` is the wall minute just before, `by` the minutes it jumps (negative: back). */
type Shift = { at: number; wall: number; by: number };

/**
 * The common vertical scale of several days, in minutes of the wall clock. Where one of the days lives an hour twice,
 * the scale has that hour twice, and the other days have nothing there.
 */
export type Axis = { minutes: number; fold: { wall: number; minutes: number } | null };

export type Stretch = { from: number; to: number };

/** `count` consecutive days from `first` (`YYYY-MM-DD`) in the IANA zone. */
export function daysFrom(first: string, count: number, zone: string): Day[] {
  const date = Temporal.PlainDate.from(first);
  return Array.from({ length: count }, (_, index) => dayOf(date.add({ days: index }), zone));
}

export function axisOf(days: readonly Day[]): Axis {
  const shift = days.map((day) => day.shift).find((change) => change && change.by < 0);
  const fold = shift ? { wall: shift.wall, minutes: -shift.by } : null;
  return { minutes: 1_440 + (fold?.minutes ?? 0), fold };
}

/** Where an instant of `day` lies on the axis. At the fold's edge an end stays before it and a start goes after it. */
export function positionOf(day: Day, axis: Axis, instant: number, edge: "start" | "end"): number {
  const shifted = day.shift !== null && (edge === "start" ? instant >= day.shift.at : instant > day.shift.at);
  const wall = wallMinute(day, instant, shifted);
  if (!axis.fold) return wall;

  const folds = day.shift !== null && day.shift.by < 0;
  return folds ? wall + (shifted ? axis.fold.minutes : 0) : placeWall(axis, wall, edge);
}

/** Where a wall minute lies on the axis, for a day that lives no hour twice. */
export function placeWall(axis: Axis, wall: number, edge: "start" | "end"): number {
  if (!axis.fold) return wall;

  const after = edge === "start" ? wall >= axis.fold.wall : wall > axis.fold.wall;
  return after ? wall + axis.fold.minutes : wall;
}

/** What of the axis `day` does not have: hours that the clock skips there or that only another day has twice. */
export function missing(day: Day, axis: Axis): Stretch[] {
  if (day.start >= day.end) return [{ from: 0, to: axis.minutes }];

  const first = positionOf(day, axis, day.start, "start");
  const last = positionOf(day, axis, day.end, "end");
  const folds = day.shift !== null && day.shift.by < 0;
  const gap = day.shift && day.shift.by > 0 ? { from: day.shift.wall, to: day.shift.wall + day.shift.by } : null;
  const stretches = [
    { from: 0, to: first },
    gap && { from: placeWall(axis, gap.from, "start"), to: placeWall(axis, gap.to, "end") },
    axis.fold && !folds ? { from: axis.fold.wall, to: axis.fold.wall + axis.fold.minutes } : null,
    { from: last, to: axis.minutes },
  ];
  return stretches.flatMap((stretch) => (stretch && stretch.to > stretch.from ? [stretch] : []));
}

/**
 * The instant at an axis minute of `day`, the other way round than {@link positionOf}. Where the day does not have that
 * minute, it is the next one that it has; at the fold's edge, the later hour begins. Undefined for a day of no hours.
 */
export function instantAt(day: Day, axis: Axis, at: number): number | undefined {
  if (day.start >= day.end) return undefined;
  const skipped = missing(day, axis).reduce((sum, { from, to }) => sum + Math.max(0, Math.min(at, to) - from), 0);
  return Math.min(day.end, day.start + (at - skipped) * minute);
}

/** Full hours along the axis; `again` marks those of the repeated stretch. */
export function hourMarks(axis: Axis): { hour: number; at: number; again: boolean }[] {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const once = hours.map((hour) => ({ hour, at: placeWall(axis, hour * 60, "start"), again: false }));
  const { fold } = axis;
  if (!fold) return once;

  const twice = hours
    .filter((hour) => hour * 60 >= fold.wall - fold.minutes && hour * 60 < fold.wall)
    .map((hour) => ({ hour, at: hour * 60 + fold.minutes, again: true }));
  return [...once, ...twice].sort((a, b) => a.at - b.at);
}

/** The wall-clock date of an instant, `YYYY-MM-DD`. */
export function dateIn(zone: string, instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** `mon`, `tue`, … of a date. */
export function weekdayOf(date: string): string {
  return ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][Temporal.PlainDate.from(date).dayOfWeek - 1] ?? "";
}

/** The Monday on or before `date`. */
export function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

function dayOf(date: Temporal.PlainDate, zone: string): Day {
  const start = date.toZonedDateTime(zone);
  const end = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const change = start.getTimeZoneTransition("next");
  const offset = start.offsetNanoseconds / (minute * 1e6);
  const day = { date: date.toString(), start: start.epochMilliseconds, end, offset, shift: null };
  if (!change || change.epochMilliseconds >= end) return day;

  const by = change.offsetNanoseconds / (minute * 1e6) - offset;
  const wall = wallMinute(day, change.epochMilliseconds, false);
  // Zones also change their name without moving the clock.
  return by === 0 ? day : { ...day, shift: { at: change.epochMilliseconds, wall, by } };
}

function wallMinute(day: Pick<Day, "date" | "offset" | "shift">, instant: number, shifted: boolean): number {
  const midnight = Date.parse(`${day.date}T00:00:00Z`);
  return (instant - midnight) / minute + day.offset + (shifted && day.shift ? day.shift.by : 0);
}
