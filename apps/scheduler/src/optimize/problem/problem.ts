import type { Preferences, Weights } from "../../contract/index.ts";
import { touched } from "../time/axis.ts";
import type { Calendar } from "../time/calendar.ts";
import { capsOf, withinCaps } from "./caps.ts";
import { cut, firstPatterns, type Patterns } from "./cut.ts";
import type { Demand, Engagement, Rule } from "./demand.ts";
import { freeze } from "./freeze.ts";
import { held } from "./held.ts";
import type { Hours } from "../time/hours.ts";
import type { Item } from "./item.ts";
import { link } from "./link.ts";
import { noLunch } from "./lunch.ts";
import type { Model } from "../search/model.ts";
import { createSite, type Site } from "./site.ts";
import { minutes, type Span } from "../time/spans.ts";

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
  /** What stays the same however split tasks are cut. */
  readonly site: Site;
};

/**
 * All hard rules that do not depend on the order of things become the starts that exist; soft rules their costs.
 * @param cuts how split tasks are cut; null for the way to begin with
 * @param site of the same demand, where it is known already
 */
export function createProblem(demand: Demand, cuts: Patterns | null = null, site = createSite(demand)): Problem {
  const { preferences, rules, weights } = demand;
  const { axis, calendar, work, personal, fixed } = site;
  const patterns = cuts ?? firstPatterns(demand, axis.grid);
  const tasks = cut(demand, patterns).wants.map(site.itemOf);
  const ruled = ordered([...tasks, ...site.others], demand, { axis, days: calendar.days });
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
    switching: site.categories > 1 ? Math.round(weights.category_switch) : 0,
    days: calendar.days,
    hours: { work: work.hours, personal: personal.hours },
    free: { work: work.free, personal: personal.free },
    runs: { work: work.runs, personal: personal.runs },
    rules,
    demand,
    patterns,
    site,
    warnings: [...demand.warnings, ...site.skipped.map((time) => noLunch(calendar.zone, time))],
  };
}

/** The items with who waits for whom, what a day may hold, and what stays because it is soon. */
function ordered(items: readonly Item[], { preferences, frozenUntil }: Demand, time: Pick<Model, "axis" | "days">) {
  const { grid } = time.axis;
  const linked = link(items, grid);
  const caps = capsOf(linked, preferences);
  return { caps, items: link(freeze(withinCaps(linked, caps), frozenUntil, { ...time, caps }), grid) };
}

function total(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + minutes(span), 0);
}
