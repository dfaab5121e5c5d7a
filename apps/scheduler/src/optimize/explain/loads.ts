import { slotAfter } from "../time/axis.ts";
import { at } from "../time/spans.ts";
import type { World } from "./world.ts";

/** Minutes of work that start on each day, of what was not lifted. */
export function createLoads({ axis, days, position, problem, state }: World, lifted: Uint8Array) {
  const starts = Int32Array.from(days, ({ start }) => slotAfter(axis, start));

  function dayOf(slot: number): number {
    let day = starts.length - 1;
    while (day > 0 && (starts[day] ?? 0) > slot) day -= 1;
    return day;
  }

  function counts(index: number, day: number): boolean {
    const obstacle = position.get(index);
    if (obstacle === undefined || lifted[obstacle] === 1) return false;
    return dayOf((state.space.from[index] ?? 0) + at(problem.items, index).lead) === day;
  }

  return {
    dayOf,
    /** In slots. */
    longestDay: Math.ceil((25 * 60) / axis.grid),
    on: (day: number, items: readonly number[]) =>
      items.reduce((sum, index) => (counts(index, day) ? sum + at(problem.items, index).work : sum), 0),
  };
}
