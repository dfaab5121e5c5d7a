import { Constraint, DateTime, ExistingEvent, Preferences, Task } from "@beq/scheduler/contract";
import { z } from "zod";
import { type Draft, emptyDraft } from "./draft.ts";

const key = "draft.1";

const Kept = z.object({
  tasks: z.array(Task),
  events: z.array(ExistingEvent),
  calendars: z.array(z.object({ id: z.string(), name: z.string(), text: z.string() })),
  busy: z.record(z.string(), z.boolean()),
  preferences: Preferences,
  constraints: z.array(Constraint),
  planning_start: DateTime.nullable(),
  planning_horizon_days: z.int().min(1).max(90),
});

/** What a draft is kept in between visits. */
export type Shelf = { read: (key: string) => string | null; write: (key: string, value: string | null) => boolean };

/** The draft of the last visit; an empty one in the zone of this browser where there is none that can be read. */
export function readKept(shelf: Shelf, zone: string): Draft {
  const fresh = emptyDraft(Preferences.parse({ timezone: zone }));
  const text = shelf.read(key);
  if (!text) return fresh;

  try {
    const kept = Kept.safeParse(JSON.parse(text));
    return kept.success ? kept.data : fresh;
  } catch {
    return fresh;
  }
}

/** @returns whether it fit */
export function keep(shelf: Shelf, draft: Draft): boolean {
  return shelf.write(key, JSON.stringify(draft));
}
