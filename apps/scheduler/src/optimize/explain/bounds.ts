import { type Obstacle, ruleOf } from "./obstacles.ts";
import { limitOnAll } from "../problem/caps.ts";
import type { Item } from "../problem/item.ts";
import type { Cap } from "../search/model.ts";
import { nowhere } from "../search/state.ts";
import { slotAfter, timeOf } from "../time/axis.ts";
import { personalEnd } from "../time/calendar.ts";
import { hoursOf } from "../time/hours.ts";
import { at, merge, type Span } from "../time/spans.ts";
import { capital, clock, dayName, lengthName, momentName, withoutSeconds } from "../time/words.ts";
import type { World } from "./world.ts";

/** A rule about the task itself, beside all that takes time. */
export type Bound = { readonly obstacle: Obstacle } & (
  | {
      readonly rule: "hours";
      readonly spans: readonly Span[];
      /** They are working hours, which may be longer for once. */
      readonly extensible: boolean;
    }
  /** It starts no sooner than that slot; Infinity: never. What waits for another task waits with its buffer too. */
  | { readonly rule: "from"; readonly slot: number; readonly waits: boolean }
  /** Work ends no later than that moment. */
  | { readonly rule: "until"; readonly time: number }
  | { readonly rule: "horizon" }
  | { readonly rule: "rest" }
  /** It is about this task `alone`, or about all of them. */
  | { readonly rule: "cap"; readonly cap: Cap; readonly alone: boolean }
);

/** Every rule about an item, broken or not. */
export function boundsOf(world: World, index: number): Bound[] {
  const item = at(world.problem.items, index);
  return [
    horizon(world),
    hours(world, item),
    ...earliest(world, item),
    ...dependencies(world, index),
    ...deadline(world, item),
    ...rest(world),
    ...caps(world, index),
  ];
}

/** Titles of the tasks that it waits for and that have no place themselves. */
export function missingTasks(bounds: readonly Bound[]): string[] {
  return bounds.flatMap((bound) => (bound.rule === "from" && bound.slot === Infinity ? [bound.obstacle.title] : []));
}

function horizon({ problem: { calendar } }: World): Bound {
  const text = () => `The days planned end with ${dayName(calendar.zone, calendar.end - 1)}`;
  return { obstacle: ruleOf("horizon", text), rule: "horizon" };
}

function hours(world: World, { want, ground }: Item): Bound {
  const spans = merge([...(ground?.hours ?? []), ...(want ? world.beyond(want) : [])]);
  const window = want?.window;
  if (window) {
    const text = () => `It may stand ${clock(window.from)}-${clock(window.to)} only`;
    return { obstacle: ruleOf("window", text), rule: "hours", spans, extensible: false };
  }
  const extensible = hoursOf(want?.category ?? "work") === "work";
  return { obstacle: ruleOf("hours", () => hoursText(world, extensible)), rule: "hours", spans, extensible };
}

function hoursText({ problem: { preferences } }: World, isWork: boolean): string {
  const { work_start_time: start, work_end_time: end, work_days: days } = preferences;
  const from = withoutSeconds(start);
  if (!isWork) return `It may stand ${from}-${clock(personalEnd)} only`;
  return `Working hours are ${from}-${withoutSeconds(end)} on ${days.map(capital).join(", ") || "no day"}`;
}

function earliest({ problem: { calendar }, axis }: World, { want }: Item): Bound[] {
  const time = want?.earliest ?? null;
  if (time === null || time <= axis.origin) return [];
  const text = () => `It may not start before ${momentName(calendar.zone, time)}`;
  return [{ obstacle: ruleOf("earliest_start", text), rule: "from", slot: slotAfter(axis, time), waits: false }];
}

function deadline({ problem: { calendar } }: World, { want }: Item): Bound[] {
  const time = want?.hardDeadline ? want.deadline : null;
  if (time === null) return [];
  const text = () => `It has to be done by ${momentName(calendar.zone, time)}`;
  return [{ obstacle: ruleOf("deadline", text), rule: "until", time }];
}

/** What it waits for: the latest piece of each task. */
function dependencies({ state, problem, axis }: World, index: number): Bound[] {
  const { items, calendar } = problem;
  const { before, lags, want } = at(items, index);
  const latest = new Map<string, { slot: number; title: string }>();
  before.forEach((other, position) => {
    const { want: wanted, id: own, title } = at(items, other);
    const id = wanted?.taskId ?? own;
    if (id === want?.taskId) return;
    const slot = state.choice(other) === nowhere ? Infinity : (state.space.to[other] ?? 0) + (lags[position] ?? 0);
    if (slot > (latest.get(id)?.slot ?? -1)) latest.set(id, { slot, title });
  });
  return [...latest].map(([id, { slot, title }]) => {
    const text = () =>
      slot === Infinity
        ? `It waits for '${title}', which has no place itself`
        : `It waits for '${title}' until ${momentName(calendar.zone, timeOf(axis, slot))}`;
    return { obstacle: ruleOf("dependency", text, id, title), rule: "from", slot, waits: true };
  });
}

function rest({ problem }: World): Bound[] {
  const { minutes, limit } = problem.rest;
  if (limit === Infinity) return [];
  const text = () => `A break of ${minutes} min is due after ${lengthName(limit)} of work`;
  return [{ obstacle: ruleOf("rest", text), rule: "rest" }];
}

function caps({ problem }: World, index: number): Bound[] {
  const onAll = limitOnAll(problem);
  return problem.caps
    .filter(({ items }) => items.includes(index))
    .map((cap) => {
      const alone = cap !== onAll;
      const text = () => `No more than ${lengthName(cap.minutes)} ${alone ? "of it" : "of tasks"} on one day`;
      return { obstacle: ruleOf("cap", text), rule: "cap", cap, alone };
    });
}
