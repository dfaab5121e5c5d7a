import { defaults } from "./defaults.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import { freshTask, noBuffers } from "./fresh.ts";

/** What the draft is kept under. */
export const draftKey = "draft.1";

/** What a draft is kept in between visits. */
export type Shelf = { read: (key: string) => string | null; write: (key: string, value: string | null) => boolean };

/** The draft of the last visit; an empty one in the zone of this browser where there is none that can be read. */
export function readKept(shelf: Shelf, zone: string): Draft {
  const fresh = emptyDraft({ ...defaults, timezone: zone });
  const text = shelf.read(draftKey);
  if (!text) return fresh;

  try {
    const kept: unknown = JSON.parse(text);
    return isDraft(kept) ? completed(kept, fresh) : fresh;
  } catch {
    return fresh;
  }
}

/** What an older version of this page did not know yet has its default. */
function completed(kept: Draft, fresh: Draft): Draft {
  return {
    ...kept,
    tasks: kept.tasks.map((task) => ({ ...freshTask(task.estimated_duration_minutes), ...task })),
    events: kept.events.map((event) => ({ ...noBuffers, ...event })),
    preferences: { ...fresh.preferences, ...kept.preferences },
  };
}

/** @returns whether it fit */
export function keep(shelf: Shelf, draft: Draft): boolean {
  return shelf.write(draftKey, JSON.stringify(draft));
}

/**
 * Whether this is a draft that the page can show. What the fields hold is judged by the schema when it is planned; it is
 * not loaded for the first view.
 */
function isDraft(value: unknown): value is Draft {
  return (
    has(value, { busy: isObject, preferences: isObject, planning_horizon_days: isNumber }) &&
    has(value, {
      tasks: listOf(isTask),
      events: listOf(isEvent),
      calendars: listOf(isFile),
      constraints: listOf(isConstraint),
    }) &&
    has(value, { planning_start: (start) => start === null || isText(start) })
  );
}

type Check = (value: unknown) => boolean;

function isTask(value: unknown): boolean {
  const text = { id: isText, title: isText, category: isText, priority: isText };
  return has(value, { ...text, estimated_duration_minutes: isNumber, dependencies: listOf(isText) });
}

function isEvent(value: unknown): boolean {
  return has(value, { id: isText, title: isText, start_time: isText, end_time: isText });
}

function isFile(value: unknown): boolean {
  return has(value, { id: isText, name: isText, text: isText });
}

function isConstraint(value: unknown): boolean {
  return has(value, { type: isText, description: isText });
}

function has(value: unknown, checks: Record<string, Check>): boolean {
  return (
    isObject(value) &&
    Object.entries(checks).every(([field, check]) => check(Object.getOwnPropertyDescriptor(value, field)?.value))
  );
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}
