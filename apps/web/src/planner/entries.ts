import type { ScheduledEvent, Task } from "@beq/scheduler/contract";
import { instantOf } from "@beq/scheduler/contract";
import type { Span } from "../calendar/arrange.ts";
import type { Draft } from "./draft.ts";
import type { CalendarEvent } from "./files/ics.ts";
import { pinnedBlocks, standing } from "./pins.ts";
import { isBusy } from "./request.ts";
import type { Shown } from "./shown.ts";

/** Something with a place in the calendar. */
export type Entry = Span & {
  kind: "task" | "event" | "lunch" | "break";
  title: string;
  /** Stands in the calendar without blocking time. */
  free: boolean;
  allDay: boolean;
  /** The block of the plan, where it is one, and the task it carries out. */
  planned: ScheduledEvent | null;
  task: Task | null;
};

/** The plan and the meetings around it. A meeting that the plan moved stands where the plan puts it. */
export function entriesOf(shown: Shown | null, events: readonly CalendarEvent[], draft: Draft): Entry[] {
  const { timezone } = draft.preferences;
  const tasks = new Map((shown?.draft ?? draft).tasks.map((task) => [task.id, task]));
  const known = new Set(draft.tasks.map(({ id }) => id));
  // Before anything is planned, what was put by hand is all there is.
  const planned = (shown?.events ?? pinnedBlocks(standing(draft), draft.tasks)).map((event) =>
    plannedEntry(event, timezone, tasks),
  );
  // What the plan or a calendar shows already is not shown again.
  const placed = new Set(planned.map(({ id }) => id));
  const meetings = [
    ...events.map((event) => ({ ...event, free: !isBusy(event, draft) })),
    ...standing(draft)
      .filter(({ task_id: task }) => !known.has(task ?? ""))
      .map((event) => ({ ...event, all_day: false, free: false })),
  ].filter(({ id }) => !placed.has(id) && placed.add(id));
  return [...planned, ...meetings.map((event) => meetingEntry(event, timezone))];
}

function plannedEntry(event: ScheduledEvent, zone: string, tasks: ReadonlyMap<string, Task>): Entry {
  return {
    id: event.id,
    start: instantOf(event.start_time, zone),
    end: instantOf(event.end_time, zone),
    kind: event.type,
    title: event.title,
    free: false,
    allDay: false,
    planned: event,
    task: tasks.get(event.task_id ?? "") ?? null,
  };
}

type Meeting = Pick<CalendarEvent, "id" | "title" | "start_time" | "end_time" | "all_day"> & { free: boolean };

function meetingEntry(event: Meeting, zone: string): Entry {
  return {
    id: event.id,
    start: instantOf(event.start_time, zone),
    end: instantOf(event.end_time, zone),
    kind: "event",
    title: event.title,
    free: event.free,
    allDay: event.all_day,
    planned: null,
    task: null,
  };
}
