import { memo, type ReactNode, useMemo } from "react";
import { type Axis, type Day, hourMarks, missing, placeWall, positionOf, type Stretch } from "./axis.ts";
import { arrange, type Piece, type Span } from "./arrange.ts";

/** Pixels of a minute: an hour is 56 px tall. */
export const scale = 14 / 15;
const shortestMinutes = 15;
/** Pixels that can be hit. */
const leastTarget = 24;

/** What the days are drawn from. Functions are the same ones as long as they draw the same. */
export type Drawing<T extends Span> = {
  now: number;
  /** Wall-clock minutes of working time on a day, from midnight; empty on days off. */
  working: (day: Day) => Stretch[];
  timed: readonly T[];
  dayName: (day: Day) => string;
  renderBlock: (piece: Piece<T>, pixels: number) => ReactNode;
  /** Whether it can be pressed however short it is. */
  isTarget: (span: T) => boolean;
};

type Props<T extends Span> = Drawing<T> & { day: Day; axis: Axis };

function Plain<T extends Span>({ day, axis, timed, renderBlock, isTarget, now, working, dayName }: Props<T>) {
  const pieces = useMemo(
    () => arrange(timed, day, axis, { shortest: shortestMinutes, target: leastTarget / scale, isTarget }),
    [timed, day, axis, isTarget],
  );
  const open = working(day).map(({ from, to }) => ({
    from: placeWall(axis, from, "start"),
    to: placeWall(axis, to, "end"),
  }));
  return (
    <section
      aria-label={dayName(day)}
      data-day
      data-date={day.date}
      // Apart from what is over it: where only that changes, the day is not painted again.
      className="relative isolate border-l border-line bg-canvas/70"
    >
      {open.map((stretch) => (
        <div key={stretch.from} className="absolute inset-x-0 bg-surface" style={placed(stretch)} />
      ))}
      {hourMarks(axis).map(({ at }) => (
        <div key={at} className="absolute inset-x-0 border-t border-line" style={{ top: at * scale }} />
      ))}
      {missing(day, axis).map((stretch) => (
        <div
          key={stretch.from}
          title="The clock skips this time"
          className="hatched absolute inset-x-0 bg-sunken"
          style={placed(stretch)}
        />
      ))}
      {pieces.map((piece) => (
        <div
          key={keyOf(piece, day, now)}
          data-glide={keyOf(piece, day, now)}
          className={`absolute ${tight(piece) ? "has-[button]:z-1" : ""}`}
          style={{ ...placed(piece), ...beside(piece) }}
        >
          {renderBlock(piece, (piece.to - piece.from) * scale)}
        </div>
      ))}
      {now >= day.start && now < day.end && <NowLine top={positionOf(day, axis, now, "start") * scale} />}
    </section>
  );
}

/** One day: its working hours, its blocks, and where it is now. */
// `memo` forgets that the component is generic.
export const Column = memo(Plain) as typeof Plain;

/** The same block wherever it moves. What has begun stays, and may have been planned again under its name. */
function keyOf<T extends Span>({ span, from }: Piece<T>, day: Day, now: number): string {
  return span.start < Math.max(now, day.start) ? `${span.id} ${from}` : span.id;
}

/** Too low to be hit: where such a block can be pressed, it reaches over the next one. */
function tight({ from, to }: Stretch): boolean {
  return (to - from) * scale < leastTarget;
}

function NowLine({ top }: { top: number }) {
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-0 z-10 border-t-2 border-danger" style={{ top }}>
      <div className="absolute -top-[5px] -left-1 size-2 rounded-full bg-danger" />
    </div>
  );
}

function placed({ from, to }: Stretch) {
  return { top: from * scale, height: (to - from) * scale };
}

function beside({ column, columns }: { column: number; columns: number }) {
  return { left: `${(100 * column) / columns}%`, width: `calc(${100 / columns}% - 3px)` };
}
