import type { Preferences } from "../../contract/index.ts";
import { type Axis, inside, runs } from "../time/axis.ts";
import { type Calendar, daily, personalHours, windows, workdays, workHours } from "../time/calendar.ts";
import type { Want } from "./demand.ts";
import { hoursOf } from "../time/hours.ts";
import { clip, overlaps, type Span, subtract } from "../time/spans.ts";

/** Where tasks of a kind may stand: their hours, what hard rules leave of these, and the same by slot. */
export type Ground = {
  readonly hours: readonly Span[];
  readonly free: readonly Span[];
  /** Free slots in a row from each slot on, and before each slot. */
  readonly runs: Int32Array;
  readonly behind: Int32Array;
};

type Land = {
  axis: Axis;
  calendar: Calendar;
  preferences: Preferences;
  start: number;
  /** Events and hard rules, merged. */
  keptOut: readonly Span[];
};

/** The ground of each task; tasks with the same hours share theirs. */
export function createGrounds(land: Land): (want: Pick<Want, "category" | "window" | "occasion">) => Ground {
  const known = new Map<string, Ground>();
  return ({ category, window, occasion }) => {
    const key = window ? `${hoursOf(category)} ${window.from}-${window.to}` : hoursOf(category);
    const ground = known.get(key) ?? groundOf(hoursFor(category, window, land), land);
    known.set(key, ground);
    return occasion ? on(ground, occasion.days) : ground;
  };
}

/** A window takes the place of the hours of a category, not of its days. */
function hoursFor(category: string, window: Want["window"], { calendar, preferences }: Land): Span[] {
  const isWork = hoursOf(category) === "work";
  if (!window) return isWork ? workHours(calendar, preferences) : personalHours(calendar, preferences);

  const { from, to } = window;
  return isWork ? windows(calendar, workdays(calendar, preferences), from, to) : daily(calendar, from, to);
}

function groundOf(all: readonly Span[], { axis, calendar, start, keptOut }: Land): Ground {
  const hours = clip(all, start, calendar.end);
  const free = subtract(hours, keptOut);
  const mask = inside(axis, free);
  return { hours, free, runs: runs(mask), behind: runsBefore(mask) };
}

/** What of the ground can be reached by starting on these days. */
function on(ground: Ground, days: Span): Ground {
  const from = (spans: readonly Span[]) =>
    spans.filter((span) => overlaps(span, days)).map(({ start, end }) => ({ start: Math.max(start, days.start), end }));
  return { ...ground, hours: from(ground.hours), free: from(ground.free) };
}

function runsBefore(mask: Uint8Array): Int32Array {
  const lengths = new Int32Array(mask.length + 1);
  for (let slot = 0; slot < mask.length; slot += 1) lengths[slot + 1] = mask[slot] === 1 ? (lengths[slot] ?? 0) + 1 : 0;
  return lengths;
}
