import { gridFor } from "../time/axis.ts";
import { type Calendar, workHours } from "../time/calendar.ts";
import type { Demand } from "./demand.ts";
import { clip, minuteMs, type Span } from "../time/spans.ts";

/** Minutes of a slot, by every length and edge that is asked for; see {@link gridFor}. */
export function gridOf(demand: Demand, calendar: Calendar): 5 | 15 {
  const { wants, engagements, rules, preferences, horizonDays } = demand;
  if (demand.grid !== null) return demand.grid;
  const buffers = [...wants, ...engagements].flatMap(({ buffer }) => [buffer.before, buffer.after]);
  const splits = wants.flatMap(({ split }) => (split ? [split.min, split.max] : []));
  const lags = wants.flatMap((want) => Object.values(want.lags));
  const durations = [
    ...wants.map((want) => want.minutes),
    preferences.break_duration_minutes,
    preferences.lunch_duration_minutes,
    ...buffers,
    ...splits,
    ...lags,
    ...wants.flatMap(({ window }) => (window ? [window.from, window.to] : [])),
  ];
  const spans: Span[] = [...engagements, ...rules, ...workHours(calendar, preferences)];
  const homes = wants.flatMap(({ home, locked, stood }) => [
    ...(home && !locked ? [home] : []),
    ...stood.map((each) => each.home),
  ]);
  const edges = clip(spans, calendar.days[0]?.start ?? 0, calendar.end).flatMap(({ start, end }) => [start, end]);
  const starts = wants.flatMap(({ earliest }) => (earliest === null ? [] : [earliest]));
  const homeEdges = homes.map(({ start }) => start);
  // A plan made on the finer grid is kept where it stands, however long the horizon is now.
  const finer = homeEdges.some((edge) => edge % (15 * minuteMs) !== 0);
  return finer ? 5 : gridFor(durations, [...edges, ...starts], horizonDays);
}
