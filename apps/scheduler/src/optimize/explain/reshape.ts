import { exactly, within } from "./cuts.ts";
import { even } from "../problem/pattern.ts";
import { timesOf } from "./events.ts";
import { changeOf, type Priced } from "./priced.ts";
import { least } from "./raise.ts";
import type { Place, Seeker } from "./seek.ts";
import { timeOf } from "../time/axis.ts";
import { at, merge, minuteMs, minutes, type Span } from "../time/spans.ts";
import type { World } from "./world.ts";
import { clockName, count, lengthName, spanName } from "../time/words.ts";

/** Minutes of a part where nothing else is said, and no task is split into more parts. */
const sizes = { min: 30, max: 1_440, perDay: null };
const mostParts = 6;

/** The fewest parts in which it fits, of much the same length where that does. */
export function split({ problem: { weights } }: World, seeker: Seeker): Priced[] {
  const { item, work } = seeker.wish;
  // A habit is done in one.
  if (!item.want || item.want.split || item.want.occasion) return [];

  for (let number = 2; number <= mostParts && number * sizes.min <= work; number += 1) {
    const lengths = cutIn(seeker, number);
    if (!lengths) continue;
    const longest = Math.max(...lengths);
    const text = `Split it into ${count(lengths.length, "part")} of at most ${lengthName(longest)}.`;
    const change = changeOf("split", text, { task_id: item.want.taskId, minutes: longest });
    return [{ cost: weights.split * (lengths.length - 1), change }];
  }
  return [];
}

/** Lengths of so many parts, or fewer, in which it fits. */
function cutIn({ wish: { work }, grid, find }: Seeker, number: number): readonly number[] | null {
  const alike = even(work, number, sizes, grid);
  if (alike && find({ cuts: exactly(alike) })) return alike;

  const place = find({ cuts: within(work, sizes, grid, number) });
  return place && place.map(({ part }) => part.work);
}

/** A task of which less than this share is left is another task. */
const leastShare = 0.25;

/** The longest length at which it fits. */
export function shorter({ problem: { weights } }: World, { wish, grid, find }: Seeker): Priced[] {
  const { work, split: range, item } = wish;
  const fits = (steps: number) =>
    find({ cuts: range ? within(steps * grid, range, grid) : exactly([steps * grid]) }) !== null;
  const low = Math.ceil(Math.max(15, work * leastShare, range?.min ?? 0) / grid);
  const high = Math.ceil(work / grid) - 1;
  const steps = range ? longestOf(low, high, fits) : -least(-high, -low, (value) => fits(-value));
  if (steps === null || low > high || !fits(steps)) return [];

  const left = steps * grid;
  const about = { task_id: item.want?.taskId ?? null, minutes: left };
  const whole = weights.unscheduled[item.want?.priority ?? "medium"];
  return [
    { cost: whole * (1 - left / work), change: changeOf("shorten", `Shorten it to ${lengthName(left)}.`, about) },
  ];
}

/** In pieces it may fit at a length and not at a shorter one, which cannot be cut as well: each is tried. */
function longestOf(low: number, high: number, fits: (steps: number) => boolean): number | null {
  for (let steps = high; steps >= low; steps -= 1) if (fits(steps)) return steps;
  return null;
}

/** By so many minutes hours may end later. */
const mostLonger = 240;

/** The least by which working hours would have to end later. */
export function longerHours(world: World, seeker: Seeker, conflict: readonly number[]): Priced[] {
  const index = conflict.find((each) => at(seeker.obstacles, each).kind === "hours");
  const bound = index === undefined ? undefined : seeker.bounds.get(index);
  if (index === undefined || bound?.rule !== "hours" || !bound.extensible) return [];

  const later = (steps: number) => bound.spans.map(({ start, end }): Span => ({ start, end: end + steps * step }));
  const step = seeker.grid * minuteMs;
  const find = (steps: number) => seeker.find({ instead: { index, bound: { ...bound, spans: merge(later(steps)) } } });
  const longest = Math.max(0, ...bound.spans.map(minutes));
  const most = Math.floor(Math.min(mostLonger, 1_440 - 1 - longest) / seeker.grid);
  if (most < 1 || !find(most)) return [];
  const steps = least(1, most, (each) => find(each) !== null);
  const place = find(steps);
  return place ? [longer(world, seeker, place, { more: steps * seeker.grid, spans: bound.spans })] : [];
}

type Hours = { readonly more: number; readonly spans: readonly Span[] };

function longer({ problem: { calendar, weights, axis } }: World, seeker: Seeker, place: Place, hours: Hours): Priced {
  const span = seeker.spanOf(place);
  const end = latest(place, axis, hours.spans);
  const text = `Work until ${clockName(calendar.zone, end)}: it fits ${spanName(calendar.zone, span)}.`;
  const change = changeOf("longer_hours", text, {
    ...timesOf(calendar.zone, { start: span.start, end }),
    minutes: hours.more,
  });
  return { cost: weights.late_hours_per_minute * hours.more, change };
}

/** The end of the piece that goes on longest after hours, to the full slot: hours hold whole slots. */
function latest(place: Place, axis: World["axis"], spans: readonly Span[]): number {
  const ends = place.map(({ start, part }) => timeOf(axis, start + part.lead + Math.ceil(part.work / axis.grid)));
  const over = (end: number) => end - Math.max(...spans.filter((each) => each.start < end).map((each) => each.end));
  return ends.reduce((most, end) => (over(end) > over(most) ? end : most));
}
