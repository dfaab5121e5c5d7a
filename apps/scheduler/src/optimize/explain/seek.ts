import type { Bound } from "./bounds.ts";
import { type Slots, take } from "./busy.ts";
import type { Cuts } from "./cuts.ts";
import { type Begun, createFits, createMasks, type Put } from "./fits.ts";
import { createLoads } from "./loads.ts";
import { hasRoom, type Lunch } from "./lunches.ts";
import type { Obstacle } from "./obstacles.ts";
import { firstPlace, partsOf } from "./places.ts";
import { createRest } from "./rest.ts";
import { timeOf } from "../time/axis.ts";
import { at, minuteMs, type Span } from "../time/spans.ts";
import type { Wish } from "./wish.ts";
import type { World } from "./world.ts";

/** The pieces of a task and their first slots, in their order. */
export type Place = readonly Put[];

/** How a look for a place differs from what the task asks. */
export type Look = {
  /** Only these ways to cut it. */
  readonly cuts?: Cuts;
  /** The place that ends first of all, where any will do else. */
  readonly soonest?: boolean;
  /** Another rule in the place of the one at that position. */
  readonly instead?: { readonly index: number; readonly bound: Bound };
  /** Only a part of the axis. */
  readonly region?: Slots;
  /** Lunches that need room beside those that do anyway. */
  readonly lunches?: readonly Lunch[];
};

/**
 * Looks for a place of one task in a plan in which everything stands where it stands, and from which
 * obstacles can be lifted one by one.
 */
export type Seeker = {
  readonly wish: Wish;
  /** Minutes of a slot. */
  readonly grid: number;
  /** What takes time, then the rules about the task; {@link lift} goes by position. */
  readonly obstacles: readonly Obstacle[];
  /** The rules among them. */
  readonly bounds: ReadonlyMap<number, Bound>;
  lift(index: number): void;
  restore(index: number): void;
  isLifted(index: number): boolean;
  find(look?: Look): Place | null;
  /** Whether all ways to cut the task have been looked through so far, so that what was not found is not there. */
  isSure(): boolean;
  /** From the first to the last minute of work at a place. */
  spanOf(place: Place): Span;
  /** Whether nothing that was not lifted leaves it no room. */
  hasRoom(lunch: Lunch): boolean;
  /** Where lifting it may have made a place. */
  near(index: number): Slots;
};

type Options = {
  /** Called at each look for a place; what it throws ends the work. */
  readonly heed: () => void;
  /** So many places of pieces may be looked at for tasks that may be cut otherwise; counted down. */
  readonly looks: { left: number };
  /** Lunches of the plan that may stand anywhere in their time instead of where they stand, by their obstacles. */
  readonly loose?: ReadonlyMap<number, Lunch>;
};

export function createSeeker(world: World, wish: Wish, { heed, looks, loose = new Map() }: Options): Seeker {
  const { axis, problem } = world;
  const obstacles = [...world.obstacles, ...wish.bounds.map(({ obstacle }) => obstacle)];
  const bounds = new Map(wish.bounds.map((bound, position) => [world.obstacles.length + position, bound]));
  const lifted = new Uint8Array(obstacles.length);
  const maskOf = createMasks(axis);
  const busy = world.busy.slice();
  const rest = createRest(world, lifted);
  const loads = createLoads(world, lifted);
  const lunches = [...world.lunches, ...loose.values()];
  const widest = lunches.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  const partOf = partsOf(wish.item, axis.grid);

  function change(index: number, by: 1 | -1): void {
    lifted[index] = by === 1 ? 0 : 1;
    take(busy, at(obstacles, index), by);
  }
  for (const index of loose.keys()) change(index, -1);

  function ruling({ instead }: Look): Bound[] {
    return [...bounds].flatMap(([index, bound]) => {
      if (instead?.index === index) return [instead.bound];
      return lifted[index] === 1 ? [] : [bound];
    });
  }

  /** As the plan cuts it first: that takes little time. What has no place without rest and lunch has none with them. */
  function placeFor(look: Look): Begun | null {
    const { cuts = wish.cuts, region = { from: 0, to: axis.size } } = look;
    const bounds = ruling(look);
    const ways = { world, busy, region, rest, loads, maskOf, bounds, days: wish.days };
    const all = { ...ways, lunches: [...lunches, ...(look.lunches ?? [])] };
    const known =
      cuts.fixed || cuts === wish.cuts ? firstPlace(createFits(all), cuts.fixed ? cuts : wish.planned, partOf) : null;
    if (cuts.fixed || (known && !look.soonest)) return known;

    const isAllowed = () => (looks.left -= 1) >= 0;
    const loosest = { ...ways, isAllowed, lunches: [], bounds: bounds.filter(({ rule }) => rule !== "rest") };
    const fits = createFits(loosest);
    if (!known && (fits.roomFor(cuts.least) < cuts.total || !firstPlace(fits, cuts, partOf))) return null;
    return firstPlace(createFits({ ...all, isAllowed }), cuts, partOf, known);
  }

  return {
    wish,
    grid: axis.grid,
    obstacles,
    bounds,
    lift: (index) => change(index, -1),
    restore: (index) => change(index, 1),
    isLifted: (index) => lifted[index] === 1,
    find(look = {}) {
      heed();
      return placeFor(look)?.puts ?? null;
    },
    isSure: () => wish.cuts.fixed || looks.left >= 0,
    spanOf(place) {
      const [first, last] = [at(place, 0), at(place, place.length - 1)];
      const startOf = ({ start, part }: Put) => timeOf(axis, start + part.lead);
      return { start: startOf(first), end: startOf(last) + last.part.work * minuteMs };
    },
    hasRoom: (lunch) => hasRoom(lunch, busy, []),
    near(index) {
      const { from, to } = at(obstacles, index);
      if (from === to || wish.split) return { from: 0, to: axis.size };
      const { slots } = partOf(wish.work);
      const daily = problem.caps.length > 0 ? loads.longestDay : 0;
      const reach = slots + Math.ceil(rest.reach / axis.grid) + daily + widest;
      return { from: from - reach, to: to + reach };
    },
  };
}
