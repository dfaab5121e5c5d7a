import type { ScheduledEvent } from "@beq/scheduler/contract";
import { changesBetween } from "./compare.ts";
import type { ChangedSchedule, StoredSchedule } from "./schema.ts";
import type { Version } from "./store.ts";

/** A stored version as clients see it. */
export function shown(userId: string, { version, week, updatedAt }: Version): StoredSchedule {
  const { older_tasks: _, ...rest } = week;
  return { ...rest, user_id: userId, version, last_updated: updatedAt.toISOString() };
}

/** The same, with what is different in its plan from the one before. */
export function shownAfter(userId: string, version: Version, before: readonly ScheduledEvent[]): ChangedSchedule {
  return { ...shown(userId, version), changes: changesBetween(before, version.week.events) };
}

export function nothingStored(userId: string): StoredSchedule {
  return {
    user_id: userId,
    version: null,
    events: [],
    last_updated: null,
    existing_events: [],
    tasks: [],
    user_preferences: null,
    constraints: [],
    planning_horizon_days: null,
    planning_start: null,
    weights: null,
    unscheduled: [],
    warnings: [],
    confidence_score: null,
    verdict: null,
  };
}
