import { instantOf } from "@beq/scheduler/contract";
import { dateIn, daysFrom } from "../calendar/axis.ts";
import { isReleased } from "./release.ts";
import type { Asked } from "./run.ts";
import type { Stored } from "./shown.ts";
import { spanOf } from "./span.ts";

type Around = NonNullable<Asked["existing_events"]>;

/** Whether the stored plan answers what this device would ask for `now` (epoch milliseconds). */
export function isAnswered(asked: Asked, stored: Stored, now: number): boolean {
  return (
    isAlike(asked.tasks, stored.tasks) &&
    isAlike(asked.user_preferences, stored.user_preferences) &&
    isAlike(asked.constraints, stored.constraints) &&
    isAlike({ ...stored.weights, ...asked.weights }, stored.weights) &&
    asked.planning_horizon_days === stored.planning_horizon_days &&
    startIn(asked, stored, now) === startIn(stored, stored, now) &&
    isAround(asked.existing_events ?? [], stored, now) &&
    !stored.events.some((event) => event.pinned && isReleased(asked, event))
  );
}

/** Epoch milliseconds of the planned start, as long as it is not over. */
function startIn(
  { planning_start: start }: Pick<Asked, "planning_start">,
  { user_preferences: preferences }: Stored,
  now: number,
): number | null {
  const at = start ? instantOf(start, preferences?.timezone ?? "UTC") : now;
  return at > now ? at : null;
}

/**
 * Whether it was planned around what this device knows, and nothing else. What a calendar brings counts within the time
 * that was planned: which other days of it are read changes with the days that are looked at.
 */
function isAround(known: Around, stored: Stored, now: number): boolean {
  const end = endOf(stored, now);
  const zone = stored.user_preferences?.timezone ?? "UTC";
  const matters = ({ task_id: task, start_time, end_time }: Around[number]) =>
    Boolean(task) || (instantOf(end_time, zone) > now && instantOf(start_time, zone) < end);
  const byId = (events: Around) => Object.fromEntries(events.filter(matters).map((event) => [event.id, event]));
  return isAlike(byId(known), byId(stored.existing_events));
}

/** When the last day ends that the plan was made for. */
function endOf({ user_preferences: preferences, last_updated: at, ...week }: Stored, now: number): number {
  const { planning_start, planning_horizon_days } = week;
  if (!preferences || planning_horizon_days === null) return now;

  const { timezone } = preferences;
  const day = dateIn(timezone, at ? instantOf(at, "UTC") : now);
  const { last } = spanOf({ planning_start, planning_horizon_days, preferences }, day);
  return daysFrom(last, 1, timezone)[0]?.end ?? now;
}

/** Whether two values say the same; what is left out, empty or false is nothing said. */
function isAlike(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return (isNothing(one) && isNothing(other)) || one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isAlike(member(one, key), member(other, key)));
}

function member(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isNothing(value: unknown): boolean {
  return !value || (isObject(value) && Object.keys(value).length === 0);
}
