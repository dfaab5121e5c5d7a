import { minuteOfDay, type Preferences, type Weights } from "../../contract/index.ts";
import { type Axis, slotAfter, slotOf, timeOf } from "../time/axis.ts";
import { type Calendar, clockAt, type Day, shift, workdays } from "../time/calendar.ts";
import { noBuffer, type Rule } from "./demand.ts";
import { homeAt, standsAt } from "./home.ts";
import { type Item, workless } from "./item.ts";
import { ranked } from "../search/model.ts";
import { covers, minuteMs, minutes as lengthOf, overlaps, type Span } from "../time/spans.ts";
import { dayName } from "../time/words.ts";

const leewayMinutes = 90;

export type Table = {
  readonly axis: Axis;
  readonly calendar: Calendar;
  readonly preferences: Preferences;
  readonly rules: readonly Rule[];
};

type Kitchen = Table & {
  /** For each slot how many in a row from it on are free of events and hard blocks. */
  readonly runs: Int32Array;
  /** The same to the minute. */
  readonly clear: readonly Span[];
  readonly weights: Weights;
  /** Ids of lunches not to plan. */
  readonly none: ReadonlySet<string>;
  /** Where lunches stand so far. */
  readonly stood: ReadonlyMap<string, Span>;
};

/** The lunch of a day at its usual time, and the time within which all of it lies, wherever it stands. */
export type Meal = { readonly id: string; readonly usual: Span; readonly window: Span };

/**
 * One lunch for each working day whose hours hold lunch time, and when those would start for which immovable events
 * leave no room.
 */
export function lunches(kitchen: Kitchen): { items: Item[]; skipped: number[] } {
  const meals = mealsOf(kitchen).filter(({ id }) => !kitchen.none.has(id));
  const items = meals.map((meal) => lunchItem(meal, kitchen));
  return {
    items: items.filter(({ starts }) => starts.length > 0),
    skipped: meals.flatMap(({ usual }, index) => (items[index]?.starts.length === 0 ? [usual.start] : [])),
  };
}

/** The lunches of an axis. A hard lunch constraint about the time of one takes its place. */
export function mealsOf({ axis, calendar, preferences, rules }: Table): Meal[] {
  const end = timeOf(axis, axis.size);
  return workdays(calendar, preferences).flatMap((day) => {
    const usual = usualLunch(calendar, preferences, day);
    // Who starts planning after lunch time has had lunch.
    if (!usual || usual.start < axis.origin) return [];
    const window = windowAround(usual);
    const isTaken = rules.some((rule) => rule.type === "lunch" && rule.hard && overlaps(rule, window));
    return isTaken || window.end > end ? [] : [{ id: `lunch-${day.date.toString()}`, usual, window }];
  });
}

/** Slots in which a lunch may start. */
export function slotsOfMeal({ usual, window }: Meal, axis: Axis): number[] {
  const first = Math.max(0, slotAfter(axis, window.start));
  const last = slotOf(axis, window.end - (usual.end - usual.start));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** Minutes by which a lunch that starts then is off its usual time. */
function shiftOf({ usual }: Meal, start: number): number {
  return Math.abs(start - usual.start) / minuteMs;
}

/** Lunch at its usual time, where the working hours of that day hold it; those of a night shift on the next date. */
function usualLunch({ zone }: Calendar, preferences: Preferences, day: Day): Span | undefined {
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

function lunchItem(meal: Meal, { axis, runs, clear, preferences, weights, stood }: Kitchen): Item {
  const minutes = preferences.lunch_duration_minutes;
  const slots = Math.ceil(minutes / axis.grid);
  const was = stood.get(meal.id) ?? null;
  const mayStay = was !== null && lengthOf(was) === minutes && covers([meal.window], was) && covers(clear, was);
  const home = mayStay ? was : null;
  const isElsewhere = (slot: number) => !standsAt(home, axis, slot);
  const starts = slotsOfMeal(meal, axis).filter((slot) => (runs[slot] ?? 0) >= slots && isElsewhere(slot));
  const shift = (start: number) => weights.lunch_shift_per_minute * shiftOf(meal, start);
  const moved = was ? weights.task_moved : 0;
  return {
    ...workless,
    kind: "lunch",
    id: meal.id,
    title: "Lunch",
    buffer: noBuffer,
    minutes,
    slots,
    lead: 0,
    ...ranked(starts, (slot) => Math.round(shift(timeOf(axis, slot)) + moved)),
    was: was && { start: was.start, end: was.end },
    home: home && homeAt(home, axis, Math.round(shift(home.start))),
  };
}

export function noLunch(zone: string, time: number): string {
  return `No lunch on ${dayName(zone, time)}: events leave no room for it.`;
}
