import { isClock, isDateTime, minuteOfDay } from "@beq/scheduler/contract";
import { Temporal } from "temporal-polyfill";

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * A moment as people write it, on the wall clock: `fri`, `friday 17:00`, `tomorrow 9:30`, `2030-03-29`, or any ISO 8601
 * time, which is returned as it is.
 * @param today the day that weekdays count from (`YYYY-MM-DD`); a weekday is the next one on or after it
 * @param end the clock time meant where none is said (`HH:MM`)
 * @returns `YYYY-MM-DDTHH:MM`, or undefined where it is no moment
 */
export function readWhen(text: string, today: string, end: string): string | undefined {
  const trimmed = text.trim();
  if (isDateTime(trimmed)) return trimmed.length === 10 ? `${trimmed}T${end}` : trimmed;

  const [day = "", clock = end, ...rest] = trimmed.toLowerCase().split(/\s+/);
  const time = /^\d:/.test(clock) ? `0${clock}` : clock;
  const date = dateOf(day, Temporal.PlainDate.from(today));
  if (!date || rest.length > 0 || !isClock(time)) return undefined;

  const at = Temporal.PlainTime.from("00:00").add({ minutes: minuteOfDay(time) });
  return date.toPlainDateTime(at).toString({ smallestUnit: "minute" });
}

function dateOf(word: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (word === "today") return today;
  if (word === "tomorrow") return today.add({ days: 1 });
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return isDateTime(word) ? Temporal.PlainDate.from(word) : undefined;

  const index = weekdays.findIndex((name) => word.length >= 3 && fullName(name).startsWith(word));
  return index < 0 ? undefined : today.add({ days: (index + 8 - today.dayOfWeek) % 7 });
}

function fullName(short: string): string {
  const ends: Record<string, string> = { tue: "sday", wed: "nesday", thu: "rsday", sat: "urday" };
  return `${short}${ends[short] ?? "day"}`;
}
