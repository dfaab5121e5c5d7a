import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useKeys } from "../shell/keys.ts";
import { type Axis, axisOf, type Day, hourMarks } from "./axis.ts";
import type { Span } from "./arrange.ts";
import { Column, type Drawing, scale } from "./column.tsx";
import { moveFocus } from "./focus.ts";
import { useGlide } from "./glide.ts";

type Props<T extends Span> = Drawing<T> & {
  days: readonly Day[];
  today: string;
  allDay: readonly T[];
  /** What else there is to say of a day, below its name. */
  renderDay: (day: Day) => ReactNode;
  /** Where to begin on the first look, wall-clock minutes. */
  firstMinute: number;
  renderChip: (entry: T) => ReactNode;
};

/** Days side by side on one scale of hours, true to the minute, also where the clock changes. */
export function Grid<T extends Span>(props: Props<T>) {
  const { days, firstMinute, timed, renderBlock, isTarget, working, dayName, now } = props;
  const axis = useMemo(() => axisOf(days), [days]);
  const plane = useRef<HTMLDivElement>(null);
  const scroller = useKeys<HTMLElement>((event, grid) => moveFocus(grid, event));
  useGlide(plane, timed, days);
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
      <div
        ref={plane}
        data-plane={axis.minutes}
        className="relative grid"
        style={{ ...columns, height: axis.minutes * scale }}
      >
        <Hours axis={axis} />
        {days.map((day) => (
          <Column<T>
            key={day.date}
            day={day}
            axis={axis}
            timed={timed}
            renderBlock={renderBlock}
            isTarget={isTarget}
            working={working}
            dayName={dayName}
            now={now}
          />
        ))}
      </div>
    </section>
  );
}

function Head<T extends Span>(props: Props<T> & { columns: object }) {
  const { days, today, allDay, dayName, renderDay, renderChip, columns } = props;
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
          <div className="flex flex-col px-1 empty:hidden">{renderDay(day)}</div>
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
