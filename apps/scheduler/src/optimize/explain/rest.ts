import { type Axis, timeOf } from "../time/axis.ts";
import { at, minuteMs, type Span } from "../time/spans.ts";
import type { Part } from "./wish.ts";
import type { Problem } from "../problem/problem.ts";
import type { Obstacle, World } from "./world.ts";

/** Work that stands or might; no one rests in its buffers, so from `from` to `to`. */
export type Work = Span & { readonly from: number; readonly to: number; readonly work: number };

export type Standing = Work & { readonly obstacle: number };
export type Meeting = Span & { readonly obstacle: number };

/** Tells whether work keeps the rule of rest among that which was not lifted; see `rests` in the judge. */
export function createRest(world: World, lifted: Uint8Array) {
  const { axis, problem, work: standing, meetings } = world;
  const { minutes, limit } = problem.rest;
  const longest = meetings.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  const isHere = ({ obstacle }: { obstacle: number }) => lifted[obstacle] !== 1;

  /** Whether between two moments there is a stretch long enough that no meeting touches. */
  function isRested(from: number, to: number): boolean {
    let free = from;
    if (to - from < minutes * minuteMs) return false;
    for (let index = firstFrom(meetings, from - longest); index < meetings.length; index += 1) {
      const meeting = at(meetings, index);
      if (meeting.start >= to) break;
      if (meeting.end <= free || !isHere(meeting)) continue;
      if (meeting.start - free >= minutes * minuteMs) return true;
      free = meeting.end;
    }
    return to - free >= minutes * minuteMs;
  }

  function around(own: readonly Work[]): readonly Standing[] {
    if (own.length === 0) return standing;
    return [...standing, ...own.map((each) => ({ ...each, obstacle: -1 }))].sort((a, b) => a.start - b.start);
  }

  /** The length of the run of work that `piece` would be part of, and how many pieces make it up. */
  function run(piece: Work, others: readonly Standing[]): { work: number; count: number } {
    const split = firstFrom(others, piece.start);
    let [work, count, edge] = [piece.work, 1, piece.from];
    // Past the limit it is decided, but for a piece that may stand alone.
    const isOpen = () => count === 1 || work <= limit;
    for (let index = split - 1; index >= 0 && isOpen(); index -= 1) {
      const other = at(others, index);
      if (!isHere(other)) continue;
      if (isRested(other.to, edge)) break;
      [work, count, edge] = [work + other.work, count + 1, Math.min(edge, other.from)];
    }
    edge = piece.to;
    for (let index = split; index < others.length && isOpen(); index += 1) {
      const other = at(others, index);
      if (!isHere(other)) continue;
      if (isRested(edge, other.from)) break;
      [work, count, edge] = [work + other.work, count + 1, Math.max(edge, other.to)];
    }
    return { work, count };
  }

  return {
    /** So many minutes around a change of what stands may the rule be kept where it was not. */
    reach: limit === Infinity ? 0 : 2 * (limit + minutes) + axis.grid,
    /** One piece longer than the limit may stand alone. */
    isKept(piece: Work, own: readonly Work[]): boolean {
      const { work, count } = run(piece, around(own));
      return work <= limit || count === 1;
    },
  };
}

/** Position of the first of these, sorted by start, that starts at `time` or later. */
function firstFrom(sorted: readonly Span[], time: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(sorted, middle).start >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function workOf(obstacles: readonly Obstacle[], problem: Problem): Standing[] {
  return obstacles
    .flatMap(({ index, span }, obstacle): Standing[] => {
      if (index === null || !span || at(problem.items, index).kind !== "task") return [];
      const { work, lead, slots } = at(problem.items, index);
      return [{ ...held(problem.axis, span, { work, lead, slots }), obstacle }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Work at a place, with its buffers in whole slots. */
export function held({ grid }: Axis, { start, end }: Span, { slots, lead, work }: Part): Work {
  const trail = slots - lead - Math.ceil(work / grid);
  const step = grid * minuteMs;
  return { start, end, from: start - lead * step, to: end + trail * step, work };
}

/** Events with their buffers: those of the calendar take whole slots, those that may be moved their exact time. */
export function meetingsOf(obstacles: readonly Obstacle[], problem: Problem): Meeting[] {
  const { axis } = problem;
  return obstacles
    .flatMap(({ kind, span, index, from, to }, obstacle) => {
      if (kind !== "event" || !span) return [];
      if (index === null) return [{ start: timeOf(axis, from), end: timeOf(axis, to), obstacle }];
      const { before, after } = at(problem.items, index).buffer;
      return [{ start: span.start - before * minuteMs, end: span.end + after * minuteMs, obstacle }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
