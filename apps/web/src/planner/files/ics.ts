import { instantOf, isoIn, isZone } from "@beq/scheduler/contract";
import ICAL from "ical.js";

/** One occurrence within the planned days. Times are ISO 8601 with the offset of the person's zone. */
export type CalendarEvent = {
  id: string;
  uid: string;
  title: string;
  start_time: string;
  end_time: string;
  all_day: boolean;
  /** Whether the calendar says that it blocks time. */
  busy: boolean;
};

/** Events that were left out, with the reason; `count` occurrences or entries of that title. */
export type Skipped = { title: string; reason: string; count: number };

export type Calendar = { events: CalendarEvent[]; skipped: Skipped[]; problem: string | null };

/** The days to expand recurrences over, epoch milliseconds, and the zone that floating times are read in. */
export type Window = { start: number; end: number; zone: string };

// A rule such as "every second" would otherwise keep the page busy; fifty years of a daily meeting are 18,250.
const mostOccurrences = 20_000;

// Occurrences may last long, and single ones may be moved by days: the series is read that far around the window.
const margin = 62 * 86_400_000;

/** The occurrences of an iCalendar text that touch the window, in order of start. */
export function readIcs(text: string, window: Window): Calendar {
  const root = parse(text);
  if (typeof root === "string") return { events: [], skipped: [], problem: root };

  const events: CalendarEvent[] = [];
  const skipped = new Map<string, Skipped>();
  const skip = (title: string, reason: string) => {
    const key = `${title}\n${reason}`;
    skipped.set(key, { title, reason, count: (skipped.get(key)?.count ?? 0) + 1 });
  };
  for (const series of seriesOf(root)) {
    try {
      events.push(...occurrences(series, window, skip));
    } catch (error) {
      skip(titleOf(series.master), `it cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  events.sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time) || a.id.localeCompare(b.id));
  return { events, skipped: [...skipped.values()], problem: null };
}

type Skip = (title: string, reason: string) => void;
type Series = { master: ICAL.Component; exceptions: ICAL.Component[] };

function parse(text: string): ICAL.Component[] | string {
  try {
    // Several calendars may follow each other in one file; a single one comes without the outer list.
    const parsed: unknown = ICAL.parse(text.replace(/^\uFEFF/, ""));
    const list = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed];
    const calendars = list.map((item) => new ICAL.Component(item));
    return calendars.every(({ name }) => name === "vcalendar")
      ? calendars
      : "This is not a calendar: it has no VCALENDAR.";
  } catch (error) {
    return `This is not a calendar that can be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** Events by UID: the one with the rule first, then those that replace single occurrences. */
function seriesOf(calendars: readonly ICAL.Component[]): Series[] {
  const byUid = new Map<string, ICAL.Component[]>();
  for (const event of calendars.flatMap((calendar) => calendar.getAllSubcomponents("vevent"))) {
    const uid = uidOf(event);
    byUid.set(uid, [...(byUid.get(uid) ?? []), event]);
  }
  return [...byUid.values()].flatMap((events) => {
    const masters = events.filter((event) => !event.hasProperty("recurrence-id"));
    const exceptions = events.filter((event) => event.hasProperty("recurrence-id"));
    const [master] = masters;
    if (master)
      return [{ master, exceptions }, ...masters.slice(1).map((other) => ({ master: other, exceptions: [] }))];
    return exceptions.map((event) => ({ master: event, exceptions: [] }));
  });
}

function occurrences({ master, exceptions }: Series, window: Window, skip: Skip): CalendarEvent[] {
  const title = titleOf(master);
  if (!master.hasProperty("dtstart")) return (skip(title, "it has no start"), []);
  const event = new ICAL.Event(master, { exceptions });
  if (!event.isRecurring() || event.isRecurrenceException())
    return occurrence(master, event.startDate, event.endDate, window, skip);

  const found: CalendarEvent[] = [];
  const iterator = event.iterator();
  for (let count = 0; count < mostOccurrences; count += 1) {
    const next = iterator.next();
    if (!next || roughly(next) > window.end + margin) return found;
    if (roughly(next) < window.start - margin) continue;

    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    found.push(...occurrence(item.component, startDate, endDate, window, skip, next));
  }
  skip(title, `it recurs more than ${mostOccurrences.toLocaleString("en")} times`);
  return found;
}

function occurrence(
  event: ICAL.Component,
  startDate: ICAL.Time,
  endDate: ICAL.Time,
  window: Window,
  skip: Skip,
  recurrence?: ICAL.Time,
): CalendarEvent[] {
  const tzid = tzidOf(event);
  const start = instant(startDate, window.zone, tzid);
  const end = instant(endDate, window.zone, tzid);
  if (Math.max(end, start) < window.start || start >= window.end) return [];
  const title = titleOf(event);
  if (String(event.getFirstPropertyValue("status")).toUpperCase() === "CANCELLED")
    return (skip(title, "it is cancelled"), []);
  if (end <= start) return (skip(title, end < start ? "it ends before it starts" : "it takes no time"), []);
  if (end <= window.start) return [];

  const uid = uidOf(event);
  return [
    {
      id: recurrence ? `${uid}@${isoIn("UTC", instant(recurrence, window.zone, tzid))}`.slice(-200) : uid.slice(-200),
      uid,
      title,
      start_time: isoIn(window.zone, start),
      end_time: isoIn(window.zone, end),
      all_day: startDate.isDate,
      busy: isBusy(event, startDate.isDate),
    },
  ];
}

/** All-day entries are notes such as birthdays unless the calendar says expressly that they are busy. */
function isBusy(event: ICAL.Component, allDay: boolean): boolean {
  const transparency = String(event.getFirstPropertyValue("transp") ?? "").toUpperCase();
  const status = String(event.getFirstPropertyValue("x-microsoft-cdo-busystatus") ?? "").toUpperCase();
  if (transparency === "TRANSPARENT" || status === "FREE") return false;
  return !allDay || transparency === "OPAQUE" || status === "BUSY" || status === "OOF";
}

/**
 * Epoch milliseconds of a calendar time. A known IANA name beats the rules that the file brings along, which are often
 * outdated; a floating time is the person's own.
 * @param tzid the zone that the property names, which the parser forgets where the file has no rules for it
 */
function instant(time: ICAL.Time, zone: string, tzid: string): number {
  const known = time.zone?.tzid ?? "floating";
  const name = known === "floating" && tzid ? tzid : known;
  const wall = time.toString().replace(/Z$/, "");
  if (time.isDate || name === "floating") return instantOf(wall, zone);
  if (name === "UTC" || name === "Z") return instantOf(`${wall}Z`, "UTC");
  if (isZone(name)) return instantOf(wall, name);
  return known === "floating" ? instantOf(wall, zone) : time.toUnixTime() * 1_000;
}

/** Cheap, and wrong by the offset of a zone that the file does not describe. */
function roughly(time: ICAL.Time): number {
  return time.toUnixTime() * 1_000;
}

function tzidOf(event: ICAL.Component): string {
  const tzid = event.getFirstProperty("dtstart")?.getParameter("tzid");
  return typeof tzid === "string" ? tzid : "";
}

function uidOf(event: ICAL.Component): string {
  const uid = event.getFirstPropertyValue("uid");
  return uid ? String(uid) : `${titleOf(event)} ${String(event.getFirstPropertyValue("dtstart"))}`;
}

function titleOf(event: ICAL.Component): string {
  return (
    String(event.getFirstPropertyValue("summary") ?? "")
      .trim()
      .slice(0, 500) || "Untitled event"
  );
}
