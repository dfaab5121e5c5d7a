import { minuteOfDay, type Preferences, type Weights } from "../../contract/index.ts";
import { type Axis, slotAfter, slotOf, timeOf } from "../time/axis.ts";
import { type Calendar, clockAt, type Day, shift, workdays } from "../time/calendar.ts";
import { noBuffer, type Rule } from "./demand.ts";
import { type Item, workless } from "./item.ts";
import { ranked } from "../search/model.ts";
import { minuteMs, overlaps, type Span } from "../time/spans.ts";
import { dayName } from "../time/words.ts";

/** Lunch lies within so many minutes of its usual time. */
export const leewayMinutes = 90;

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
    const usual = usualLunch(calendar, preferences, day);
    // Who starts planning after lunch time has had lunch.
    if (!usual || usual.start < axis.origin) continue;
    const window = windowAround(usual);
    if (window.end > timeOf(axis, axis.size)) continue;
    if (rules.some((rule) => rule.type === "lunch" && rule.hard && overlaps(rule, window))) continue;

    const item = lunchItem(lunchId(day), usual, kitchen);
    if (kitchen.none.has(item.id)) continue;
    if (item.starts.length > 0) items.push(item);
    else skipped.push(day);
  }
  return { items, skipped };
}

export function lunchId({ date }: Day): string {
  return `lunch-${date.toString()}`;
}

/** Lunch at its usual time, where the working hours of that day hold it; those of a night shift on the next date. */
export function usualLunch({ zone }: Calendar, preferences: Preferences, day: Day): Span | undefined {
  const hours = shift(zone, day, preferences);
  const minute = minuteOfDay(preferences.lunch_time);
  const start = [minute, minute + 1_440]
    .map((each) => clockAt(zone, day, each))
    .find((time) => time >= hours.start && time < hours.end);
  return start === undefined ? undefined : { start, end: start + preferences.lunch_duration_minutes * minuteMs };
}

function windowAround({ start, end }: Span): Span {
  const leeway = leewayMinutes * minuteMs;
  return { start: start - leeway, end: Math.max(start + leeway, end) };
}

function lunchItem(id: string, usual: Span, { axis, runs, preferences, weights }: Kitchen): Item {
  const minutes = preferences.lunch_duration_minutes;
  const slots = Math.ceil(minutes / axis.grid);
  const window = windowAround(usual);
  const last = slotOf(axis, window.end - minutes * minuteMs);
  const starts: number[] = [];
  for (let slot = Math.max(0, slotAfter(axis, window.start)); slot <= last; slot += 1)
    if ((runs[slot] ?? 0) >= slots) starts.push(slot);
  const shiftCost = (slot: number) =>
    Math.round((weights.lunch_shift_per_minute * Math.abs(timeOf(axis, slot) - usual.start)) / minuteMs);
  return {
    ...workless,
    kind: "lunch",
    id,
    title: "Lunch",
    buffer: noBuffer,
    minutes,
    slots,
    lead: 0,
    ...ranked(starts, shiftCost),
    was: null,
    home: null,
  };
}

export function noLunch(zone: string, time: number): string {
  return `No lunch on ${dayName(zone, time)}: events leave no room for it.`;
}
