import { inside } from "../time/axis.ts";
import { even } from "../problem/pattern.ts";
import { timesOf } from "./events.ts";
import { changeOf, type Priced } from "./priced.ts";
import type { Place, Seeker } from "./seek.ts";
import { at, merge, minuteMs, minutes, type Span } from "../time/spans.ts";
import type { Part } from "./wish.ts";
import type { World } from "./world.ts";
import { clockName, count, lengthName, spanName } from "../time/words.ts";

/** Minutes of a part where nothing else is said, and no task is split into more parts. */
const sizes = { min: 30, max: 1_440, perDay: null };
const mostParts = 6;

/** The fewest parts of much the same length in which it fits. */
export function split({ problem: { weights, axis } }: World, { wish, find }: Seeker): Priced[] {
  const [whole] = wish.parts;
  if (!whole || wish.parts.length > 1 || wish.item.want?.split) return [];

  for (let number = 2; number <= mostParts; number += 1) {
    const lengths = even(whole.work, number, sizes, axis.grid);
    if (!lengths || !find({ parts: lengths.map((length) => resized(whole, length, axis.grid)) })) continue;
    const longest = Math.max(...lengths);
    const text = `Split it into ${count(number, "part")} of at most ${lengthName(longest)}.`;
    const change = changeOf("split", text, { task_id: wish.item.want?.taskId ?? null, minutes: longest });
    return [{ cost: weights.split * (number - 1), change }];
  }
  return [];
}

/** The same with so much less or more work, and the same time kept free around it. */
function resized({ slots, lead, work }: Part, minutes: number, grid: number): Part {
  return { slots: slots - Math.ceil(work / grid) + Math.ceil(minutes / grid), lead, work: minutes };
}

/** A task of which less than this share is left is another task. */
const leastShare = 0.25;

/** The longest length at which it fits; what is longer takes more room, so that halving finds it. */
export function shorter({ problem: { axis } }: World, { wish, find }: Seeker): Priced[] {
  const [whole] = wish.parts;
  if (!whole || wish.parts.length > 1) return [];

  const length = (steps: number) => steps * axis.grid;
  const fits = (steps: number) => find({ parts: [resized(whole, length(steps), axis.grid)] }) !== null;
  const least = Math.max(15, whole.work * leastShare, wish.item.want?.split?.min ?? 0);
  let low = Math.ceil(least / axis.grid);
  let high = Math.ceil(whole.work / axis.grid) - 1;
  if (low > high || !fits(low)) return [];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  const left = length(low);
  const change = changeOf("shorten", `Shorten it to ${lengthName(left)}.`, {
    task_id: wish.item.want?.taskId ?? null,
    minutes: left,
  });
  return [{ cost: wish.item.unplaced * (1 - left / whole.work), change }];
}

/** By so many minutes hours may end later. */
const extensions = [15, 30, 45, 60, 90, 120, 180, 240];

/** The least by which working hours would have to end later. */
export function longerHours(world: World, seeker: Seeker, conflict: readonly number[]): Priced[] {
  const index = conflict.find((each) => at(seeker.obstacles, each).kind === "hours");
  const bound = index === undefined ? undefined : seeker.bounds.get(index);
  if (bound?.rule !== "hours" || !bound.extensible || seeker.wish.parts.length > 1) return [];

  const longest = Math.max(0, ...bound.spans.map(minutes));
  for (const more of extensions) {
    if (longest + more >= 1_440) return [];
    const spans = merge(bound.spans.map(({ start, end }): Span => ({ start, end: end + more * minuteMs })));
    const place = seeker.find({ mask: inside(world.axis, spans) });
    if (place) return [longer(world, seeker, place, more)];
  }
  return [];
}

function longer(world: World, seeker: Seeker, place: Place, more: number): Priced {
  const { calendar, weights, axis } = world.problem;
  const span = seeker.spanOf(place);
  const step = axis.grid * minuteMs;
  // Hours hold whole slots.
  const end = span.start + Math.ceil((span.end - span.start) / step) * step;
  const text = `Work until ${clockName(calendar.zone, end)}: it fits ${spanName(calendar.zone, span)}.`;
  const change = changeOf("longer_hours", text, {
    ...timesOf(calendar.zone, { start: span.start, end }),
    minutes: more,
  });
  return { cost: weights.late_hours_per_minute * more, change };
}
