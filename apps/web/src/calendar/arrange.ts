import { type Axis, type Day, positionOf } from "./axis.ts";

export type Span = { id: string; start: number; end: number };

/** The part of a span that falls on one day, in axis minutes, and the column it takes among those it overlaps. */
export type Piece<T extends Span> = { span: T; from: number; to: number; column: number; columns: number };

/**
 * Spans of one day side by side where they overlap, each as wide as its group of overlapping spans allows.
 * @param shortest minutes that a piece takes at least on the screen
 */
export function arrange<T extends Span>(spans: readonly T[], day: Day, axis: Axis, shortest: number): Piece<T>[] {
  const pieces = spans
    .filter(({ start, end }) => start < day.end && end > day.start)
    .map((span) => pieceOf(span, day, axis, shortest))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  return groups(pieces).flatMap(columns);
}

function pieceOf<T extends Span>(span: T, day: Day, axis: Axis, shortest: number): Piece<T> {
  const from = positionOf(day, axis, Math.max(span.start, day.start), "start");
  const to = positionOf(day, axis, Math.min(span.end, day.end), "end");
  return { span, from, to: Math.max(to, from + shortest), column: 0, columns: 1 };
}

/** Runs of pieces that hang together by overlap; `pieces` is sorted by start. */
function groups<T extends Span>(pieces: readonly Piece<T>[]): Piece<T>[][] {
  const runs: Piece<T>[][] = [];
  let reach = -Infinity;
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (run && piece.from < reach) run.push(piece);
    else runs.push([piece]);
    reach = Math.max(reach, piece.to);
  }
  return runs;
}

function columns<T extends Span>(group: readonly Piece<T>[]): Piece<T>[] {
  const ends: number[] = [];
  const placed = group.map((piece) => {
    const free = ends.findIndex((end) => end <= piece.from);
    const column = free >= 0 ? free : ends.length;
    ends[column] = piece.to;
    return { ...piece, column };
  });
  return placed.map((piece) => ({ ...piece, columns: ends.length }));
}
