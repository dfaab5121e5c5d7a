import { minuteOfDay, type Preferences, type Weights } from "../../contract/index.ts";
import { type Axis, slotAfter, slotOf, timeOf } from "../time/axis.ts";
import { type Calendar, clockAt, type Day, shift, workdays } from "../time/calendar.ts";
import { noBuffer, type Rule } from "./demand.ts";
import { feasible, type Item } from "./item.ts";
import { ranked } from "../search/model.ts";
import { minuteMs, overlaps, type Span } from "../time/spans.ts";
import { dayName } from "../time/words.ts";
import { missing } from "./weights.ts";

const leewayMinutes = 90;

type Kitchen = {
  axis: Axis;
  calendar: Calendar;
  preferences: Preferences;
  rules: readonly Rule[];
  /** For each slot how many in a row from it on are free of events and hard blocks. */
  runs: Int32Array;
  weights: Weights;
  /** Ids of lunches not to plan. */
  none: ReadonlySet<string>;
};

/**
 * One lunch for each working day whose hours hold lunch time, within 90 minutes around it, and the days on which
 * immovable events leave no room for it. A hard lunch constraint on a day takes its place.
 */
export function lunches(kitchen: Kitchen): { items: Item[]; skipped: Day[] } {
  const { axis, calendar, preferences, rules } = kitchen;
  const items: Item[] = [];
  const skipped: Day[] = [];
  for (const day of workdays(calendar, preferences)) {
    const range = rangeOf(day, kitchen);
    if (!range || range.window.end > timeOf(axis, axis.size)) continue;
    if (rules.some((rule) => rule.type === "lunch" && rule.hard && overlaps(rule, range.window))) continue;
    // Who starts planning after lunch time has had lunch.
    if (range.nominal < axis.origin) continue;

    const item = lunchItem(day, range, kitchen);
    if (kitchen.none.has(item.id)) continue;
    if (item.starts.length > 0) items.push(item);
    else skipped.push(day);
  }
  return { items, skipped };
}

type Range = { nominal: number; window: Span };

function rangeOf(day: Day, { calendar: { zone }, preferences }: Kitchen): Range | undefined {
  const hours = shift(zone, day, preferences);
  const minute = minuteOfDay(preferences.lunch_time);
  const nominal = [minute, minute + 1_440]
    .map((each) => clockAt(zone, day, each))
    .find((time) => time >= hours.start && time < hours.end);
  if (nominal === undefined) return undefined;

  const room = Math.max(leewayMinutes, preferences.lunch_duration_minutes);
  return { nominal, window: { start: nominal - leewayMinutes * minuteMs, end: nominal + room * minuteMs } };
}

function lunchItem(day: Day, { nominal, window }: Range, kitchen: Kitchen): Item {
  const { axis, runs, preferences, weights } = kitchen;
  const length = preferences.lunch_duration_minutes;
  const slots = Math.ceil(length / axis.grid);
  const first = Math.max(0, slotAfter(axis, window.start));
  const last = slotOf(axis, window.end - length * minuteMs);
  const shiftCost = (slot: number) =>
    Math.round((weights.lunch_shift_per_minute * Math.abs(timeOf(axis, slot) - nominal)) / minuteMs);
  return {
    kind: "lunch",
    id: `lunch-${day.date.toString()}`,
    title: "Lunch",
    want: null,
    ground: null,
    buffer: noBuffer,
    minutes: length,
    slots,
    work: 0,
    ...ranked(feasible(runs, slots, first, last), shiftCost),
    rules: [],
    was: null,
    home: null,
    locked: false,
    unplaced: missing,
    weight: 0,
    due: Infinity,
    before: [],
    after: [],
    lags: [],
    lead: 0,
    group: -1,
  };
}

export function noLunch(zone: string, time: number): string {
  return `No lunch on ${dayName(zone, time)}: events leave no room for it.`;
}
