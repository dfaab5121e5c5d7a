import type { Draft } from "./draft.ts";
import { standing } from "./pins.ts";
import type { Stored } from "./shown.ts";

/**
 * Whether the stored plan answers the draft of this device. What calendars bring is left out: it changes with the days
 * that are looked at.
 */
export function isAnswered(draft: Draft, stored: Stored): boolean {
  return (
    isAlike(draft.tasks, stored.tasks) &&
    isAlike(draft.preferences, stored.user_preferences) &&
    isAlike(draft.constraints, stored.constraints) &&
    isAlike({ ...stored.weights, ...draft.weights }, stored.weights) &&
    draft.planning_horizon_days === stored.planning_horizon_days &&
    isAround(draft, stored)
  );
}

/** Whether it was planned around what this device knows, and around no other block of a task. */
function isAround(draft: Draft, { existing_events: events }: Stored): boolean {
  const known = standing(draft);
  const ids = new Set(known.map(({ id }) => id));
  const planned = new Map(events.map((event) => [event.id, event]));
  return (
    known.every((event) => isAlike(event, planned.get(event.id))) &&
    events.every(({ id, task_id: task }) => !task || ids.has(id))
  );
}

/** Whether two values say the same; what is left out, empty or false is nothing said. */
function isAlike(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return (isNothing(one) && isNothing(other)) || one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isAlike(Reflect.get(one, key), Reflect.get(other, key)));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isNothing(value: unknown): boolean {
  return !value || (isObject(value) && Object.keys(value).length === 0);
}
