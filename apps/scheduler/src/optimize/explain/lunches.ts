import { type Meal, mealsOf, shiftOf, slotsOfMeal, type Table } from "../problem/lunch.ts";
import type { Problem } from "../problem/problem.ts";
import { type Axis, timeOf } from "../time/axis.ts";
import { overlaps, type Span } from "../time/spans.ts";

type IsFree = (span: Span) => boolean;

/** Lunches from that moment on, each as near to its usual time as that is free; none where it is free at no time. */
export function lunchesFrom(from: number, table: Table, isFree: IsFree): Span[] {
  const isBehind = (span: Span) => span.start >= from;
  return mealsOf(table)
    .filter(({ usual }) => isBehind(usual))
    .flatMap((meal) => placesOf(meal, table.axis).find((span) => isBehind(span) && isFree(span)) ?? []);
}

/** Lunches that were skipped and would come back once `freed` is free; `ids` are those of all that is planned. */
export function lunchesBack(problem: Problem, ids: ReadonlySet<string>, freed: Span, isFree: IsFree): Span[] {
  return mealsOf(problem)
    .filter(({ id, window }) => !ids.has(id) && overlaps(window, freed))
    .flatMap((meal) => placesOf(meal, problem.axis).find(isFree) ?? []);
}

/** Where it may stand, nearest to its usual time first. */
function placesOf(meal: Meal, axis: Axis): Span[] {
  const length = meal.usual.end - meal.usual.start;
  return slotsOfMeal(meal, axis)
    .sort((a, b) => shiftOf(meal, axis, a) - shiftOf(meal, axis, b))
    .map((slot) => ({ start: timeOf(axis, slot), end: timeOf(axis, slot) + length }));
}
