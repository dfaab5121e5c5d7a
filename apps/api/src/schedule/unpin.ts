import { instantOf } from "@beq/scheduler/contract";
import type { Unpinned } from "./schema.ts";
import type { Version } from "./store.ts";
import { startOf, type StoredWeek } from "./stored.ts";

/** The week in which planning may place again what was put by hand, as far as it stands where the person saw it. */
export function unpinned(week: StoredWeek, list: Unpinned): StoredWeek {
  if (list.length === 0) return week;
  const zone = week.user_preferences.timezone;
  const places = new Set(list.map(({ event_id: id, start_time: start }) => `${id} ${instantOf(start, zone)}`));
  return {
    ...week,
    events: week.events.map((event) =>
      event.type === "task" && event.pinned && places.has(`${event.id} ${startOf(event)}`)
        ? { ...event, pinned: false }
        : event,
    ),
  };
}

/** The same of a stored version, if there is one. */
export function unpinnedIn<V extends Pick<Version, "week">>(version: V | undefined, list: Unpinned): V | undefined {
  return version && { ...version, week: unpinned(version.week, list) };
}
