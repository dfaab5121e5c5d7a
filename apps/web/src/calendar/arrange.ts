import { type Axis, type Day, positionOf } from "./axis.ts";

export type Span = { id: string; start: number; end: number };

/** The part of a span that falls on one day, in axis minutes, and the column it takes among those it overlaps. */
export type Piece<T extends Span> = { span: T; from: number; to: number; column: number; columns: number };

/** Minutes on the screen: what a piece takes at least, what can be hit of one that is pressed, and what is pressed even if shorter. */
export type Sizes<T> = { shortest: number; target: number; isTarget: (span: T) => boolean };

/** A piece, and until when nothing else may stand in its column. */
type Reaching<T extends Span> = Piece<T> & { reach: number };

/**
 * Spans of one day side by side where they overlap, or where the one would leave too little to hit of the other; each as
 * wide as its group allows.
 */
export function arrange<T extends Span>(spans: readonly T[], day: Day, axis: Axis, sizes: Sizes<T>): Piece<T>[] {
  const pieces = spans
    .filter(({ start, end }) => start < day.end && end > day.start)
    .map((span) => pieceOf(span, day, axis, sizes.shortest))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  return groups(pieces.map((piece, index) => reaching(piece, pieces[index + 1], sizes))).flatMap(columns);
}

/** A short piece is drawn over the next one, which has to stay big enough to be hit itself. */
function reaching<T extends Span>(
  piece: Piece<T>,
  next: Piece<T> | undefined,
  { target, isTarget }: Sizes<T>,
): Reaching<T> {
  const drawn = piece.from + target;
  const covers = next !== undefined && piece.to < drawn && next.from < drawn && next.to - drawn < target;
  const isPressed = (one: Piece<T>) => one.to - one.from >= target || isTarget(one.span);
  return { ...piece, reach: covers && isTarget(piece.span) && isPressed(next) ? drawn : piece.to };
}

function pieceOf<T extends Span>(span: T, day: Day, axis: Axis, shortest: number): Piece<T> {
  const from = positionOf(day, axis, Math.max(span.start, day.start), "start");
  const to = positionOf(day, axis, Math.min(span.end, day.end), "end");
  return { span, from, to: Math.max(to, from + shortest), column: 0, columns: 1 };
}

/** Runs of pieces that hang together by overlap; `pieces` is sorted by start. */
function groups<T extends Span>(pieces: readonly Reaching<T>[]): Reaching<T>[][] {
  const runs: Reaching<T>[][] = [];
  let reach = -Infinity;
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (run && piece.from < reach) run.push(piece);
    else runs.push([piece]);
    reach = Math.max(reach, piece.reach);
  }
  return runs;
}

function columns<T extends Span>(group: readonly Reaching<T>[]): Piece<T>[] {
  const ends: number[] = [];
  const placed = group.map(({ reach, ...piece }) => {
    const free = ends.findIndex((end) => end <= piece.from);
    const column = free >= 0 ? free : ends.length;
    ends[column] = reach;
    return { ...piece, column };
  });
  return placed.map((piece) => ({ ...piece, columns: ends.length }));
}
