import type { Preferences } from "../../contract/index.ts";
import { leewayMinutes, lunchId, usualLunch } from "../problem/lunch.ts";
import type { Problem } from "../problem/problem.ts";
import { type Calendar, type Day, workdays } from "../time/calendar.ts";
import { minuteMs, overlaps, type Span } from "../time/spans.ts";

type IsFree = (span: Span) => boolean;

/** Lunch of each day from that moment on, as near to its usual time as that is free; none where it is free at no time. */
export function lunchesFrom(from: number, calendar: Calendar, preferences: Preferences, isFree: IsFree): Span[] {
  const days = workdays(calendar, preferences).filter(({ start }) => start >= from);
  return days.flatMap((day) => lunchOn(calendar, preferences, day, isFree) ?? []);
}

/** Lunches that were skipped and would come back once `freed` is free; `ids` are those of all that is planned. */
export function lunchesBack(
  { calendar, preferences, axis }: Problem,
  ids: ReadonlySet<string>,
  freed: Span,
  isFree: IsFree,
): Span[] {
  const isSkipped = (day: Day) => {
    const usual = usualLunch(calendar, preferences, day);
    // Who starts planning after lunch time has had lunch.
    return !ids.has(lunchId(day)) && usual !== undefined && usual.start >= axis.origin;
  };
  return workdays(calendar, preferences)
    .filter((day) => overlaps(day, freed) && isSkipped(day))
    .flatMap((day) => lunchOn(calendar, preferences, day, isFree) ?? []);
}

function lunchOn(calendar: Calendar, preferences: Preferences, day: Day, isFree: IsFree): Span | undefined {
  const usual = usualLunch(calendar, preferences, day);
  return usual && shifts.map((minutes) => shifted(usual, minutes)).find(isFree);
}

/** Minutes: 0, -15, 15, -30, … */
const shifts = Array.from({ length: (2 * leewayMinutes) / 15 + 1 }, (_, each) =>
  each % 2 === 0 ? (each / 2) * 15 : -((each + 1) / 2) * 15,
);

function shifted({ start, end }: Span, minutes: number): Span {
  return { start: start + minutes * minuteMs, end: end + minutes * minuteMs };
}
