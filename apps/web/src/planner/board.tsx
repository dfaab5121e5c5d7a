import { minuteOfDay } from "@beq/scheduler/contract";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { addDays, type Day, daysFrom, weekdayOf } from "../calendar/axis.ts";
import { Grid } from "../calendar/grid.tsx";
import { useCommands } from "../shell/services.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Block, Chip } from "./block.tsx";
import { type Entry, entriesOf } from "./entries.ts";
import type { PlannerView } from "./planner.ts";
import { Summary, Unplaced } from "./summary.tsx";
import { useSwipe } from "./swipe.ts";
import { plainDate } from "./words.ts";

type Props = { planner: PlannerView; wide: boolean; edit: (taskId: string) => void };

/** The week (or, where it is narrow, one day of it) with the plan in it. */
export function Board({ planner, wide, edit }: Props) {
  const { draft, span, shown, events, today, now, words } = planner;
  const [picked, setPicked] = useState<string | null>(null);
  const day =
    picked !== null && picked >= (span.weeks[0] ?? "") && picked < addDays(span.weeks.at(-1) ?? "", 7)
      ? picked
      : span.begin;
  const week = span.weeks.findLast((monday) => monday <= day) ?? span.weeks[0] ?? today;
  const zone = draft.preferences.timezone;
  const days = useMemo(() => daysFrom(week, 7, zone), [week, zone]);
  const entries = useMemo(() => entriesOf(shown, events, draft), [shown, events, draft]);
  const step = (by: number) => setPicked(addDays(day, by));
  const canStep = (by: number) => span.weeks.includes(addDays(week, by * 7));
  useCommands([
    { id: "next-week", title: "Show the next week", section: "Calendar", keys: "]", run: () => canStep(1) && step(7) },
    {
      id: "last-week",
      title: "Show the week before",
      section: "Calendar",
      keys: "[",
      run: () => canStep(-1) && step(-7),
    },
    {
      id: "first-day",
      title: "Show the first planned day",
      section: "Calendar",
      keys: "t",
      run: () => setPicked(null),
    },
  ]);
  const swipe = useSwipe((by) => setPicked(addDays(day, by)));
  const shownDays = wide ? days : days.filter(({ date }) => date === day);
  return (
    <section aria-label="Plan" className="flex min-h-0 min-w-0 flex-1 flex-col" {...(wide ? {} : swipe)}>
      <div className="flex h-11 shrink-0 items-center gap-1 border-b border-line bg-surface px-2">
        <h2 className="px-1.5 font-semibold">{title(week)}</h2>
        <Button kind="quiet" size="icon" aria-label="Week before" disabled={!canStep(-1)} onClick={() => step(-7)}>
          <ChevronLeft aria-hidden className="size-4" />
        </Button>
        <Button kind="quiet" size="icon" aria-label="Next week" disabled={!canStep(1)} onClick={() => step(7)}>
          <ChevronRight aria-hidden className="size-4" />
        </Button>
        <span className="ml-auto truncate pr-1 text-xs text-faint">{zone.replaceAll("_", " ")}</span>
      </div>
      {shown && <Summary planner={planner} shown={shown} />}
      {shown?.error && (
        <div className="border-b border-line p-3">
          <Notice tone="warning" title="Nothing could be planned">
            {shown.error}
          </Notice>
        </div>
      )}
      {!wide && <DayTabs days={days} day={day} today={today} pick={setPicked} entries={entries} />}
      <Grid<Entry>
        key={shownDays[0]?.date}
        days={shownDays}
        today={today}
        now={now}
        working={(one) => workingHours(one, planner)}
        timed={entries.filter((entry) => !entry.allDay)}
        allDay={entries.filter((entry) => entry.allDay)}
        dayName={(one) => words.day(one.start + (one.end - one.start) / 2)}
        firstMinute={minuteOfDay(draft.preferences.work_start_time)}
        renderBlock={(piece, pixels) => <Block piece={piece} pixels={pixels} words={words} now={now} edit={edit} />}
        renderChip={(entry) => <Chip key={entry.id} entry={entry} words={words} edit={edit} />}
      />
      {shown && <Unplaced shown={shown} edit={edit} />}
    </section>
  );
}

function DayTabs(props: {
  days: readonly Day[];
  day: string;
  today: string;
  pick: (date: string) => void;
  entries: readonly Entry[];
}) {
  return (
    <nav aria-label="Day" className="grid shrink-0 grid-cols-7 border-b border-line bg-surface p-1">
      {props.days.map(({ date, start, end }) => {
        const filled = props.entries.some((entry) => entry.kind === "task" && entry.start < end && entry.end > start);
        return (
          <button
            key={date}
            type="button"
            aria-pressed={date === props.day}
            onClick={() => props.pick(date)}
            className="relative flex flex-col items-center rounded-md py-1 text-2xs text-muted aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
          >
            <span className="sr-only">
              {weekday(date, "long")} {plainDate(date)}
              {filled && ", has tasks"}
            </span>
            <span aria-hidden>{weekday(date, "narrow")}</span>
            <span aria-hidden className={`text-sm ${date === props.today ? "font-semibold text-accent" : ""}`}>
              {Number(date.slice(8))}
            </span>
            <span aria-hidden className={`mt-0.5 size-1 rounded-full ${filled ? "bg-accent" : ""}`} />
          </button>
        );
      })}
    </nav>
  );
}

function workingHours(day: Day, { draft }: PlannerView) {
  const { work_days: workDays, work_start_time: start, work_end_time: end } = draft.preferences;
  if (!workDays.some((one) => one === weekdayOf(day.date))) return [];

  const from = minuteOfDay(start);
  const to = minuteOfDay(end);
  // Hours over midnight show as the two ends of the day.
  return to > from ? [{ from, to }] : [{ from, to: 1_440 }, ...(to > 0 ? [{ from: 0, to }] : [])];
}

function weekday(date: string, style: "narrow" | "long"): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: style }).format(Date.parse(date));
}

function title(monday: string): string {
  const sunday = addDays(monday, 6);
  const from = monday.slice(0, 7) === sunday.slice(0, 7) ? String(Number(monday.slice(8))) : plainDate(monday);
  return `${from} – ${plainDate(sunday, true)}`;
}
