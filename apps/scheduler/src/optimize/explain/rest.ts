import { trailOf } from "../search/model.ts";
import { type Axis, timeOf } from "../time/axis.ts";
import { heldBy } from "../problem/placed.ts";
import { at, minuteMs, type Span } from "../time/spans.ts";
import type { Part } from "./wish.ts";
import type { Problem } from "../problem/problem.ts";
import type { Obstacle } from "./obstacles.ts";
import type { World } from "./world.ts";

/** Work that stands or might; no one rests in its buffers, so from `from` to `to`. */
export type Work = Span & { readonly from: number; readonly to: number; readonly work: number };

/** The same with the position of what it is among the obstacles. */
export type PlacedWork = Work & { readonly obstacle: number };
export type Meeting = Span & { readonly obstacle: number };

/** Work without a rest in it: its minutes, and of how many pieces. */
type Run = { readonly work: number; readonly count: number };

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

  function around(own: readonly Work[]): readonly PlacedWork[] {
    if (own.length === 0) return standing;
    return [...standing, ...own.map((each) => ({ ...each, obstacle: -1 }))].sort((a, b) => a.start - b.start);
  }

  /** What comes on one side of a run of work, as far as the next rest: backwards where `step` is -1. */
  function extended(run: Run, others: readonly PlacedWork[], first: number, step: 1 | -1, from: number): Run {
    let { work, count } = run;
    let edge = from;
    for (let index = first; index >= 0 && index < others.length; index += step) {
      // Past the limit it is decided, but for a piece that may stand alone.
      if (count > 1 && work > limit) break;
      const other = at(others, index);
      if (!isHere(other)) continue;
      if (step === 1 ? isRested(edge, other.from) : isRested(other.to, edge)) break;
      work += other.work;
      count += 1;
      edge = step === 1 ? Math.max(edge, other.to) : Math.min(edge, other.from);
    }
    return { work, count };
  }

  /** The run of work that `piece` would be part of. */
  function runOf(piece: Work, others: readonly PlacedWork[]): Run {
    const split = firstFrom(others, piece.start);
    const back = extended({ work: piece.work, count: 1 }, others, split - 1, -1, piece.from);
    return extended(back, others, split, 1, piece.to);
  }

  return {
    /** So many minutes around a change of what stands may the rule be kept where it was not. */
    reach: limit === Infinity ? 0 : 2 * (limit + minutes) + axis.grid,
    /** Minutes of work without a rest that it would be part of; Infinity where these are more than may be. */
    runOf(piece: Work, own: readonly Work[]): number {
      const { work, count } = runOf(piece, around(own));
      // One piece longer than the limit may stand alone.
      return work <= limit || count === 1 ? work : Infinity;
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

/** What of the obstacles is work; sorted by start. */
export function worksOf(obstacles: readonly Obstacle[], problem: Problem): PlacedWork[] {
  return obstacles
    .flatMap(({ index, span }, obstacle): PlacedWork[] => {
      if (index === null || !span || at(problem.items, index).kind !== "task") return [];
      return [{ ...workAt(problem.axis, span, at(problem.items, index)), obstacle }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Work at a time, with its buffers. */
export function workAt({ grid }: Axis, { start, end }: Span, part: Part): Work {
  const slotMs = grid * minuteMs;
  const trail = trailOf({ ...part, minutes: part.work }, grid);
  return { start, end, from: start - part.lead * slotMs, to: end + trail * slotMs, work: part.work };
}

/** Events with their buffers: those of the calendar take whole slots, those that may be moved their exact time. */
export function meetingsOf(obstacles: readonly Obstacle[], problem: Problem): Meeting[] {
  const { axis } = problem;
  return obstacles
    .flatMap(({ kind, span, index, from, to }, obstacle) => {
      if (kind !== "event" || !span) return [];
      if (index === null) return [{ start: timeOf(axis, from), end: timeOf(axis, to), obstacle }];
      return [{ ...heldBy({ ...span, item: at(problem.items, index) }), obstacle }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
