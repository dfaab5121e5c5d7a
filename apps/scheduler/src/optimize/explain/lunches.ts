import type { Busy, Slots } from "./busy.ts";
import { type Meal, mealsOf, slotsOfMeal, type Table } from "../problem/lunch.ts";
import { overlaps, type Span } from "../time/spans.ts";

/** A lunch that may stand anywhere between two slots, and how many it takes. */
export type Lunch = Slots & { readonly id: string; readonly slots: number };

/** Those lunches of a table that are wanted. */
export function lunchesOf(table: Table, isWanted: (meal: Meal) => boolean): Lunch[] {
  const { axis, preferences } = table;
  const slots = Math.ceil(preferences.lunch_duration_minutes / axis.grid);
  return mealsOf(table)
    .filter(isWanted)
    .flatMap((meal) => {
      const starts = slotsOfMeal(meal, axis);
      const [from, last] = [starts[0], starts.at(-1)];
      return from === undefined || last === undefined ? [] : [{ id: meal.id, from, to: last + slots, slots }];
    });
}

/** Lunches that were skipped and are wanted again once `freed` is free; `ids` are those of all that is planned. */
export function lunchesBack(table: Table, ids: ReadonlySet<string>, freed: Span): Lunch[] {
  return lunchesOf(table, ({ id, window }) => !ids.has(id) && overlaps(window, freed));
}

/** Whether it has room, before the slot `until` where one is given, beside all that takes slots and these `own`. */
export function hasRoom({ from, to, slots }: Lunch, busy: Busy, own: readonly Slots[], until = to): boolean {
  const isOwn = (slot: number) => own.some((each) => each.from <= slot && slot < each.to);
  let free = 0;
  for (let slot = from; slot < Math.min(to, until); slot += 1) {
    free = busy[slot] === 0 && !isOwn(slot) ? free + 1 : 0;
    if (free >= slots) return true;
  }
  return false;
}
