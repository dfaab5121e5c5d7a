import { Temporal } from "temporal-polyfill";
import { minuteOfDay, type Preferences, weekdays } from "../../contract/index.ts";
import { at, merge, minuteMs, type Span } from "./spans.ts";

type Weekday = (typeof weekdays)[number];

/** One local day, midnight to midnight: 23, 24 or 25 hours. */
export type Day = Span & { readonly date: Temporal.PlainDate; readonly weekday: Weekday };

/** The local days from the one before `start` to the one after the horizon, and what the clock says in them. */
export type Calendar = {
  readonly zone: string;
  readonly days: readonly Day[];
  /** Midnight that ends the last day planned. */
  readonly end: number;
};

/** Minutes after midnight: no later than this do tasks outside of work go on, whatever the day. */
export const personalEnd = 22 * 60;

/** The date that the calendar of the zone shows. */
export function dateAt(zone: string, time: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).toPlainDate();
}

/**
 * `horizonDays` counts local dates, the one of `start` included. The day before is kept because its night shift may
 * reach in.
 */
export function createCalendar(zone: string, start: number, horizonDays: number): Calendar {
  const first = dateAt(zone, start);
  const dates = Array.from({ length: horizonDays + 3 }, (_, index) => first.add({ days: index - 1 }));
  const midnights = dates.map((date) => date.toZonedDateTime(zone));
  const days = dates.slice(0, -1).flatMap((date, index): Day[] => {
    const midnight = at(midnights, index);
    // A zone that crosses the date line skips a whole date: it has no midnight of its own.
    if (!midnight.toPlainDate().equals(date)) return [];
    const weekday = weekdays[date.dayOfWeek - 1] ?? "mon";
    return [{ date, weekday, start: midnight.epochMilliseconds, end: at(midnights, index + 1).epochMilliseconds }];
  });
  return { zone, days, end: at(midnights, horizonDays + 1).epochMilliseconds };
}

const dayMs = 24 * 60 * minuteMs;

/** The instant at which the clock of that day reads `minute` after midnight; 1,440 and more are the next date's. */
export function clockAt(zone: string, day: Day, minute: number): number {
  // On a day of 24 hours the clock does not change; asking the library of each of 90 days takes its time.
  if (minute < 1_440 && day.end - day.start === dayMs) return day.start + minute * minuteMs;

  const date = day.date.add({ days: Math.floor(minute / 1_440) });
  const plainTime = new Temporal.PlainTime(Math.floor(minute / 60) % 24, minute % 60);
  return date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}

/** `from` to `to` on the clock of one day; an end at or before the start is the next date's. */
function clockSpan(zone: string, day: Day, from: number, to: number): Span {
  return { start: clockAt(zone, day, from), end: clockAt(zone, day, to > from ? to : to + 1_440) };
}

/** The same clock range on every day. */
export function daily(calendar: Calendar, from: number, to: number): Span[] {
  return windows(calendar, calendar.days, from, to);
}

/** The same clock range on some of the days; what runs over midnight belongs to the day on which it opens. */
export function windows({ zone }: Calendar, days: readonly Day[], from: number, to: number): Span[] {
  return merge(days.map((day) => clockSpan(zone, day, from, to)));
}

/** Working hours of one day. */
export function shift(zone: string, day: Day, preferences: Preferences): Span {
  return clockSpan(zone, day, minuteOfDay(preferences.work_start_time), minuteOfDay(preferences.work_end_time));
}

/** The days planned: without the one before, and the one after, the horizon. */
export function planned({ days, end }: Calendar, start: number): Day[] {
  return days.filter((day) => day.end > start && day.start < end);
}

/** The days that are worked; a list without any day means that none is. */
export function workdays({ days }: Calendar, preferences: Preferences): Day[] {
  return days.filter(({ weekday }) => preferences.work_days.includes(weekday));
}

export function workHours(calendar: Calendar, preferences: Preferences): Span[] {
  return merge(workdays(calendar, preferences).map((day) => shift(calendar.zone, day, preferences)));
}

/** When tasks that are not work may stand: any day from the start of work to 22:00. */
export function personalHours(calendar: Calendar, preferences: Preferences): Span[] {
  return daily(calendar, minuteOfDay(preferences.work_start_time), personalEnd);
}
