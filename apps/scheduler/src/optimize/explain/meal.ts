import { minuteOfDay, type Preferences } from "../../contract/index.ts";
import { type Calendar, clockAt, type Day, shift, workdays } from "../time/calendar.ts";
import type { Problem } from "../problem/problem.ts";
import { minuteMs, overlaps, type Span } from "../time/spans.ts";

/** Lunch lies within so many minutes of its usual time; see `lunches`. */
const leewayMinutes = 90;

/** Lunch of the days behind those planned, each as near to its usual time as its slots are free. */
export function lunchesFrom(
  from: number,
  calendar: Calendar,
  preferences: Preferences,
  isFree: (span: Span) => boolean,
): Span[] {
  const days = workdays(calendar, preferences).filter(({ start }) => start >= from);
  return days.flatMap((day) => lunchOn(calendar, preferences, day, isFree) ?? []);
}

/** Lunches that were skipped and would come back once `freed` is free; `ids` are those of all that is planned. */
export function lunchesBack(
  { calendar, preferences, axis }: Problem,
  ids: ReadonlySet<string>,
  freed: Span,
  isFree: (span: Span) => boolean,
): Span[] {
  const isSkipped = (day: Day) => {
    const id = `lunch-${day.date.toString()}`;
    const usual = usualLunch(calendar, preferences, day);
    // Who starts planning after lunch time has had lunch.
    return !ids.has(id) && usual !== undefined && usual.start >= axis.origin;
  };
  return workdays(calendar, preferences)
    .filter((day) => overlaps(day, freed) && isSkipped(day))
    .flatMap((day) => lunchOn(calendar, preferences, day, isFree) ?? []);
}

function lunchOn(
  calendar: Calendar,
  preferences: Preferences,
  day: Day,
  isFree: (span: Span) => boolean,
): Span | undefined {
  const usual = usualLunch(calendar, preferences, day);
  return usual && shifts.map((each) => moved(usual, each * minuteMs)).find(isFree);
}

/** 0, -15, 15, -30, … minutes. */
const shifts = Array.from({ length: (2 * leewayMinutes) / 15 + 1 }, (_, each) =>
  each % 2 === 0 ? (each / 2) * 15 : -((each + 1) / 2) * 15,
);

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function usualLunch({ zone }: Calendar, preferences: Preferences, day: Day): Span | undefined {
  const hours = shift(zone, day, preferences);
  const minute = minuteOfDay(preferences.lunch_time);
  const start = [minute, minute + 1_440]
    .map((each) => clockAt(zone, day, each))
    .find((time) => time >= hours.start && time < hours.end);
  return start === undefined ? undefined : { start, end: start + preferences.lunch_duration_minutes * minuteMs };
}
