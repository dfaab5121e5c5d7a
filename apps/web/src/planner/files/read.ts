import type { Action, CalendarFile, Draft } from "../draft.ts";
import { apply } from "../draft.ts";
import { spanOf } from "../span.ts";
import { isRecord } from "./record.ts";
import type { Refused } from "./rows.ts";

export type TextFile = { name: string; text: string };

/** What became of one file. `retry` holds the refused rows in the file's own format, to be corrected and read again. */
export type Report = {
  name: string;
  took: string;
  notes: string[];
  problem: string | null;
  refused: Refused[];
  retry: TextFile | null;
};

type Read = { action: Action; report: Report };
/** Today's date in a zone, and an id that no other file has. */
type Surroundings = { today: (zone: string) => string; newId: () => string };

/**
 * Calendars and task lists as one change of the draft. What cannot be taken is reported with its place and reason.
 * Task lists come first: they may say which days are planned, and calendars are counted over those.
 */
export async function readFiles(
  files: readonly TextFile[],
  draft: Draft,
  surroundings: Surroundings,
): Promise<{ action: Action; reports: Report[] }> {
  const ordered = [...files].sort((a, b) => Number(formatOf(a) === "ics") - Number(formatOf(b) === "ics"));
  const actions: Action[] = [];
  const reports: Report[] = [];
  let current = draft;
  for (const file of ordered) {
    const { action, report } = await readFile(file, current, surroundings);
    current = apply(current, action);
    actions.push(action);
    reports.push(report);
  }
  return { action: { kind: "all", actions }, reports };
}

/** By name, else by what the text begins with. */
export function formatOf({ name, text }: TextFile): "ics" | "json" | "csv" {
  const ending = /\.(ics|ical|json|csv|tsv|txt)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === "ics" || ending === "ical" || /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) return "ics";
  return ending === "json" || (ending !== "csv" && /^\uFEFF?\s*[[{]/.test(text)) ? "json" : "csv";
}

async function readFile(file: TextFile, draft: Draft, surroundings: Surroundings): Promise<Read> {
  switch (formatOf(file)) {
    case "ics":
      return readCalendar(file, draft, surroundings);
    case "json":
      return readDocument(file, draft, surroundings);
    case "csv":
      return readSheet(file, draft, surroundings);
  }
}

async function readCalendar(file: TextFile, draft: Draft, { today, newId }: Surroundings): Promise<Read> {
  const { readIcs } = await import("./ics.ts");
  const span = spanOf(draft, today(draft.preferences.timezone));
  const { events, skipped, problem } = readIcs(file.text, span.window);
  if (problem !== null) return unread(file, problem);

  const known = draft.calendars.find(({ name }) => name === file.name);
  const calendar: CalendarFile = { id: newId(), ...file };
  const calendars = known
    ? draft.calendars.map((other) => (other === known ? calendar : other))
    : [...draft.calendars, calendar];
  const free = events.filter(({ busy }) => !busy).length;
  const skippedCount = skipped.reduce((sum, { count }) => sum + count, 0);
  return {
    action: { kind: "set", setting: { calendars } },
    report: {
      name: file.name,
      took: [`${count(events.length, "event")} read`, ...(skippedCount > 0 ? [`${skippedCount} skipped`] : [])].join(
        ", ",
      ),
      notes: [
        ...(free > 0 ? [`${count(free, "event")} shown as free, because the calendar does not mark them busy.`] : []),
        ...skipped.map(
          (one) => `"${one.title}" skipped${one.count > 1 ? ` ${one.count} times` : ""} because ${one.reason}.`,
        ),
      ],
      problem: null,
      refused: [],
      retry: null,
    },
  };
}

async function readDocument(file: TextFile, draft: Draft, { today }: Surroundings): Promise<Read> {
  const { readJson } = await import("./json.ts");
  const { tasks, setting, refused, problem } = readJson(file.text, contextOf(draft, today), draft.preferences);
  if (problem !== null) return unread(file, problem);

  const rows = refused.filter(({ where }) => where.startsWith("tasks[")).map(({ row }) => row);
  return {
    action: {
      kind: "all",
      actions: [
        { kind: "put", entries: tasks.map((task) => ({ task })) },
        { kind: "set", setting },
      ],
    },
    report: {
      name: file.name,
      took: `${count(tasks.length, "task")} read${Object.keys(setting).length > 0 ? ", and the settings of the week" : ""}`,
      notes: replaced(draft, tasks),
      problem: null,
      refused,
      retry: rows.length > 0 ? { name: file.name, text: JSON.stringify(rows, null, 2) } : null,
    },
  };
}

async function readSheet(file: TextFile, draft: Draft, { today }: Surroundings): Promise<Read> {
  const { readCsv, writeCsv } = await import("./csv.ts");
  const { tasks, refused, ignored, problem } = readCsv(file.text, contextOf(draft, today));
  if (problem !== null) return unread(file, problem);

  const rows = refused.map(({ row }) => row).filter(isRecord);
  return {
    action: { kind: "put", entries: tasks.map((task) => ({ task })) },
    report: {
      name: file.name,
      took: `${count(tasks.length, "task")} read`,
      notes: [...replaced(draft, tasks), ...(ignored.length > 0 ? [`Columns not used: ${ignored.join(", ")}.`] : [])],
      problem: null,
      refused,
      retry: rows.length > 0 ? { name: file.name, text: writeCsv(rows) } : null,
    },
  };
}

function contextOf(draft: Draft, today: Surroundings["today"]) {
  const end = draft.preferences.work_end_time.slice(0, 5);
  return {
    taken: new Set(draft.tasks.map(({ id }) => id)),
    today: spanOf(draft, today(draft.preferences.timezone)).first,
    end,
  };
}

function unread({ name }: TextFile, problem: string): Read {
  return {
    action: { kind: "all", actions: [] },
    report: { name, took: "", notes: [], problem, refused: [], retry: null },
  };
}

function replaced(draft: Draft, tasks: readonly { id: string }[]): string[] {
  const known = new Set(draft.tasks.map(({ id }) => id));
  const again = tasks.filter(({ id }) => known.has(id)).length;
  return again > 0 ? [`${count(again, "task")} already known by id, now as in the file.`] : [];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
