import { createLoads } from "./loads.ts";
import { changeOf, type Priced } from "./priced.ts";
import type { Place, Seeker } from "./seek.ts";
import { hoursName } from "../time/words.ts";
import type { World } from "./world.ts";

/** A place that the task has once the obstacle at that position, a limit, is lifted. */
type Raised = { readonly world: World; readonly seeker: Seeker; readonly index: number; readonly place: Place };

/** The least limit on the work of a day that would do. */
export function raisedCap({ world, seeker, index, place }: Raised): Priced | null {
  const bound = seeker.bounds.get(index);
  const { want } = seeker.wish.item;
  // A habit that is done so many times a week is done once a day, whatever the limit.
  if (bound?.rule !== "cap" || (bound.alone && want?.occasion)) return null;

  const { items, minutes } = bound.cap;
  const fits = (most: number) =>
    seeker.find({ instead: { index, bound: { ...bound, cap: { items, minutes: most } } } }) !== null;
  const most = least(minutes + 1, fullest(world, place, items), fits);
  const text = `Allow ${hoursName(most)} ${bound.alone ? "of it" : "of tasks"} on one day.`;
  const about = { task_id: bound.alone ? (want?.taskId ?? null) : null, minutes: most };
  const cost = world.problem.weights.late_hours_per_minute * (most - minutes);
  return { cost, change: changeOf("raise_cap", text, about) };
}

/** Minutes of these items, and of the task itself, on the fullest of the days that it would stand on. */
function fullest(world: World, place: Place, items: readonly number[]): number {
  const loads = createLoads(world, new Uint8Array(world.obstacles.length));
  const own = new Map<number, number>();
  for (const { start, part } of place) {
    const day = loads.dayOf(start + part.lead);
    own.set(day, (own.get(day) ?? 0) + part.work);
  }
  return Math.max(...[...own].map(([day, work]) => loads.on(day, items) + work));
}

/** The least whole number from `low` to `high` with which it fits; with the last it does, and with more than enough. */
export function least(low: number, high: number, fits: (value: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (fits(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
