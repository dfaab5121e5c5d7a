const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** A moment as people say it, "3 hours ago"; its date, time and zone are its title. */
export function When({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at} title={momentWords(at)}>
      {relativeWords(Date.parse(at) - now)}
    </time>
  );
}

/** How far away, in the largest unit that fits. */
export function relativeWords(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  if (!unit) return "just now";
  // "Yesterday" is plain; "last month" could be any day of it.
  const numeric = unit[0] === "day" ? "auto" : "always";
  return new Intl.RelativeTimeFormat("en", { numeric }).format(Math.trunc(seconds / unit[1]), unit[0]);
}

/** Date and time in a zone, by default the person's own, and the zone's name. */
export function momentWords(at: string, zone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
    .format(new Date(at))
    .concat(` (${zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone})`);
}
