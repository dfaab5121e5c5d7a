import { instantOf } from "@beq/scheduler/contract";
import { addDays, dateIn, daysFrom, mondayOf } from "../calendar/axis.ts";
import type { Draft } from "./draft.ts";
import type { Window } from "./files/ics.ts";

export type Span = {
  /** The first and the last planned day, `YYYY-MM-DD` in the person's zone. */
  first: string;
  last: string;
  /** The Mondays of the weeks that these days lie in. */
  weeks: string[];
  /** What calendars are expanded over: those weeks. */
  window: Window;
};

type Planned = Pick<Draft, "planning_start" | "planning_horizon_days" | "preferences">;

/** The days that planning `draft` at `now` (epoch milliseconds) covers. */
export function spanOf(draft: Planned, now: number): Span {
  const zone = draft.preferences.timezone;
  const asked = draft.planning_start ? instantOf(draft.planning_start, zone) : now;
  // The server plans nothing before now, whatever was asked.
  const first = dateIn(zone, Math.max(asked, now));
  const last = addDays(first, draft.planning_horizon_days - 1);
  const weeks: string[] = [];
  for (let monday = mondayOf(first); monday <= last; monday = addDays(monday, 7)) weeks.push(monday);
  return { first, last, weeks, window: windowOf(weeks, zone) };
}

function windowOf(weeks: readonly string[], zone: string): Window {
  const days = daysFrom(weeks[0] ?? "1970-01-01", weeks.length * 7, zone);
  return { start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0, zone };
}
