import type { Temporal } from "temporal-polyfill";
import type { Task } from "../../contract/index.ts";
import { dateAt, type Day } from "../time/calendar.ts";
import type { Occasion, Want } from "./demand.ts";
import { at, type Span } from "../time/spans.ts";
import { dayName } from "../time/words.ts";

export type Repeat = NonNullable<Task["repeat"]>;

/** The days planned, whole ones, in the person's zone. */
export type Diary = { readonly zone: string; readonly days: readonly Day[] };

/** A time that the habit is done already, or was planned to be; what is behind counts like what is ahead. */
type Done = { readonly id: string; readonly home: Span | null };

/**
 * What is left to plan of a habit: once on each day named, or so many times in each week (Monday to Sunday) as its
 * share of the days planned asks for, at least once. Days are planned from the first time of that week on, so that the
 * share does not change while time passes. Its deadline ends it, its earliest start begins it. Where no day is left of
 * it, one time without a day says so.
 */
export function occurrences(want: Want, repeat: Repeat, diary: Diary, done: readonly Done[]): Want[] {
  const days = diary.days.filter(
    ({ start, end }) => (want.deadline === null || start < want.deadline) && end > (want.earliest ?? -Infinity),
  );
  const found =
    "days" in repeat
      ? onDays(want, repeat.days, { ...diary, days }, done)
      : inWeeks(want, repeat.times_per_week, { ...diary, days }, done);
  return found.length + done.length > 0 ? found : [{ ...want, occasion: nowhereIn(diary) }];
}

function onDays(want: Want, names: readonly string[], { zone, days }: Diary, done: readonly Done[]): Want[] {
  const dates = new Set(done.map((each) => dateOf(each, zone)));
  return days
    .filter(({ weekday, date }) => names.includes(weekday) && !dates.has(date.toString()))
    .map((day) => ({ ...want, id: `${want.id}#${day.date.toString()}`, occasion: onDay(zone, day) }));
}

function inWeeks(want: Want, times: number, { zone, days }: Diary, done: readonly Done[]): Want[] {
  return [...new Set(days.map(weekName))].flatMap((name) => {
    const some = days.filter((day) => weekName(day) === name);
    const here = done.filter((each) => weekOf(each, zone) === name);
    const share = Math.max(1, Math.floor((times * (some.length + daysBehind(at(some, 0), here, zone))) / 7));
    const left = Math.max(0, share - here.length);
    const used = new Set(here.map(({ id }) => id));
    const ids = Array.from({ length: times + here.length }, (_, index) => `${want.id}#${name}-${index + 1}`);
    return ids
      .filter((id) => !used.has(id))
      .slice(0, left)
      .map((id) => ({ ...want, id, occasion: inWeek(zone, some) }));
  });
}

/** Of the times that stand and may move those that are asked for: with what stays anyway, no more in a week than the wish. */
export function askedFor<D extends Done>(free: readonly D[], kept: readonly Done[], repeat: Repeat, zone: string): D[] {
  if ("days" in repeat) return [...free];

  const counts = new Map<string | undefined, number>();
  const count = (done: Done): number => {
    const week = weekOf(done, zone);
    const number = (counts.get(week) ?? 0) + 1;
    counts.set(week, number);
    return number;
  };
  kept.forEach(count);
  return free.filter((done) => count(done) <= repeat.times_per_week);
}

/** Days of the same week from the first time that there is of the habit to the first day that is still planned. */
function daysBehind(day: Day, here: readonly Done[], zone: string): number {
  const dates = here.flatMap((each) => standsOn(each, zone) ?? []);
  const own = dates.filter((date) => weekName({ date }) === weekName(day));
  return Math.max(0, ...own.map(({ dayOfWeek }) => day.date.dayOfWeek - dayOfWeek));
}

/** `2026-W48` */
function weekName({ date }: { readonly date: Temporal.PlainDate }): string {
  return `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, "0")}`;
}

/** The week that an event's id names, else the one in which it starts. */
function weekOf(done: Done, zone: string): string | undefined {
  const [named] = /(?<=#)\d{4}-W\d{2}(?=-\d+$)/.exec(done.id) ?? [];
  const date = named === undefined ? standsOn(done, zone) : undefined;
  return named ?? (date && weekName({ date }));
}

/** The date that an event's id names, else the one on which it starts. */
function dateOf(done: Done, zone: string): string | undefined {
  const [named] = /(?<=#)\d{4}-\d{2}-\d{2}$/.exec(done.id) ?? [];
  return named ?? standsOn(done, zone)?.toString();
}

function standsOn({ home }: Done, zone: string): Temporal.PlainDate | undefined {
  return home ? dateAt(zone, home.start) : undefined;
}

/** When a time that stands already may be done; never where its habit no longer has it. */
export function occasionOf(done: Done, repeat: Repeat, diary: Diary): Occasion {
  const { zone, days } = diary;
  if ("days" in repeat) {
    const date = dateOf(done, zone);
    const day = days.find((each) => each.date.toString() === date && repeat.days.some((name) => name === each.weekday));
    return day ? onDay(zone, day) : nowhereIn(diary);
  }
  const some = days.filter((day) => weekName(day) === weekOf(done, zone));
  return some.length > 0 ? inWeek(zone, some) : nowhereIn(diary);
}

function onDay(zone: string, { start, end, date }: Day): Occasion {
  return { days: { start, end }, date: date.toString(), name: dayName(zone, start) };
}

function inWeek(zone: string, days: readonly Day[]): Occasion {
  const span = { start: at(days, 0).start, end: at(days, days.length - 1).end };
  return { days: span, date: null, name: `week of ${dayName(zone, span.start)}` };
}

function nowhereIn({ days }: Diary): Occasion {
  const end = days.at(-1)?.end ?? 0;
  return { days: { start: end, end }, date: null, name: "no day of it is planned" };
}
