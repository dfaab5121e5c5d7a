import { type ReactNode, useEffect } from "react";
import { useKeys } from "../shell/keys.ts";
import { type Axis, axisOf, type Day, hourMarks, missing, placeWall, positionOf, type Stretch } from "./axis.ts";
import { arrange, type Piece, type Span } from "./arrange.ts";
import { moveFocus } from "./focus.ts";

/** Pixels of a minute: an hour is 56 px tall. */
const scale = 14 / 15;
const shortestMinutes = 15;

type Props<T extends Span> = {
  days: readonly Day[];
  today: string;
  now: number;
  /** Wall-clock minutes of working time on a day, from midnight; empty on days off. */
  working: (day: Day) => Stretch[];
  timed: readonly T[];
  allDay: readonly T[];
  dayName: (day: Day) => string;
  /** Where to begin on the first look, wall-clock minutes. */
  firstMinute: number;
  renderBlock: (piece: Piece<T>, pixels: number) => ReactNode;
  renderChip: (entry: T) => ReactNode;
};

/** Days side by side on one scale of hours, true to the minute, also where the clock changes. */
export function Grid<T extends Span>(props: Props<T>) {
  const { days, firstMinute } = props;
  const axis = axisOf(days);
  const scroller = useKeys<HTMLElement>((event, grid) => moveFocus(grid, event));
  useEffect(() => {
    scroller.current?.scrollTo({ top: Math.max(0, firstMinute * scale - 24) });
  }, [scroller, firstMinute]);

  const columns = { gridTemplateColumns: `3.25rem repeat(${days.length}, minmax(0, 1fr))` };
  return (
    <section
      ref={scroller}
      // A scrollable region has to be reachable by keyboard even where it holds no block yet.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="Calendar"
      className="relative min-h-0 flex-1 overflow-y-auto bg-surface"
    >
      <Head {...props} columns={columns} />
      <div className="grid" style={{ ...columns, height: axis.minutes * scale }}>
        <Hours axis={axis} />
        {days.map((day) => (
          <Column key={day.date} {...props} day={day} axis={axis} />
        ))}
      </div>
    </section>
  );
}

function Head<T extends Span>({ days, today, allDay, dayName, renderChip, columns }: Props<T> & { columns: object }) {
  const touched = (day: Day) => allDay.filter(({ start, end }) => start < day.end && end > day.start);
  const any = days.some((day) => touched(day).length > 0);
  return (
    <div className="sticky top-0 z-20 grid border-b border-line bg-surface" style={columns}>
      <div className="self-end pr-2 pb-1 text-right text-2xs text-faint">{any && "all day"}</div>
      {days.map((day) => (
        <div key={day.date} className="min-w-0 border-l border-line px-1 pt-1.5 pb-1">
          <h3
            className={`px-1 pb-0.5 text-xs ${day.date === today ? "font-semibold text-accent" : "font-medium text-muted"}`}
            aria-current={day.date === today ? "date" : undefined}
          >
            {dayName(day)}
          </h3>
          <div className="flex flex-col gap-0.5">{touched(day).map((entry) => renderChip(entry))}</div>
        </div>
      ))}
    </div>
  );
}

function Hours({ axis }: { axis: Axis }) {
  return (
    <div aria-hidden className="relative">
      {hourMarks(axis).map(({ hour, at, again }) => (
        <div
          key={at}
          className="absolute right-2 -translate-y-1/2 text-2xs text-faint first:hidden"
          style={{ top: at * scale }}
        >
          {again ? "again " : ""}
          {String(hour).padStart(2, "0")}:00
        </div>
      ))}
    </div>
  );
}

function Column<T extends Span>({
  day,
  axis,
  timed,
  renderBlock,
  now,
  working,
  dayName,
}: Props<T> & { day: Day; axis: Axis }) {
  const pieces = arrange(timed, day, axis, shortestMinutes);
  const open = working(day).map(({ from, to }) => ({
    from: placeWall(axis, from, "start"),
    to: placeWall(axis, to, "end"),
  }));
  return (
    <section aria-label={dayName(day)} data-day className="relative border-l border-line bg-canvas/70">
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
          key={`${piece.span.id} ${piece.from}`}
          className={`absolute ${tight(piece) ? "z-1" : ""}`}
          style={{ ...placed(piece), ...beside(piece) }}
        >
          {renderBlock(piece, (piece.to - piece.from) * scale)}
        </div>
      ))}
      {now >= day.start && now < day.end && <NowLine top={positionOf(day, axis, now, "start") * scale} />}
    </section>
  );
}

/** Too low to be hit: such blocks may reach over the next one. */
function tight({ from, to }: Stretch): boolean {
  return (to - from) * scale < 24;
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
