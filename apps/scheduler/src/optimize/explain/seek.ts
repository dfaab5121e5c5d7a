import { inside, slotAfter, slotOf, timeOf } from "../time/axis.ts";
import type { Bound } from "./bounds.ts";
import { barAt, isFree, type Slots, slotsOf, take } from "./busy.ts";
import { createLoads } from "./loads.ts";
import type { Obstacle } from "./obstacles.ts";
import { createRest, type Work, workAt } from "./rest.ts";
import { at, minuteMs, type Span } from "../time/spans.ts";
import type { Part, Wish } from "./wish.ts";
import type { World } from "./world.ts";

/** First slots of each part of a task. */
export type Place = readonly number[];

/**
 * Looks for a place of one task in a plan in which everything stands where it stands, and from which obstacles can be
 * lifted one by one. There is a place when every part, in order, each at its earliest, keeps clear of what was not
 * lifted.
 */
export type Seeker = {
  readonly wish: Wish;
  /** What takes time, then the rules about the task; {@link lift} goes by position. */
  readonly obstacles: readonly Obstacle[];
  /** The rules among them. */
  readonly bounds: ReadonlyMap<number, Bound>;
  lift(index: number): void;
  restore(index: number): void;
  /** @param how other parts, other hours (1 for each slot in which work may be done), or only a part of the axis */
  find(how?: { parts?: readonly Part[]; mask?: Uint8Array; region?: Slots }): Place | null;
  /** From the first to the last minute of work at a place. */
  spanOf(place: Place): Span;
  /** Whether nothing that was not lifted touches that time; takes it, or gives it back. */
  isFree(span: Span): boolean;
  take(span: Span, by: 1 | -1): void;
  /** Where lifting it may have made a place. */
  near(index: number): Slots;
};

/** @param heed called at each look for a place; what it throws ends the work */
export function createSeeker(world: World, wish: Wish, heed: () => void = () => undefined): Seeker {
  const { axis, problem } = world;
  const obstacles = [...world.obstacles, ...wish.bounds.map(({ obstacle }) => obstacle)];
  const ruled = wish.bounds.map((bound, position) => [world.obstacles.length + position, bound] as const);
  const lifted = new Uint8Array(obstacles.length);
  const busy = world.busy.slice();
  const rest = createRest(world, lifted);
  const loads = createLoads(world, lifted);
  const [hours] = wish.bounds.flatMap((bound) => (bound.rule === "hours" ? [inside(axis, bound.spans)] : []));
  const everywhere = new Uint8Array(axis.size).fill(1);
  const whole: Slots = { from: 0, to: axis.size };

  const isHere = (index: number) => lifted[index] !== 1;
  const isBound = (rule: Bound["rule"]) => ruled.some(([index, bound]) => bound.rule === rule && isHere(index));

  /** First and last slot at which a part may start by the rules that were not lifted. */
  function limits({ slots, lead, work }: Part, region: Slots): [number, number] {
    const { start, end } = wish.days ?? { start: -Infinity, end: Infinity };
    let first = Math.max(0, region.from, slotAfter(axis, start) - lead);
    let last = Math.min(region.to, axis.size - slots, slotOf(axis, end - 1) - lead);
    for (const [index, bound] of ruled) {
      if (!isHere(index)) continue;
      if (bound.rule === "from") first = Math.max(first, bound.waits ? bound.slot : bound.slot - lead);
      if (bound.rule === "until") last = Math.min(last, slotOf(axis, bound.time - work * minuteMs) - lead);
      if (bound.rule === "horizon") last = Math.min(last, problem.axis.size - slots);
    }
    return [first, last];
  }

  function isCapped(start: number, { work, lead }: Part, own: readonly Work[]): boolean {
    const day = loads.dayOf(start + lead);
    const mine = own.reduce((sum, each) => sum + (loads.dayOf(slotOf(axis, each.start)) === day ? each.work : 0), 0);
    return ruled.some(
      ([index, bound]) =>
        bound.rule === "cap" && isHere(index) && loads.on(day, bound.cap.items) + mine + work > bound.cap.minutes,
    );
  }

  /** The earliest slot for a part in a region, behind those that the task has already; -1 where there is none. */
  function first(part: Part, region: Slots, mask: Uint8Array, own: readonly Work[]): number {
    const [from, last] = limits(part, region);
    const open = isBound("hours") ? mask : everywhere;
    const worked = Math.ceil(part.work / axis.grid);
    const isCapping = isBound("cap");
    const isResting = isBound("rest");
    for (let start = from; start <= last; start += 1) {
      const bar = barAt(busy, open, start, part, worked);
      if (bar >= 0) start = bar;
      else if (isCapping && isCapped(start, part, own)) continue;
      else if (!isResting || rest.isKept(workOf(start, part), own)) return start;
    }
    return -1;
  }

  function workOf(start: number, part: Part): Work {
    const begin = timeOf(axis, start + part.lead);
    return workAt(axis, { start: begin, end: begin + part.work * minuteMs }, part);
  }

  return {
    wish,
    obstacles,
    bounds: new Map(ruled),
    lift(index) {
      lifted[index] = 1;
      take(busy, at(obstacles, index), -1);
    },
    restore(index) {
      lifted[index] = 0;
      take(busy, at(obstacles, index), 1);
    },
    find({ parts = wish.parts, mask = hours ?? everywhere, region = whole } = {}) {
      heed();
      const place: number[] = [];
      const own: Work[] = [];
      let from = region.from;
      for (const part of parts) {
        const start = first(part, { from, to: region.to }, mask, own);
        if (start < 0) return null;
        place.push(start);
        own.push(workOf(start, part));
        from = start + part.slots;
      }
      return place;
    },
    spanOf(place) {
      const works = place.map((start, part) => workOf(start, at(wish.parts, part)));
      return { start: at(works, 0).start, end: at(works, works.length - 1).end };
    },
    isFree: (span) => isFree(busy, slotsOf(axis, span)),
    take: (span, by) => take(busy, slotsOf(axis, span), by),
    near(index) {
      const { from, to } = at(obstacles, index);
      const [part] = wish.parts;
      if (from === to || !part || wish.parts.length > 1) return whole;
      const reach = part.slots + Math.ceil(rest.reach / axis.grid) + (problem.caps.length > 0 ? loads.longestDay : 0);
      return { from: from - reach, to: to + reach };
    },
  };
}
