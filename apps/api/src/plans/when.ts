import { Temporal } from "temporal-polyfill";

/** A wall-clock time in a zone as an instant. */
export type Moment = {
  /** Epoch milliseconds. */
  instant: number;
  /** What a person should know who asked for a time that the zone's clocks skip or show twice. */
  note: string | null;
};

/**
 * The instant at which clocks in `zone` (IANA) show `localTime` (`2030-03-25T09:00`, seconds allowed), or undefined
 * where there is no such time or zone. Of a time that is shown twice the first is meant; one that is skipped is moved on
 * by what is skipped (Temporal's `compatible`, as in RFC 5545).
 */
export function momentOf(localTime: string, zone: string): Moment | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(localTime) || !isNamed(zone)) return undefined;
  try {
    const asked = Temporal.PlainDateTime.from(localTime, { overflow: "reject" });
    const [first, last] = (["compatible", "later"] as const).map((disambiguation) =>
      asked.toZonedDateTime(zone, { disambiguation }),
    ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
    return { instant: first.epochMilliseconds, note: noteOf(asked, zone, first, last) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A zone with a name: an offset knows no summer time, and is not what a person who plans means. */
function isNamed(zone: string): boolean {
  return /^[A-Za-z]/.test(zone) && zone.length <= 100;
}

function noteOf(
  asked: Temporal.PlainDateTime,
  zone: string,
  first: Temporal.ZonedDateTime,
  last: Temporal.ZonedDateTime,
): string | null {
  const time = clock(asked);
  const shown = first.toPlainDateTime();
  if (!shown.equals(asked)) return `Clocks in ${zone} skip ${time} that day: it runs at ${clock(shown)}`;
  if (first.equals(last)) return null;
  return `Clocks in ${zone} show ${time} twice that day: it runs at the first, at UTC${first.offset}`;
}

function clock(time: Temporal.PlainDateTime): string {
  return time.toPlainTime().toString({ smallestUnit: time.second === 0 ? "minute" : "second" });
}
