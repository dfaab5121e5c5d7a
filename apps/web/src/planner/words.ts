/** `90` as `1 h 30 min`, as the planner's reasons have it too. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : "", rest > 0 || hours === 0 ? `${rest} min` : ""].filter(Boolean).join(" ");
}

/** A simulated probability for people: rounded down and never to certainty. `94 %`, `over 99 %`, `under 1 %` */
export function chance(probability: number): string {
  if (probability > 0.99) return "over 99 %";
  if (probability < 0.01) return "under 1 %";
  return `${Math.floor(probability * 100 + 1e-9)} %`;
}

/**
 * The planner's reason as a sentence, without the day and time that it begins with, and without its being new: that
 * stands beside it already.
 */
export function sentence(reason: string): string {
  const rest = reason.replace(/^(?:It had no place yet: )?\p{L}{3} \d{1,2} \p{L}{3,4},? \d{2}:\d{2},?\s+/u, "");
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}${/[.!?]$/.test(rest) ? "" : "."}`;
}

/** The same without what is in the way of better places, where that is told on its own. */
export function withoutBlockers(reason: string): string {
  return reason.replace(/; (?:(?!; ).)* (?:is|are) in the way of (?:(?!; ).)*$/su, "");
}

/** Whether a warning is one of a task without a place: the tray has its reason, and ways to make room. */
export function isOfTray(warning: string): boolean {
  return /^'.*' has no place\. /su.test(warning) || /^\d+ more tasks? without a place\.$/.test(warning);
}

/** Times and days of one zone as people read them. */
export function createWords(zone: string) {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", day: "numeric", month: "short" });
  const near = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", day: "numeric" });
  return {
    zone,
    /** `09:30` */
    clock: (instant: number) => clock.format(instant),
    /** `Mon 25 Mar` */
    day: (instant: number) => day.format(instant).replace(",", ""),
    /** `Mon 25 Mar, 09:30–10:00`; an end on another day is named with it. */
    range(start: number, end: number): string {
      const sameDay = day.format(start) === day.format(end - 1);
      const until = sameDay ? clock.format(end) : `${this.day(end)}, ${clock.format(end)}`;
      return `${this.day(start)}, ${clock.format(start)}–${until}`;
    },
    /** `Fri 29, 17:00`: for lists of one week. */
    short: (instant: number) =>
      `${near
        .formatToParts(instant)
        .filter(({ type }) => type !== "literal")
        .sort(weekdayFirst)
        .map(({ value }) => value)
        .join(" ")}, ${clock.format(instant)}`,
    /** `Fri 29 Mar, 17:00` */
    moment(instant: number): string {
      return `${this.day(instant)}, ${clock.format(instant)}`;
    },
  };
}
function weekdayFirst(a: Intl.DateTimeFormatPart, b: Intl.DateTimeFormatPart): number {
  return Number(b.type === "weekday") - Number(a.type === "weekday");
}

export type Words = ReturnType<typeof createWords>;

/** A plain date `YYYY-MM-DD` as `25 Mar`, with `year` as `25 Mar 2030`. */
export function plainDate(date: string, year = false): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    ...(year ? { year: "numeric" } : {}),
  }).format(Date.parse(date));
}
