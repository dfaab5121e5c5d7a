import { instantOf } from "@beq/scheduler/contract";
import { addDays, dateIn, daysFrom, mondayOf, weekdayOf } from "../calendar/axis.ts";
import type { Draft } from "./draft.ts";
import type { Window } from "./files/ics.ts";

export type Span = {
  /** The first and the last planned day, `YYYY-MM-DD` in the person's zone. */
  first: string;
  last: string;
  /** The first of these days that is a working day, where there is one: what to look at first. */
  begin: string;
  /** The Mondays of the weeks that these days lie in. */
  weeks: string[];
  /** What calendars are expanded over: those weeks. */
  window: Window;
};

type Planned = Pick<Draft, "planning_start" | "planning_horizon_days" | "preferences">;

/** The days that planning `draft` covers when it is `today` (`YYYY-MM-DD`) in the person's zone. */
export function spanOf(draft: Planned, today: string): Span {
  const zone = draft.preferences.timezone;
  const asked = draft.planning_start ? dateIn(zone, instantOf(draft.planning_start, zone)) : today;
  // The server plans nothing before now, whatever was asked.
  const first = asked > today ? asked : today;
  const last = addDays(first, draft.planning_horizon_days - 1);
  const weeks: string[] = [];
  for (let monday = mondayOf(first); monday <= last; monday = addDays(monday, 7)) weeks.push(monday);
  const begin = firstWorkDay(first, draft.planning_horizon_days, draft.preferences.work_days);
  return { first, last, begin, weeks, window: windowOf(weeks, zone) };
}

function firstWorkDay(first: string, days: number, workDays: Draft["preferences"]["work_days"]): string {
  const dates = Array.from({ length: Math.min(days, 7) }, (_, index) => addDays(first, index));
  return dates.find((date) => workDays.some((day) => day === weekdayOf(date))) ?? first;
}

function windowOf(weeks: readonly string[], zone: string): Window {
  const days = daysFrom(weeks[0] ?? "1970-01-01", weeks.length * 7, zone);
  return { start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0, zone };
}
