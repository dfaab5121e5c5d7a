import { createLoads } from "./loads.ts";
import { changeOf, type Priced } from "./priced.ts";
import type { Place, Seeker } from "./seek.ts";
import { at } from "../time/spans.ts";
import { hoursName } from "../time/words.ts";
import type { World } from "./world.ts";

/** A place that the task has once the obstacle at that position, a limit, is lifted. */
type Raised = { readonly world: World; readonly seeker: Seeker; readonly index: number; readonly place: Place };

/** A higher limit on the work of a day: as much as the fullest day of its place would then hold. */
export function raisedCap(lifted: Raised): Priced | null {
  const { world, seeker, index } = lifted;
  const bound = seeker.bounds.get(index);
  const { want } = seeker.wish.item;
  // A habit that is done so many times a week is done once a day, whatever the limit.
  if (bound?.rule !== "cap" || (bound.alone && want?.occasion)) return null;

  const most = fullest(lifted, bound.cap.items);
  const text = `Allow ${hoursName(most)} ${bound.alone ? "of it" : "of tasks"} on one day.`;
  const about = { task_id: bound.alone ? (want?.taskId ?? null) : null, minutes: most };
  const cost = world.problem.weights.late_hours_per_minute * (most - bound.cap.minutes);
  return { cost, change: changeOf("raise_cap", text, about) };
}

/** Minutes of these items, and of the task itself, on the fullest of the days that it would stand on. */
function fullest({ world, seeker: { wish }, place }: Raised, items: readonly number[]): number {
  const loads = createLoads(world, new Uint8Array(world.obstacles.length));
  const own = new Map<number, number>();
  wish.parts.forEach(({ work, lead }, part) => {
    const day = loads.dayOf(at(place, part) + lead);
    own.set(day, (own.get(day) ?? 0) + work);
  });
  return Math.max(...[...own].map(([day, work]) => loads.on(day, items) + work));
}
