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

const minute = 60_000;
const dayMinutes = 1_440;

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
    const whole = Math.floor(instant / minute);
    // Offsets change on quarters of an hour only, as far back as plans go.
    const quarter = Math.floor(whole / 15) * 15;
    const cached = known.get(quarter);
    const base = cached ?? read(quarter * minute);
    if (cached === undefined) known.set(quarter, base);
    return base + whole - quarter;
  }

  function read(instant: number): number {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute")) / minute;
  }

  function instant(wallMinutes: number): number {
    const asUtc = wallMinutes * minute;
    const offsets = [asUtc - 2 * dayMinutes * minute, asUtc + 2 * dayMinutes * minute].map(
      (near) => shown(near) - Math.floor(near / minute),
    );
    const exact = offsets.map((offset) => asUtc - offset * minute).filter((guess) => shown(guess) === wallMinutes);
    // In a gap no instant shows it: the offset from before the gap carries it past the gap.
    return exact.length > 0 ? Math.min(...exact) : asUtc - (offsets[0] ?? 0) * minute;
  }

  return { shown, instant };
}
