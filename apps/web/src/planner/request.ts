import { own } from "../lib/own.ts";
import type { Action, BusyEvent, Draft } from "./draft.ts";
import type { CalendarEvent } from "./files/ics.ts";
import { noBuffers } from "./fresh.ts";
import { standing } from "./pins.ts";
import type { Asked } from "./run.ts";

/** A calendar's event with the person's word on whether it blocks time laid over the calendar's. */
export function isBusy(event: CalendarEvent, draft: Pick<Draft, "busy">): boolean {
  return own(draft.busy, event.id) ?? isSeriesBusy(event, draft);
}

/** The same of a meeting as a whole, however often it recurs. */
export function isSeriesBusy(event: CalendarEvent, { busy }: Pick<Draft, "busy">): boolean {
  return own(busy, event.uid) ?? event.busy;
}

/** One occurrence as blocking time or not, whatever the others do. */
export function occurrenceBusy({ busy }: Pick<Draft, "busy">, id: string, isBusy: boolean): Action {
  return { kind: "set", setting: { busy: { ...busy, [id]: isBusy } } };
}

/** All occurrences of a meeting as blocking time or not, those included of which something else was said. */
export function seriesBusy({ busy }: Pick<Draft, "busy">, events: readonly CalendarEvent[], isBusy: boolean): Action {
  const ids = new Set(events.map(({ id }) => id));
  const others = Object.entries(busy).filter(([key]) => !ids.has(key));
  const series = events.map(({ uid }) => [uid, isBusy] as const);
  return { kind: "set", setting: { busy: Object.fromEntries([...others, ...series]) } };
}

/** The request to plan `draft` around those events of its calendars that block time. */
export function requestOf(draft: Draft, calendar: readonly CalendarEvent[], userId: string): Asked {
  const fromFiles = calendar
    .filter((event) => isBusy(event, draft))
    .map(({ id, title, start_time, end_time }): BusyEvent => ({
      id,
      title,
      start_time,
      end_time,
      is_moveable: false,
      ...noBuffers,
    }));
  const known = new Set(fromFiles.map(({ id }) => id));
  return {
    user_id: userId,
    tasks: [...draft.tasks],
    existing_events: [...fromFiles, ...standing(draft).filter(({ id }) => !known.has(id))],
    user_preferences: draft.preferences,
    constraints: draft.constraints,
    weights: draft.weights ?? {},
    unpinned: [...(draft.unpinned ?? [])],
    planning_horizon_days: draft.planning_horizon_days,
    ...(draft.planning_start === null ? {} : { planning_start: draft.planning_start }),
  };
}
