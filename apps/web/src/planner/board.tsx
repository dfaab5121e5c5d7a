import { minuteOfDay, type Preferences } from "@beq/scheduler/contract";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { lazy, Suspense, useCallback, useMemo, useRef } from "react";
import type { Piece } from "../calendar/arrange.ts";
import { addDays, type Day, weekdayOf } from "../calendar/axis.ts";
import { Grid } from "../calendar/grid.tsx";
import { useCommands } from "../shell/services.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { repair, useActs } from "./acts.ts";
import { Block, Chip } from "./block.tsx";
import { useDays, type View } from "./days.ts";
import { type Entry, entriesOf } from "./entries.ts";
import { useHands, useLatest } from "./grip.ts";
import type { PlannerView } from "./planner.ts";
import { DayRiskBadge } from "./risk.tsx";
import type { Shown } from "./shown.ts";
import { Summary } from "./summary.tsx";
import { useSwipe } from "./swipe.ts";
import { DayTabs } from "./tabs.tsx";
import { plainDate, type Words } from "./words.ts";
import type { World } from "./world.ts";

const Unplaced = lazy(async () => ({ default: (await import("./tray.tsx")).Unplaced }));

type Props = { planner: PlannerView; wide: boolean; edit: (taskId: string) => void };

/** The week, or one day of it, with the plan in it. Where it is narrow there is only the day. */
export function Board({ planner, wide, edit }: Props) {
  const { draft, shown, events, today, now, words } = planner;
  const { week, days, day, pick, step, canStep, view, setView } = useDays(planner, wide);
  const entries = useMemo(() => entriesOf(shown, events, draft), [shown, events, draft]);
  const timed = useMemo(() => entries.filter(({ allDay }) => !allDay), [entries]);
  const root = useRef<HTMLElement>(null);
  const voice = useRef<HTMLOutputElement>(null);
  const world = useLatest<World>({
    ...planner,
    entries: timed,
    week,
    days,
    show: pick,
    say: (text) => voice.current && (voice.current.textContent = text),
  });
  useHands(root, world);
  const { ask } = useActs();
  const again = { id: "replan", title: "Re-plan around what changed", section: "Calendar", keys: "r" };
  useCommands(planner.isStale && !planner.running ? [{ ...again, run: () => ask(repair) }] : []);
  const latestEdit = useLatest(edit);
  const toEditor = useCallback((id: string) => latestEdit()(id), [latestEdit]);
  const working = useCallback((one: Day) => workingHours(one, draft.preferences), [draft.preferences]);
  const dayName = useCallback((one: Day) => words.day(one.start + (one.end - one.start) / 2), [words]);
  const renderBlock = useCallback(
    (piece: Piece<Entry>, pixels: number) => (
      <Block entry={piece.span} pixels={pixels} words={words} now={now} edit={toEditor} world={world} />
    ),
    [words, now, toEditor, world],
  );
  const swipe = useSwipe((by) => pick(addDays(day, by)));
  return (
    <section ref={root} aria-label="Plan" className="flex min-h-0 min-w-0 flex-1 flex-col" {...(wide ? {} : swipe)}>
      <div className="flex h-11 shrink-0 items-center gap-1 border-b border-line bg-surface px-2">
        <h2 className="px-1.5 font-semibold">{title(week)}</h2>
        <Button kind="quiet" size="icon" aria-label="Week before" disabled={!canStep(-1)} onClick={() => step(-1)}>
          <ChevronLeft aria-hidden className="size-4" />
        </Button>
        <Button kind="quiet" size="icon" aria-label="Next week" disabled={!canStep(1)} onClick={() => step(1)}>
          <ChevronRight aria-hidden className="size-4" />
        </Button>
        <span className="ml-auto truncate pr-1 text-xs text-faint">{zone(words)}</span>
        {wide && <ViewSwitch view={view} pick={setView} />}
      </div>
      {shown && <Summary planner={planner} shown={shown} />}
      {shown?.error && (
        <div className="border-b border-line p-3">
          <Notice tone="warning" title="Nothing could be planned">
            {shown.error}
          </Notice>
        </div>
      )}
      {view === "day" && <DayTabs days={week} day={day} today={today} pick={pick} entries={entries} />}
      <Grid<Entry>
        key={days[0]?.date}
        days={days}
        today={today}
        now={now}
        working={working}
        timed={timed}
        allDay={entries.filter((entry) => entry.allDay)}
        dayName={dayName}
        renderDay={(one) => <Risk shown={shown} date={one.date} name={dayName(one)} />}
        firstMinute={minuteOfDay(draft.preferences.work_start_time)}
        renderBlock={renderBlock}
        isTarget={isTask}
        renderChip={(entry) => <Chip key={entry.id} entry={entry} words={words} edit={edit} />}
      />
      {shown && shown.unscheduled.length > 0 && (
        <Suspense>
          <Unplaced shown={shown} wide={wide} edit={edit} />
        </Suspense>
      )}
      <output ref={voice} className="sr-only" />
    </section>
  );
}

function Risk({ shown, date, name }: { shown: Shown | null; date: string; name: string }) {
  const risk = shown?.days.find((day) => day.date === date);
  return risk ? <DayRiskBadge risk={risk} name={name} /> : null;
}

function ViewSwitch({ view, pick }: { view: View; pick: (view: View) => void }) {
  return (
    <nav aria-label="Days shown" className="flex shrink-0 rounded-md border border-line">
      {(["week", "day"] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={view === name}
          onClick={() => pick(name)}
          className="h-7 px-2.5 text-xs text-muted capitalize first:rounded-l-md last:rounded-r-md aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-ink"
        >
          {name}
        </button>
      ))}
    </nav>
  );
}

function workingHours(day: Day, { work_days: workDays, work_start_time: start, work_end_time: end }: Preferences) {
  if (!workDays.some((one) => one === weekdayOf(day.date))) return [];

  const from = minuteOfDay(start);
  const to = minuteOfDay(end);
  // Hours over midnight show as the two ends of the day.
  return to > from ? [{ from, to }] : [{ from, to: 1_440 }, ...(to > 0 ? [{ from: 0, to }] : [])];
}

function zone({ zone: name }: Words): string {
  return name.replaceAll("_", " ");
}

function title([monday, ...rest]: readonly Day[]): string {
  const first = monday?.date ?? "";
  const last = rest.at(-1)?.date ?? first;
  const from = first.slice(0, 7) === last.slice(0, 7) ? String(Number(first.slice(8))) : plainDate(first);
  return `${from} – ${plainDate(last, true)}`;
}

/** Of short blocks only tasks are pressed. */
function isTask({ kind }: Entry): boolean {
  return kind === "task";
}
