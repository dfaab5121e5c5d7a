/**
 * Time zones for the judge, by formatting instants and searching for the one wanted. The engine goes the other way,
 * through a calendar library: what both agree on is not a slip of either.
 */
export type Wall = {
  /** Minutes from 1970-01-01T00:00 on the wall clock that is shown at an instant. */
  shown(instant: number): number;
  /** The instant at which the wall clock shows that many minutes; skipped ones move forward, double ones are first. */
  instant(wallMinutes: number): number;
};

export const dayMinutes = 1_440;
export const minuteMs = 60_000;

export function createWall(zone: string): Wall {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const known = new Map<number, number>();

  function shown(instant: number): number {
    const whole = Math.floor(instant / minuteMs);
    // Offsets change on quarters of an hour only, as far back as plans go.
    const quarter = Math.floor(whole / 15) * 15;
    const cached = known.get(quarter);
    const base = cached ?? read(quarter * minuteMs);
    if (cached === undefined) known.set(quarter, base);
    return base + whole - quarter;
  }

  function read(instant: number): number {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute")) / minuteMs;
  }

  function instant(wallMinutes: number): number {
    const asUtc = wallMinutes * minuteMs;
    const offsets = [asUtc - 2 * dayMinutes * minuteMs, asUtc + 2 * dayMinutes * minuteMs].map(
      (near) => shown(near) - Math.floor(near / minuteMs),
    );
    const exact = offsets.map((offset) => asUtc - offset * minuteMs).filter((guess) => shown(guess) === wallMinutes);
    // In a gap no instant shows it: the offset from before the gap carries it past the gap.
    return exact.length > 0 ? Math.min(...exact) : asUtc - (offsets[0] ?? 0) * minuteMs;
  }

  return { shown, instant };
}

/** ISO 8601; what has no offset is read off the wall. */
export function instantOf(text: string, wall: Wall): number {
  const [, year, month, day, hour, minute, second, , sign, offHour, offMinute] =
    /^(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+)(?::(\d+)(?:[.,]\d+)?)?)?(Z|([+-])(\d\d):?(\d\d))?$/i.exec(text) ?? [];
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0));
  const seconds = Number(second ?? 0) * 1_000;
  if (sign) return utc + seconds - (sign === "-" ? -1 : 1) * (Number(offHour) * 60 + Number(offMinute)) * minuteMs;
  return /z$/i.test(text) ? utc + seconds : wall.instant(utc / minuteMs) + seconds;
}
