import type { Preferences, Weights } from "../contract/index.ts";
import { createAxis, gridFor, inside, runs, touched } from "./axis.ts";
import { type Calendar, createCalendar, workHours } from "./calendar.ts";
import { capsOf, withinCaps } from "./caps.ts";
import { createLayers } from "./costs.ts";
import { cut, firstPatterns, type Patterns } from "./cut.ts";
import type { Demand, Engagement, Rule } from "./demand.ts";
import { freeze } from "./freeze.ts";
import { createGrounds } from "./ground.ts";
import type { Hours } from "./hours.ts";
import { eventItem, taskItem } from "./items.ts";
import type { Item } from "./item.ts";
import { held } from "./held.ts";
import { link } from "./link.ts";
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
  /** What was asked, split tasks in one, and how they are cut here. */
  readonly demand: Demand;
  readonly patterns: Patterns;
};

/** All hard rules that do not depend on the order of things become the starts that exist; soft rules their costs. */
export function createProblem(demand: Demand, cuts: Patterns | null = null): Problem {
  const { preferences, rules, weights, start } = demand;
  const calendar = createCalendar(preferences.timezone, start, demand.horizonDays);
  const grid = gridOf(demand, calendar);
  const axis = createAxis(start, calendar.end, grid);
  const patterns = cuts ?? firstPatterns(demand, grid);
  const { wants } = cut(demand, patterns);

  const placeable = (event: Engagement) => event.moveable && event.start >= start && event.end <= calendar.end;
  const fixed = demand.engagements.filter((event) => !placeable(event));
  const bars = rules.filter(({ type, hard }) => hard && type === "no_meetings");
  const keptOut = merge([...fixed.map(held), ...blocks(rules)]);
  const groundOf = createGrounds({ axis, calendar, preferences, start, keptOut });
  const work = groundOf({ category: "work", window: null, occasion: null });
  const personal = groundOf({ category: "personal", window: null, occasion: null });

  const clear = subtract([{ start, end: calendar.end }], keptOut);
  const layers = createLayers(axis, calendar, preferences, rules);
  const groups = new Map(
    [...new Set(demand.wants.map(({ category }) => category))].map((name, index) => [name, index]),
  );
  const room = { axis, weights, groundOf, clear, clearRuns: runs(inside(axis, clear)), layers, groups };
  const tasks = wants.map((want) => taskItem(want, room));
  const events = demand.engagements
    .filter(placeable)
    .map((event) => eventItem(event, room, { fixed, bars, work, personal }));
  const meals = lunches({ axis, calendar, preferences, rules, free: clear, weights, none: demand.noLunch });
  const ruled = ordered([...tasks, ...events, ...meals.items], demand, { axis, days: calendar.days });

  return {
    axis,
    calendar,
    preferences,
    weights,
    ...ruled,
    fixed,
    taken: touched(axis, fixed.map(held)),
    rest: { minutes: preferences.break_duration_minutes, limit: preferences.break_frequency_minutes },
    open: total(work.free) / Math.max(1, axis.size * axis.grid),
    balance: weights.balance,
    switching: groups.size > 1 ? weights.category_switch : 0,
    days: calendar.days,
    hours: { work: work.hours, personal: personal.hours },
    free: { work: work.free, personal: personal.free },
    runs: { work: work.runs, personal: personal.runs },
    rules,
    demand,
    patterns,
    warnings: [...demand.warnings, ...meals.skipped.map(({ start: day }) => noLunch(calendar.zone, day))],
  };
}

/** The items with who waits for whom, what a day may hold, and what stays because it is soon. */
function ordered(items: readonly Item[], { preferences, frozenUntil }: Demand, time: Pick<Model, "axis" | "days">) {
  const { grid } = time.axis;
  const linked = link(items, grid);
  const caps = capsOf(linked, preferences);
  return { caps, items: link(freeze(withinCaps(linked, caps), frozenUntil, { ...time, caps }), grid) };
}

function blocks(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ type, hard }) => hard && (type === "time_block" || type === "break" || type === "lunch"));
}

function total(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + minutes(span), 0);
}

function gridOf(demand: Demand, calendar: Calendar): 5 | 15 {
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
