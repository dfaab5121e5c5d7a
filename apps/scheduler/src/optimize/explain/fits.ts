import { type Axis, inside, slotAfter, slotOf, timeOf } from "../time/axis.ts";
import type { Bound } from "./bounds.ts";
import { barAt, type Busy, type Slots } from "./busy.ts";
import type { createLoads } from "./loads.ts";
import { hasRoom, type Lunch } from "./lunches.ts";
import { type createRest, type Work, workAt } from "./rest.ts";
import { minuteMs, type Span } from "../time/spans.ts";
import type { Cap } from "../search/model.ts";
import type { Part } from "./wish.ts";
import type { World } from "./world.ts";

/** A piece and its first slot. */
export type Put = { readonly start: number; readonly part: Part };

/** Pieces of a task that have a place, and what of them counts for the next one. */
export type Begun = {
  readonly puts: readonly Put[];
  readonly works: readonly Work[];
  readonly taken: readonly Slots[];
  /** Minutes. */
  readonly done: number;
  /** The slot after the last one. */
  readonly end: number;
  /** The day on which the last one starts, and minutes of the task that start on it; 0 where no limit asks. */
  readonly day: number;
  readonly used: number;
  /** Minutes of work without a rest that the last one is part of; 0 where none has to be taken. */
  readonly run: number;
  /** The lunch in whose time it ends and that has its room before; -1 where there is none. */
  readonly fed: number;
};

/** What keeps the pieces of a task from places, as far as it was not lifted. */
type Ways = {
  readonly world: World;
  readonly busy: Busy;
  readonly bounds: readonly Bound[];
  readonly days: Span | null;
  readonly region: Slots;
  readonly lunches: readonly Lunch[];
  readonly rest: ReturnType<typeof createRest>;
  readonly loads: ReturnType<typeof createLoads>;
  readonly maskOf: ReturnType<typeof createMasks>;
  /** Called for each place of a piece that is looked at more closely; false where no more may be looked at. */
  readonly isAllowed?: () => boolean;
};

const everywhere: readonly Span[] = [{ start: -Infinity, end: Infinity }];

/** 1 for each slot in which work may be done by some hours; remembered. */
export function createMasks(axis: Axis): (hours: readonly Span[]) => Uint8Array {
  const known = new Map<readonly Span[], Uint8Array>();
  return (hours) => {
    const mask = known.get(hours) ?? inside(axis, hours);
    known.set(hours, mask);
    return mask;
  };
}

/** Tells where the next piece of a task may stand. */
export function createFits({
  world,
  busy,
  bounds,
  days,
  region,
  lunches,
  rest,
  loads,
  maskOf,
  isAllowed = () => true,
}: Ways) {
  const { axis, problem } = world;
  const caps = bounds.flatMap((bound) => (bound.rule === "cap" ? [bound.cap] : []));
  const isResting = bounds.some(({ rule }) => rule === "rest");
  const [hours] = bounds.flatMap((bound) => (bound.rule === "hours" ? [bound.spans] : []));
  const open = maskOf(hours ?? everywhere);

  /** First and last slot at which a piece may start by the task's own rules. */
  function limits({ slots, lead, work }: Part): [number, number] {
    const { start, end } = days ?? { start: -Infinity, end: Infinity };
    let first = Math.max(0, region.from, slotAfter(axis, start) - lead);
    let last = Math.min(region.to, axis.size - slots, slotOf(axis, end - 1) - lead);
    for (const bound of bounds) {
      if (bound.rule === "from") first = Math.max(first, bound.waits ? bound.slot : bound.slot - lead);
      if (bound.rule === "until") last = Math.min(last, slotOf(axis, bound.time - work * minuteMs) - lead);
      if (bound.rule === "horizon") last = Math.min(last, problem.axis.size - slots);
    }
    return [first, last];
  }

  function workOf({ start, part }: Put): Work {
    const begin = timeOf(axis, start + part.lead);
    return workAt(axis, { start: begin, end: begin + part.work * minuteMs }, part);
  }

  /** The same with one piece more; null where a rule about what it adds up to forbids it. */
  function joined(before: Begun, put: Put): Begun | null {
    const { start, part } = put;
    const day = loads.dayOf(start + part.lead);
    const used = caps.length === 0 ? 0 : part.work + (day === before.day ? before.used : 0);
    if (caps.some(({ items, minutes }) => loads.on(day, items) + used > minutes)) return null;

    const work = workOf(put);
    const run = isResting ? rest.runOf(work, before.works) : 0;
    const end = start + part.slots;
    const taken = [...before.taken, { from: start, to: end }];
    const isKept = ({ from, to }: Lunch) => from < end && start < to;
    if (run === Infinity || lunches.some((lunch) => isKept(lunch) && !hasRoom(lunch, busy, taken))) return null;

    const fed = lunches.findIndex((lunch) => lunch.from < end && end < lunch.to && hasRoom(lunch, busy, taken, end));
    const [puts, works] = [
      [...before.puts, put],
      [...before.works, work],
    ];
    return { puts, works, taken, done: before.done + part.work, end, day, used, run, fed };
  }

  /** Minutes that are free in stretches which hold a piece of that length; no more than limits on days leave. */
  function roomFor(least: number): number {
    const from = Math.max(0, ...bounds.map((bound) => (bound.rule === "from" ? bound.slot : 0)));
    const due = Math.min(...bounds.map((bound) => (bound.rule === "until" ? slotAfter(axis, bound.time) : axis.size)));
    const to = Math.min(due, bounds.some(({ rule }) => rule === "horizon") ? problem.axis.size : axis.size);
    let [sum, run] = [0, 0];
    for (let slot = from; slot <= to; slot += 1) {
      const isOpen = slot < to && busy[slot] === 0 && open[slot] === 1;
      if (!isOpen && run * axis.grid >= least) sum += run * axis.grid;
      run = isOpen ? run + 1 : 0;
    }
    return Math.min(sum, ...caps.map((cap) => (from < to ? leftOf(cap, loads.dayOf(from), loads.dayOf(to - 1)) : 0)));
  }

  /** Minutes that a limit leaves from one day to another. */
  function leftOf({ items, minutes }: Cap, first: number, last: number): number {
    const days = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return days.reduce((sum, day) => sum + Math.max(0, minutes - loads.on(day, items)), 0);
  }

  /** Whether no later place of the last piece leaves more to those behind it. */
  function isFree({ end, run, fed, works }: Begun): boolean {
    const isInLunch = lunches.some((lunch, index) => index !== fed && lunch.from < end && end < lunch.to);
    return !isInLunch && run <= (works.at(-1)?.work ?? 0);
  }

  return {
    roomFor,
    none: { puts: [], works: [], taken: [], done: 0, end: region.from, day: -1, used: 0, run: 0, fed: -1 } as Begun,
    /** One piece more at each of its places behind those before, earliest first, as long as a later one may be of use. */
    *after(before: Begun, part: Part): Generator<Begun, void> {
      const [first, last] = limits(part);
      const worked = Math.ceil(part.work / axis.grid);
      for (let start = Math.max(first, before.end); start <= last; start += 1) {
        const bar = barAt(busy, open, start, part, worked);
        if (bar >= 0) {
          start = bar;
          continue;
        }
        if (!isAllowed()) return;
        const next = joined(before, { start, part });
        if (next) yield next;
        if (next && isFree(next)) return;
      }
    },
  };
}

export type Fits = ReturnType<typeof createFits>;
