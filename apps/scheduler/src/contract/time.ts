import { Temporal } from "temporal-polyfill";

const dateTime =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?$/;

const clock = /^([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;

/** Whether `text` is an ISO 8601 date or date-time that names a real day; the offset is optional. */
export function isDateTime(text: string): boolean {
  const parts = dateTime.exec(text);
  if (!parts) return false;

  const [, year, month, day, hour = "0", minute = "0", second = "0"] = parts.map((part) => part ?? "0");
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return false;
  if (Number(parts[9] ?? 0) > 23 || Number(parts[10] ?? 0) > 59) return false;
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= lastDay;
}

/**
 * Epoch milliseconds of an ISO 8601 time, whole seconds as answers tell them. Without an offset it is read on the wall
 * clock of `zone`; a wall time that a DST gap skips moves forward, one that occurs twice means the first.
 */
export function instantOf(text: string, zone: string): number {
  const iso =
    text.length === 10
      ? `${text}T00:00`
      : text
          .toUpperCase()
          .replace(" ", "T")
          .replace(/[.,]\d+/, "");
  // Thousands of events are read at once, and this is by far the quicker way.
  if (/(?:Z|[+-]\d{2}:?\d{2})$/.test(iso.slice(10))) return Date.parse(iso.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));

  return Temporal.PlainDateTime.from(iso).toZonedDateTime(zone).epochMilliseconds;
}

/** ISO 8601 with the offset that `zone` has at that instant, whole seconds: `2030-03-25T09:00:00+01:00`. */
export function isoIn(zone: string, epochMilliseconds: number): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds);
  // Offsets of long ago have seconds, for which ISO 8601 has no place.
  const timeZone = instant.toZonedDateTimeISO(zone).offset.slice(0, "+01:00".length);
  return instant.toString({ timeZone, smallestUnit: "second" });
}

/** Whether `name` is an IANA time zone known here. Bare offsets such as `+01:00` are no zones: they have no DST. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

export function isClock(text: string): boolean {
  return clock.test(text);
}

/** Minutes after local midnight of a wall-clock time `HH:MM`. */
export function minuteOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

/** `"09:00-11:00"` as minutes after local midnight, or undefined. An end at or before the start runs over midnight. */
export function clockRange(text: string): { from: number; to: number } | undefined {
  const [from = "", to = "", ...rest] = text.split("-").map((part) => part.trim());
  if (rest.length > 0 || !isClock(from) || !isClock(to)) return undefined;

  return { from: minuteOfDay(from), to: minuteOfDay(to) };
}
