import { type Axis, createAxis, inside, runs } from "../time/axis.ts";
import { type Calendar, createCalendar } from "../time/calendar.ts";
import { type Demand, type Engagement, keepsFree, type Want } from "./demand.ts";
import { gridOf } from "./grid.ts";
import { createGrounds, type Ground } from "./ground.ts";
import { held } from "./held.ts";
import type { Item } from "./item.ts";
import { taskItem } from "./items.ts";
import { createLayers } from "./layers.ts";
import { lunches } from "./lunch.ts";
import { eventItem } from "./meeting.ts";
import type { Room } from "./room.ts";
import { merge, subtract } from "../time/spans.ts";

/** What of a problem does not depend on how split tasks are cut: time, events and lunches, and what a task becomes. */
export type Site = {
  readonly calendar: Calendar;
  readonly axis: Axis;
  /** Events that stay where they are, those outside of the horizon included. */
  readonly fixed: readonly Engagement[];
  readonly work: Ground;
  readonly personal: Ground;
  /** How many different categories there are. */
  readonly categories: number;
  /** Events that may move, and lunches. */
  readonly others: readonly Item[];
  /** When lunches would start for which events leave no room. */
  readonly skipped: readonly number[];
  /** The same want becomes the same item. */
  itemOf(want: Want): Item;
};

/** @param heed called every few milliseconds; what it throws ends the work */
export function createSite(demand: Demand, heed: () => void = () => undefined): Site {
  const { preferences, rules, weights, start, wants, engagements } = demand;
  const calendar = createCalendar(preferences.timezone, start, demand.horizonDays);
  const axis = createAxis(start, calendar.end, gridOf(demand, calendar));

  const isPlaceable = (event: Engagement) => event.moveable && event.start >= start && event.end <= calendar.end;
  const fixed = engagements.filter((event) => !isPlaceable(event));
  const keptOut = merge([...fixed.map(held), ...rules.filter(keepsFree)]);
  const groundOf = createGrounds({ axis, calendar, preferences, start, keptOut });
  const work = groundOf({ category: "work", window: null, occasion: null });
  const personal = groundOf({ category: "personal", window: null, occasion: null });

  heed();
  const layers = createLayers(axis, calendar, preferences, rules);
  heed();
  const clear = subtract([{ start, end: calendar.end }], keptOut);
  const clearRuns = runs(inside(axis, clear));
  const groups = new Map([...new Set(wants.map(({ category }) => category))].map((name, index) => [name, index]));
  const room = { axis, weights, groundOf, clear, clearRuns, layers, groups };

  const bars = rules.filter(({ type, hard }) => hard && type === "no_meetings");
  const events = engagements.filter(isPlaceable).map((event) => {
    heed();
    return eventItem(event, room, { fixed, bars, work, personal });
  });
  const meals = lunches({
    axis,
    calendar,
    preferences,
    rules,
    runs: clearRuns,
    clear,
    weights,
    none: demand.noLunch,
    stood: demand.lunches,
  });
  const others = [...events, ...meals.items];
  const itemOf = createItems(room, heed);
  return { calendar, axis, fixed, work, personal, categories: groups.size, others, skipped: meals.skipped, itemOf };
}

/** Makes the item of each want once: tasks are cut many ways, and most pieces are of lengths that were tried before. */
function createItems(room: Room, heed: () => void): Site["itemOf"] {
  const known = new Map<Want | string, Item>();
  return (want) => {
    const key = keyOf(want);
    const old = known.get(key);
    if (old) return old;
    heed();
    const item = taskItem(want, room);
    known.set(key, item);
    return item;
  };
}

/** Pieces are made anew each time a task is cut, the same ones too. */
function keyOf(want: Want): Want | string {
  const { piece, id, minutes } = want;
  return piece ? JSON.stringify([id, minutes, piece]) : want;
}
