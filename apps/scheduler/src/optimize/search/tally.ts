import { slotOf } from "../time/axis.ts";
import type { Model } from "./model.ts";
import { at, minuteMs } from "../time/spans.ts";

/** What the pieces of one day have to do with each other: caps on their work, and costs that only a day has. */
export type Tally = {
  /** Whether putting a piece can cost more than its start. */
  isPriced(index: number): boolean;
  /** Whether the caps on the day of that slot leave room for the piece. */
  hasRoom(index: number, slot: number): boolean;
  /** What standing in that slot costs for the day's sake; never negative, whatever stands there. */
  added(index: number, slot: number): number;
  put(index: number, slot: number): void;
  take(index: number): void;
};

/** Outside of the days planned: what stands there counts for none. */
const noDay = -1;

type Days = Pick<Model, "axis" | "days" | "items" | "balance" | "switching" | "caps">;

/** @param slot below: the slot in which a piece's work starts, or {@link noDay} */
export function createTally(model: Days): Tally {
  const { balance, switching, caps } = model;
  return balance === 0 && switching === 0 && caps.length === 0 ? carefree : keepTally(model);
}

/** Days that nothing counts by. */
const carefree: Tally = {
  isPriced: () => false,
  hasRoom: () => true,
  added: () => 0,
  put: () => undefined,
  take: () => undefined,
};

function keepTally({ axis, days, items, balance, switching, caps }: Days): Tally {
  const dayOf = daysOf({ axis, days });
  const count = Math.max(1, days.length);
  const minutes = new Int32Array(count);
  const loads = caps.map(() => new Int32Array(count));
  const capsOf: number[][] = items.map(() => []);
  caps.forEach((cap, number) => cap.items.forEach((index) => capsOf[index]?.push(number)));
  const orders: number[][] = Array.from({ length: count }, () => []);
  const slots = new Int32Array(items.length).fill(noDay);
  const groups = Int32Array.from(items, ({ group }) => group);
  const work = Int32Array.from(items, (item) => item.work);

  const switches = (one: number | undefined, other: number | undefined) =>
    one !== undefined && other !== undefined && groups[one] !== groups[other] ? switching : 0;

  /** Where in the order of its day a piece comes that starts in that slot. */
  function rank(order: readonly number[], index: number, slot: number): number {
    let place = order.length;
    for (; place > 0; place -= 1) {
      const other = order[place - 1] ?? 0;
      const start = slots[other] ?? 0;
      if (start < slot || (start === slot && other < index)) break;
    }
    return place;
  }

  function addedSwitches(index: number, day: number, slot: number): number {
    if (switching === 0 || (groups[index] ?? -1) < 0) return 0;
    const order = at(orders, day);
    const place = rank(order, index, slot);
    const [previous, next] = [order[place - 1], order[place]];
    return switches(previous, index) + switches(index, next) - switches(previous, next);
  }

  /** Hours squared, so that the fuller day costs more. */
  function addedHours(index: number, day: number): number {
    if (balance === 0) return 0;
    const before = minutes[day] ?? 0;
    const cost = (sum: number) => Math.round(balance * (sum / 60) ** 2);
    return cost(before + (work[index] ?? 0)) - cost(before);
  }

  function book(index: number, day: number, sign: 1 | -1): void {
    const change = sign * (work[index] ?? 0);
    minutes[day] = (minutes[day] ?? 0) + change;
    for (const cap of capsOf[index] ?? []) {
      const load = at(loads, cap);
      load[day] = (load[day] ?? 0) + change;
    }
  }

  return {
    isPriced: (index) => (balance !== 0 && work[index] !== 0) || (switching !== 0 && (groups[index] ?? -1) >= 0),
    hasRoom: (index, slot) => {
      if (slot === noDay) return true;
      const day = dayOf[slot] ?? 0;
      for (const cap of capsOf[index] ?? [])
        if ((loads[cap]?.[day] ?? 0) + (work[index] ?? 0) > at(caps, cap).minutes) return false;
      return true;
    },
    added: (index, slot) => {
      if (slot === noDay) return 0;
      const day = dayOf[slot] ?? 0;
      return addedHours(index, day) + addedSwitches(index, day, slot);
    },
    put: (index, slot) => {
      slots[index] = slot;
      if (slot === noDay) return;
      const day = dayOf[slot] ?? 0;
      book(index, day, 1);
      if (switching === 0 || (groups[index] ?? -1) < 0) return;
      const order = at(orders, day);
      order.splice(rank(order, index, slot), 0, index);
    },
    take: (index) => {
      const slot = slots[index] ?? noDay;
      slots[index] = noDay;
      if (slot === noDay) return;
      const day = dayOf[slot] ?? 0;
      book(index, day, -1);
      const order = at(orders, day);
      const place = order.indexOf(index);
      if (place >= 0) order.splice(place, 1);
    },
  };
}

/** The number of the day that each slot starts on. */
export function daysOf({ axis, days }: Pick<Model, "axis" | "days">): Int32Array {
  const dayOf = new Int32Array(axis.size + 1);
  let day = 0;
  for (let slot = 0; slot < dayOf.length; slot += 1) {
    const time = axis.origin + slot * axis.grid * minuteMs;
    while (day < days.length - 1 && time >= at(days, day).end) day += 1;
    dayOf[slot] = day;
  }
  return dayOf;
}

/** The slot by which a place of before counts for a day. */
export function slotOfHome({ axis, days }: Pick<Model, "axis" | "days">, start: number): number {
  if (days.length === 0) return Math.max(0, slotOf(axis, start));
  const [today] = days.filter(({ end }) => end > axis.origin);
  const slot = Math.max(0, slotOf(axis, start));
  return start < (today?.start ?? axis.origin) || slot > axis.size ? noDay : slot;
}
