import { gridFor } from "../time/axis.ts";
import { type Calendar, workHours } from "../time/calendar.ts";
import type { Demand } from "./demand.ts";
import { clip, type Span } from "../time/spans.ts";

/** Minutes of a slot, by every length and edge that is asked for; see {@link gridFor}. */
export function gridOf(demand: Demand, calendar: Calendar): 5 | 15 {
  if (demand.grid !== null) return demand.grid;
  return gridFor(durationsOf(demand), edgesOf(demand, calendar), demand.horizonDays);
}

function homesOf({ wants }: Demand): Span[] {
  return wants.flatMap(({ home, locked, stood }) => [
    ...(home && !locked ? [home] : []),
    ...stood.map((each) => each.home),
  ]);
}

function durationsOf({ wants, engagements, preferences }: Demand): number[] {
  return [
    preferences.break_duration_minutes,
    preferences.lunch_duration_minutes,
    ...[...wants, ...engagements].flatMap(({ buffer }) => [buffer.before, buffer.after]),
    ...wants.flatMap(({ minutes, split, window, lags }) => [
      minutes,
      ...(split ? [split.min, split.max] : []),
      ...(window ? [window.from, window.to] : []),
      ...Object.values(lags),
    ]),
  ];
}

function edgesOf(demand: Demand, calendar: Calendar): number[] {
  const { wants, engagements, rules, preferences } = demand;
  const spans: Span[] = [...engagements, ...rules, ...workHours(calendar, preferences)];
  const inside = clip(spans, calendar.days[0]?.start ?? 0, calendar.end);
  const earliest = wants.flatMap((want) => want.earliest ?? []);
  const homes = homesOf(demand).map(({ start }) => start);
  return [...inside.flatMap(({ start, end }) => [start, end]), ...earliest, ...homes];
}
