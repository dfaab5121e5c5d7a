import { slotAfter, slotOf, timeOf } from "../time/axis.ts";
import { createLoads } from "./loads.ts";
import { createRest, held, type Work } from "./rest.ts";
import { at, minuteMs, type Span } from "../time/spans.ts";
import type { Bound, Part, Wish } from "./wish.ts";
import { maskOf, type Obstacle, take, type World } from "./world.ts";

/** First slots of each part of a task. */
export type Place = readonly number[];

/** Slots between which something has changed: only there can a place have come up. */
type Region = { readonly from: number; readonly to: number };

/**
 * Looks for a place of one task in a plan in which everything stands where it stands, and from which obstacles can be
 * lifted one by one. There is a place when every part, in order, each at its earliest, keeps clear of what was not
 * lifted.
 */
export type Seeker = {
  readonly wish: Wish;
  /** What takes time, then the rules about the task; {@link lift} goes by position. */
  readonly obstacles: readonly Obstacle[];
  readonly bounds: ReadonlyMap<number, Bound>;
  lift(index: number): void;
  restore(index: number): void;
  find(how?: { parts?: readonly Part[]; mask?: Uint8Array; region?: Region }): Place | null;
  /** Whether nothing that was not lifted touches that time; takes it, or gives it back. */
  isFree(span: Span): boolean;
  take(span: Span, by: 1 | -1): void;
  /** Where lifting it may have made a place. */
  near(index: number): Region;
};

/** @param heed called at each look for a place; what it throws ends the work */
export function createSeeker(world: World, wish: Wish, heed: () => void = () => undefined): Seeker {
  const { axis, problem } = world;
  const obstacles = [...world.obstacles, ...wish.bounds.map(({ obstacle }) => obstacle)];
  const ruled = wish.bounds.map((bound, position) => [world.obstacles.length + position, bound] as const);
  const bounds = new Map(ruled);
  const lifted = new Uint8Array(obstacles.length);
  const busy = world.busy.slice();
  const rest = createRest(world, lifted);
  const loads = createLoads(world, lifted);
  const [hours] = wish.bounds.flatMap((bound) => (bound.rule === "hours" ? [maskOf(world, bound.spans)] : []));
  const everywhere = new Uint8Array(axis.size).fill(1);
  const whole: Region = { from: 0, to: axis.size };

  const isHere = (index: number) => lifted[index] !== 1;
  const isBound = (rule: Bound["rule"]) => ruled.some(([index, bound]) => bound.rule === rule && isHere(index));

  /** First and last slot at which a part may start by the rules about the task. */
  function limits({ slots, lead, work }: Part, region: Region): [number, number] {
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

  /** The last slot at which the part cannot start because of what is in its way at `start`, or -1. */
  function blocked({ slots, lead, work }: Part, start: number, mask: Uint8Array): number {
    const from = start + lead;
    const to = from + Math.ceil(work / axis.grid);
    for (let slot = start + slots - 1; slot >= start; slot -= 1) {
      if (busy[slot] !== 0) return slot;
      if (slot >= from && slot < to && mask[slot] === 0) return slot - lead;
    }
    return -1;
  }

  function isCapped(start: number, { work, lead }: Part, own: readonly Work[]): boolean {
    const day = loads.dayOf(start + lead);
    const mine = own.reduce((sum, each) => sum + (loads.dayOf(slotOf(axis, each.start)) === day ? each.work : 0), 0);
    return ruled.some(
      ([index, bound]) =>
        bound.rule === "cap" && isHere(index) && loads.on(day, bound.cap.items) + mine + work > bound.cap.minutes,
    );
  }

  function first(part: Part, region: Region, mask: Uint8Array, own: readonly Work[]): number {
    const [from, last] = limits(part, region);
    const open = isBound("hours") ? mask : everywhere;
    const isCapping = isBound("cap");
    const isResting = isBound("rest");
    for (let start = from; start <= last; start += 1) {
      const bar = blocked(part, start, open);
      if (bar >= 0) start = bar;
      else if (isCapping && isCapped(start, part, own)) continue;
      else if (!isResting || rest.isKept(workOf(start, part), own)) return start;
    }
    return -1;
  }

  const slotted = ({ start, end }: Span) => ({ from: slotOf(axis, start), to: slotAfter(axis, end) });

  function workOf(start: number, part: Part): Work {
    const begin = timeOf(axis, start + part.lead);
    return held(axis, { start: begin, end: begin + part.work * minuteMs }, part);
  }

  return {
    wish,
    obstacles,
    bounds,
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
    isFree(span) {
      const { from, to } = slotted(span);
      return busy.subarray(from, to).every((count) => count === 0);
    },
    take: (span, by) => take(busy, slotted(span), by),
    near(index) {
      const { from, to } = at(obstacles, index);
      const [part] = wish.parts;
      if (from === to || !part || wish.parts.length > 1) return whole;
      const reach = part.slots + Math.ceil(rest.reach / axis.grid) + (problem.caps.length > 0 ? loads.longestDay : 0);
      return { from: from - reach, to: to + reach };
    },
  };
}
