import { timeOf } from "../time/axis.ts";
import { type Home, idleOf, type Model, trailOf } from "./model.ts";
import { at, minuteMs, overlaps, type Span } from "../time/spans.ts";

/** Which items stand where. Knows space and rest between work, neither costs nor order. */
export type Occupancy = {
  /** First slot, and the one after the last; only of what is placed. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  isFree(from: number, to: number): boolean;
  /** Whether nothing else placed overlaps the item's old place, to the minute. */
  isHomeFree(index: number): boolean;
  /** Whether continuous work around that place stays within what a person does without a break. */
  isRested(index: number, from: number, to: number): boolean;
  /** The items that touch any of these slots. */
  within(from: number, to: number): number[];
  put(index: number, from: number, to: number, atHome: boolean): void;
  take(index: number): void;
  span(index: number): Span;
};

export function createOccupancy({ axis, items, taken, rest: { minutes: rest, limit } }: Model): Occupancy {
  const slotMs = axis.grid * minuteMs;
  const from = new Int32Array(items.length).fill(-1);
  const to = new Int32Array(items.length).fill(-1);
  const home = new Uint8Array(items.length);
  const count = new Uint16Array(axis.size);
  // The item in each slot, one up; 0 is none. Two off-grid neighbours may share a slot, then it is the later one.
  const owner = new Int32Array(axis.size);
  // All items in a slot that more than one is in.
  const shared = new Map<number, number[]>();
  const work = Int32Array.from(items, (item) => item.work);
  const trails = Int32Array.from(items, (item) => trailOf(item, axis.grid));
  const idle = Int32Array.from(items, (item) => idleOf(item, axis.grid));
  let worked = 0;
  const isLunch = Uint8Array.from(items, ({ kind }) => (kind === "lunch" ? 1 : 0));

  function span(index: number): Span {
    const item = at(items, index);
    if (home[index] === 1 && item.was) return item.was;
    const start = timeOf(axis, (from[index] ?? 0) + item.lead);
    return { start, end: start + item.minutes * minuteMs };
  }

  /** With the buffers, which are whole slots. */
  function held(index: number): Span {
    return around(index, span(index));
  }

  function around(index: number, { start, end }: Span): Span {
    return { start: start - at(items, index).lead * slotMs, end: end + (trails[index] ?? 0) * slotMs };
  }

  function isFree(first: number, last: number): boolean {
    if (last > axis.size) return false;
    for (let slot = last - 1; slot >= first; slot -= 1) if (count[slot] !== 0) return false;
    return true;
  }

  function isHomeFree(index: number): boolean {
    const { home: mine, was, kind } = at(items, index);
    if (!mine || !was || (kind === "event" && !leavesRest(index, mine, was))) return false;
    if (isFree(mine.from, Math.min(mine.to, axis.size))) return true;

    const wanted = around(index, was);
    // Two events of the calendar may stand in each other's buffers: nobody planned that.
    const isGiven = (other: number) => kind === "event" && at(items, other).kind === "event" && home[other] === 1;
    // What a piece leaves of its last slot may be the rest that follows it.
    const isRest = (other: number) => kind === "event" && home[other] === 0 && (work[other] ?? 0) > 0;
    const isBeside = (other: number) =>
      !isRest(other) && !(isGiven(other) ? overlaps(span(other), was) : overlaps(held(other), wanted));
    return within(mine.from, mine.to).every((other) => other === index || isBeside(other));
  }

  function within(first: number, last: number): number[] {
    const found: number[] = [];
    for (let slot = Math.max(0, first); slot < last && slot < axis.size;) {
      if ((count[slot] ?? 0) > 1) return crowded(first, last);
      const index = (owner[slot] ?? 0) - 1;
      if (index >= 0) found.push(index);
      slot = index >= 0 ? Math.max(slot + 1, to[index] ?? 0) : slot + 1;
    }
    return found;
  }

  /** The same where a slot is shared and has more than the one owner. */
  function crowded(first: number, last: number): number[] {
    const found = new Set<number>();
    for (let slot = Math.max(0, first); slot < last && slot < axis.size; slot += 1)
      for (const index of shared.get(slot) ?? [(owner[slot] ?? 0) - 1]) if (index >= 0) found.add(index);
    return [...found].sort((a, b) => a - b);
  }

  /** Idle minutes between an item's exact end and the end of its last slot. */
  function slack(index: number): number {
    if (home[index] === 0 || trails[index] !== 0) return idle[index] ?? 0;
    if ((count[(to[index] ?? 0) - 1] ?? 0) > 1) return 0;
    return Math.max(0, (timeOf(axis, to[index] ?? 0) - span(index).end) / minuteMs);
  }

  /** Whether work that was put around an event's old place still has its rest with the event there. */
  function leavesRest(index: number, { from: first, to: last }: Home, was: Span): boolean {
    if (worked <= limit) return true;
    const { start, end } = around(index, was);
    const early = count[first] === 0 ? (start - timeOf(axis, first)) / minuteMs : 0;
    const late = count[last - 1] === 0 ? (timeOf(axis, last) - end) / minuteMs : 0;
    const before = unrested(first - 1, -1, early, true);
    const after = before === 0 ? 0 : unrested(last, 1, late, true);
    return after === 0 || before + after <= limit;
  }

  /**
   * Minutes of work that run into `slot` without a rest when walking back (-1) or on (+1) from it.
   * @param isGiven whether work in its old place is not counted: what stood together before may go on to
   */
  function unrested(slot: number, step: 1 | -1, idle: number, isGiven = false): number {
    let minutes = 0;
    let gap = idle;
    for (let next = slot; next >= 0 && next < axis.size && gap < rest && minutes <= limit;) {
      const index = (owner[next] ?? 0) - 1;
      if (index >= 0 && isLunch[index] === 0) {
        if (step < 0 && gap + slack(index) >= rest) break;
        minutes += isGiven && home[index] === 1 ? 0 : (work[index] ?? 0);
        gap = step < 0 ? 0 : slack(index);
        next = step < 0 ? Math.min(next, from[index] ?? 0) - 1 : Math.max(next + 1, to[index] ?? 0);
        continue;
      }
      // A meeting is no rest, and no work that counts.
      gap = index < 0 && taken[next] === 1 ? 0 : gap + axis.grid;
      next += step;
    }
    return minutes;
  }

  function isRested(index: number, first: number, last: number): boolean {
    if (isLunch[index] === 1) return true;
    const own = work[index] ?? 0;
    // All work there is, without a rest: thousands of events in a row need not be walked along for less.
    if (own + worked <= limit) return true;
    const before = unrested(first - 1, -1, 0);
    const after = unrested(last, 1, idle[index] ?? 0);
    // One task longer than the limit stays whole: it may stand alone, but nothing joins it.
    const alone = (own > 0 ? 1 : 0) + (before > 0 ? 1 : 0) + (after > 0 ? 1 : 0) <= 1;
    return alone || before + own + after <= limit;
  }

  function put(index: number, first: number, last: number, atHome: boolean): void {
    from[index] = first;
    to[index] = last;
    home[index] = atHome ? 1 : 0;
    worked += work[index] ?? 0;
    for (let slot = first; slot < last && slot < axis.size; slot += 1) {
      const before = count[slot] ?? 0;
      if (before === 1) shared.set(slot, [(owner[slot] ?? 0) - 1, index]);
      else if (before > 1) shared.get(slot)?.push(index);
      count[slot] = before + 1;
      owner[slot] = index + 1;
    }
  }

  function take(index: number): void {
    worked -= work[index] ?? 0;
    for (let slot = from[index] ?? 0; slot < (to[index] ?? 0) && slot < axis.size; slot += 1) {
      const left = (count[slot] ?? 0) - 1;
      count[slot] = left;
      owner[slot] = left === 0 ? 0 : leave(slot, index) + 1;
    }
    from[index] = -1;
    to[index] = -1;
  }

  /** Takes an item out of a slot that it shares; answers who is in it then. */
  function leave(slot: number, index: number): number {
    const others = (shared.get(slot) ?? []).filter((other) => other !== index);
    if (others.length > 1) shared.set(slot, others);
    else shared.delete(slot);
    return Math.min(...others);
  }

  return { from, to, isFree, isHomeFree, isRested, within, put, take, span };
}
