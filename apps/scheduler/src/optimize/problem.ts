import type { Preferences, Weights } from "../contract/index.ts";
import { createAxis, gridFor, inside, runs, touched } from "./axis.ts";
import { type Calendar, createCalendar, personalHours, workHours } from "./calendar.ts";
import { createLayers } from "./costs.ts";
import type { Demand, Engagement, Rule } from "./demand.ts";
import type { Hours } from "./hours.ts";
import { eventItem, link, taskItem } from "./items.ts";
import type { Item } from "./item.ts";
import type { Model } from "./model.ts";
import { lunches, noLunch } from "./lunch.ts";
import { clip, merge, minuteMs, minutes, type Span, subtract } from "./spans.ts";

/** What is to be planned: time, what may fill it, and what each way of doing so costs. */
export type Problem = Omit<Model, "items"> & {
  readonly calendar: Calendar;
  readonly preferences: Preferences;
  readonly weights: Weights;
  readonly items: readonly Item[];
  /** Events that stay where they are, those outside of the horizon included. */
  readonly fixed: readonly Engagement[];
  /** Hours in which tasks may stand, and what hard rules leave of them; within the horizon. */
  readonly hours: Record<Hours, readonly Span[]>;
  readonly free: Record<Hours, readonly Span[]>;
  /** For each slot how many in a row from it on are free by the hard rules. */
  readonly runs: Record<Hours, Int32Array>;
  readonly rules: readonly Rule[];
  readonly warnings: readonly string[];
};

/** All hard rules that do not depend on the order of things become the starts that exist; soft rules their costs. */
export function createProblem(demand: Demand): Problem {
  const { preferences, rules, weights } = demand;
  const calendar = createCalendar(preferences.timezone, demand.start, demand.horizonDays);
  const axis = createAxis(demand.start, calendar.end, gridOf(demand, calendar));
  const within = (spans: readonly Span[]) => clip(spans, demand.start, calendar.end);

  const placeable = (event: Engagement) => event.moveable && event.start >= demand.start && event.end <= calendar.end;
  const fixed = demand.engagements.filter((event) => !placeable(event));
  const moveable = demand.engagements.filter(placeable);
  const blocks = rules.filter(
    ({ type, hard }) => hard && (type === "time_block" || type === "break" || type === "lunch"),
  );
  const meetingBars = rules.filter(({ type, hard }) => hard && type === "no_meetings");

  const hours = {
    work: within(workHours(calendar, preferences)),
    personal: within(personalHours(calendar, preferences)),
  };
  const keptOut = merge([...fixed, ...blocks]);
  const free = { work: subtract(hours.work, keptOut), personal: subtract(hours.personal, keptOut) };
  const runOf = (spans: readonly Span[]) => runs(inside(axis, spans));
  const layers = createLayers(axis, calendar, preferences, rules);

  const room = { axis, weights, hours, free, layers, runs: { work: runOf(free.work), personal: runOf(free.personal) } };
  const tasks = demand.wants.map((want) => taskItem(want, room));
  const events = moveable.map((event) => eventItem(event, room, { fixed, bars: meetingBars }));
  const anyTime = subtract(within(calendar.days), keptOut);
  const meals = lunches({ axis, calendar, preferences, rules, free: anyTime, weights, none: demand.noLunch });

  return {
    axis,
    calendar,
    preferences,
    weights,
    items: link([...tasks, ...events, ...meals.items]),
    fixed,
    taken: touched(axis, fixed),
    rest: { minutes: preferences.break_duration_minutes, limit: preferences.break_frequency_minutes },
    open: total(free.work) / Math.max(1, axis.size * axis.grid),
    balance: weights.balance,
    days: calendar.days,
    caps: [],
    hours,
    free,
    runs: room.runs,
    rules,
    warnings: [...demand.warnings, ...meals.skipped.map(({ start }) => noLunch(calendar.zone, start))],
  };
}

function total(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + minutes(span), 0);
}

function gridOf({ wants, engagements, rules, preferences, horizonDays }: Demand, calendar: Calendar): 5 | 15 {
  const durations = [
    ...wants.map((want) => want.minutes),
    preferences.break_duration_minutes,
    preferences.lunch_duration_minutes,
  ];
  const spans: Span[] = [...engagements, ...rules, ...workHours(calendar, preferences)];
  const homes = wants.flatMap(({ home, locked }) => (home && !locked ? [home] : []));
  const edges = clip(spans, calendar.days[0]?.start ?? 0, calendar.end).flatMap(({ start, end }) => [start, end]);
  const homeEdges = homes.map(({ start }) => start);
  // A plan made on the finer grid is kept where it stands, however long the horizon is now.
  const finer = homeEdges.some((edge) => edge % (15 * minuteMs) !== 0);
  return finer ? 5 : gridFor(durations, edges, horizonDays);
}
