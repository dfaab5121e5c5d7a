import { slotAfter, timeOf } from "../time/axis.ts";
import { hoursOf } from "../time/hours.ts";
import type { Want } from "../problem/demand.ts";
import type { Item } from "../problem/item.ts";
import type { Cap } from "../search/model.ts";
import { at, merge, type Span } from "../time/spans.ts";
import { nowhere } from "../search/state.ts";
import type { Obstacle, World } from "./world.ts";
import { clock, dayName, lengthName, momentName } from "../time/words.ts";

/** A piece of a task that looks for a place: `slots` in all, `lead` of them before `work` minutes of work. */
export type Part = { readonly slots: number; readonly lead: number; readonly work: number };

/** A rule about the task itself, beside all that takes time. */
export type Bound =
  /** They are extensible where they are those of work. */
  | {
      readonly obstacle: Obstacle;
      readonly rule: "hours";
      readonly spans: readonly Span[];
      readonly extensible: boolean;
    }
  /** It starts no sooner than that slot; Infinity: never. What waits for another task waits with its buffer too. */
  | { readonly obstacle: Obstacle; readonly rule: "from"; readonly slot: number; readonly waits: boolean }
  /** Work ends no later than that moment. */
  | { readonly obstacle: Obstacle; readonly rule: "until"; readonly time: number }
  | { readonly obstacle: Obstacle; readonly rule: "horizon" }
  | { readonly obstacle: Obstacle; readonly rule: "rest" }
  | { readonly obstacle: Obstacle; readonly rule: "cap"; readonly cap: Cap; readonly alone: boolean };

/** What a task asks of its place. */
export type Wish = {
  readonly index: number;
  readonly item: Item;
  readonly parts: readonly Part[];
  /** It starts on these days: of a habit, the occasion. */
  readonly days: Span | null;
  readonly bounds: readonly Bound[];
};

/** The wish of a task with these pieces, in their order. */
export function wishOf(world: World, indices: readonly number[]): Wish {
  const { items } = world.problem;
  const index = at(indices, 0);
  const parts = indices.map((each) => {
    const { slots, lead, work } = at(items, each);
    return { slots, lead, work };
  });
  const item = at(items, index);
  const bounds = [
    horizon(world),
    hours(world, item),
    ...earliest(world, item),
    ...dependencies(world, index),
    ...deadline(world, item),
    ...rest(world),
    ...caps(world, index),
  ];
  return { index, item, parts, days: item.want?.occasion?.days ?? null, bounds };
}

function rule(kind: Obstacle["kind"], text: () => string, id: string | null = null, title = ""): Obstacle {
  return { kind, id, title, text, from: 0, to: 0, index: null, span: null };
}

function horizon({ problem: { calendar } }: World): Bound {
  const text = () => `The days planned end with ${dayName(calendar.zone, calendar.end - 1)}`;
  return { obstacle: rule("horizon", text), rule: "horizon" };
}

function hours(world: World, { want, ground }: Item): Bound {
  const spans = merge([...(ground?.hours ?? []), ...(want ? world.beyond(want) : [])]);
  if (want?.window) {
    const text = () => `It may stand ${windowName(want.window)} only`;
    return { obstacle: rule("window", text), rule: "hours", spans, extensible: false };
  }
  const { preferences } = world.problem;
  const isWork = hoursOf(want?.category ?? "work") === "work";
  const from = preferences.work_start_time.slice(0, 5);
  const days = preferences.work_days.map((day) => day[0]?.toUpperCase() + day.slice(1)).join(", ") || "no day";
  const text = () =>
    isWork
      ? `Working hours are ${from}-${preferences.work_end_time.slice(0, 5)} on ${days}`
      : `It may stand ${from}-${personalUntil} only`;
  return { obstacle: rule("hours", text), rule: "hours", spans, extensible: isWork };
}

/** See `personalHours`. */
const personalUntil = "22:00";

function windowName(window: Want["window"]): string {
  return window ? `${clock(window.from)}-${clock(window.to)}` : "";
}

function earliest({ problem: { calendar }, axis }: World, { want }: Item): Bound[] {
  const time = want?.earliest ?? null;
  if (time === null || time <= axis.origin) return [];
  const text = () => `It may not start before ${momentName(calendar.zone, time)}`;
  return [{ obstacle: rule("earliest_start", text), rule: "from", slot: slotAfter(axis, time), waits: false }];
}

function deadline({ problem: { calendar } }: World, { want }: Item): Bound[] {
  const time = want?.hardDeadline ? want.deadline : null;
  if (time === null || time === undefined) return [];
  const text = () => `It has to be done by ${momentName(calendar.zone, time)}`;
  return [{ obstacle: rule("deadline", text), rule: "until", time }];
}

/** What it waits for: the latest piece of each task. */
function dependencies({ state, problem, axis }: World, index: number): Bound[] {
  const { items, calendar } = problem;
  const { before, lags, want } = at(items, index);
  const latest = new Map<string, { slot: number; other: number }>();
  before.forEach((other, position) => {
    const id = at(items, other).want?.taskId ?? at(items, other).id;
    if (id === want?.taskId) return;
    const slot = state.choice(other) === nowhere ? Infinity : (state.space.to[other] ?? 0) + (lags[position] ?? 0);
    if (slot > (latest.get(id)?.slot ?? -1)) latest.set(id, { slot, other });
  });
  return [...latest].map(([id, { slot, other }]) => {
    const { title } = at(items, other);
    const text = () =>
      slot === Infinity
        ? `It waits for '${title}', which has no place itself`
        : `It waits for '${title}' until ${momentName(calendar.zone, timeOf(axis, slot))}`;
    return { obstacle: rule("dependency", text, id, title), rule: "from", slot, waits: true };
  });
}

function rest({
  problem: {
    rest: { minutes, limit },
  },
}: World): Bound[] {
  if (limit === Infinity) return [];
  const text = () => `A break of ${minutes} min is due after ${lengthName(limit)} of work`;
  return [{ obstacle: rule("rest", text), rule: "rest" }];
}

function caps({ problem }: World, index: number): Bound[] {
  // The limit on all tasks comes first; see `capsOf`.
  const ofAll = problem.preferences.max_work_minutes_per_day ? problem.caps[0] : undefined;
  return problem.caps
    .filter(({ items }) => items.includes(index))
    .map((cap) => {
      const alone = cap !== ofAll;
      const text = () => `No more than ${lengthName(cap.minutes)} ${alone ? "of it" : "of tasks"} on one day`;
      return { obstacle: rule("cap", text), rule: "cap", cap, alone };
    });
}
