import { Temporal } from "temporal-polyfill";
import type { Span } from "./spans.ts";

const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function local(zone: string, time: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
}

/** `Tue 26 Mar` */
export function dayName(zone: string, time: number): string {
  const { dayOfWeek, day, month: number } = local(zone, time);
  return `${weekday[dayOfWeek - 1]} ${day} ${month[number - 1]}`;
}

/** `14:00` */
export function clockName(zone: string, time: number): string {
  const { hour, minute } = local(zone, time);
  return clock(hour * 60 + minute);
}

/** Minutes after midnight as `14:00`; of the next day if they are more than a day has. */
export function clock(minute: number): string {
  const hour = Math.floor(minute / 60) % 24;
  return `${String(hour).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** `14:00` of `14:00:30`, a time of day as people give it. */
export function withoutSeconds(text: string): string {
  return text.slice(0, 5);
}

/** `Tue 26 Mar 14:00` */
export function momentName(zone: string, time: number): string {
  return `${dayName(zone, time)} ${clockName(zone, time)}`;
}

/** `Tue 26 Mar 14:00-16:00`, with the second day where it ends on another. */
export function spanName(zone: string, { start, end }: Span): string {
  const sameDay = dayName(zone, start) === dayName(zone, end - 1);
  return `${momentName(zone, start)}-${sameDay ? clockName(zone, end) : momentName(zone, end)}`;
}

/** `45 min`, `3 h`, `3 h 30 min`, `2 d 4 h`; the two largest units that matter. */
export function lengthName(minutes: number): string {
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const rest = Math.round(minutes % 60);
  const parts = [days && `${days} d`, hours && `${hours} h`, days === 0 && rest > 0 && `${rest} min`].filter(Boolean);
  return parts.join(" ") || "0 min";
}

/** `32 h 15 min`: work is not counted in days. */
export function hoursName(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [hours > 0 && `${hours} h`, minutes % 60 > 0 && `${minutes % 60} min`].filter(Boolean).join(" ") || "0 min";
}

/** A simulated probability, rounded down and never to certainty: `94 %`, `over 99 %`, `under 1 %` */
export function chance(probability: number): string {
  if (probability > 0.99) return "over 99 %";
  return probability < 0.01 ? "under 1 %" : `${Math.floor(probability * 100 + 1e-9)} %`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The same with a capital to begin with. */
export function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}

/** The same without one. */
export function lowered(text: string): string {
  return `${text[0]?.toLowerCase() ?? ""}${text.slice(1)}`;
}

/** The first of so many: `a`, `a and b`, `a, b and c`, `a, b and 7 more` */
export function list(names: readonly string[], most: number, all = names.length): string {
  const named = names.slice(0, most);
  const said = all > named.length ? [...named, `${all - named.length} more`] : named;
  return said.length < 2 ? said.join("") : `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}
