import { CalendarOff, ChevronRight, FileUp } from "lucide-react";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { useFeatureFlag, useFeatureFlags } from "@/lib/hooks/use-feature-flags";
import { useCommands, useServices } from "../shell/services.ts";
import { useWide } from "../shell/width.ts";
import { Button } from "../ui/button.tsx";
import { Blank } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { type Acts, ActsProvider, improve, type Question, repair } from "./acts.ts";
import { QuickAdd } from "./add.tsx";
import { Bar } from "./bar.tsx";
import { Board } from "./board.tsx";
import { isPristine } from "./draft.ts";
import { type Intake, useIntake } from "./intake.ts";
import { type PlannerView, usePlanner } from "./planner.ts";
import { fetchSample } from "./sample.ts";
import { Sources } from "./sources.tsx";
import { Tasks } from "./tasks.tsx";
import { Trouble } from "./trouble.tsx";

const Preview = lazy(async () => ({ default: (await import("./preview.tsx")).Preview }));
const Reports = lazy(async () => ({ default: (await import("./reports.tsx")).Reports }));
const Horizon = lazy(async () => ({ default: (await import("./horizon.tsx")).Horizon }));
const Preferences = lazy(async () => ({ default: (await import("./preferences.tsx")).Preferences }));
const Tuning = lazy(async () => ({ default: (await import("./tuning.tsx")).Tuning }));
const Others = lazy(async () => ({ default: (await import("./others.tsx")).Others }));

export function PlannerPage() {
  const { flags, isLoading } = useFeatureFlags();
  const enabled = useFeatureFlag("schedule_optimization");
  if (isLoading) return <Loading />;
  // Where the flag is not known because the server is away, people can at least type.
  return enabled || !flags.schedule_optimization ? <Planner /> : <Off />;
}

function Planner() {
  const planner = usePlanner();
  const intake = useIntake(planner);
  const wide = useWide();
  const [tab, setTab] = useState<"tasks" | "week">("tasks");
  const [open, setOpen] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const [isComparing, setComparing] = useState(false);
  const quick = useRef<HTMLInputElement>(null);
  const edit = (id: string) => {
    setTab("tasks");
    setOpen(id);
    // After the list is on the screen again.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#row-${CSS.escape(id)} [data-row]`)?.focus());
  };
  const toAdd = () => {
    if (quick.current) return quick.current.focus();
    setTab("tasks");
    requestAnimationFrame(() => quick.current?.focus());
  };
  const compare = () => {
    closePopovers();
    setComparing(true);
  };
  const ask = (next: Question) => {
    closePopovers();
    setQuestion(next);
  };
  const acts: Acts = { planner, edit, ask, compare };
  usePlannerCommands(planner, intake, toAdd, () => setTab("week"));
  usePlanCommands(acts);

  if (planner.isRestoring && isPristine(planner.draft)) return <Loading />;
  const shownTab = wide ? null : tab;
  return (
    <ActsProvider value={acts}>
      <div className="flex h-full flex-col lg:flex-row">
        <h1 className="sr-only">Planner</h1>
        {shownTab && <Tabs tab={shownTab} pick={setTab} tasks={planner.draft.tasks.length} />}
        {shownTab !== "week" && (
          <div className="flex min-h-0 flex-col border-r border-line bg-surface max-lg:flex-1 lg:w-96 lg:shrink-0">
            <QuickAdd planner={planner} field={quick} />
            <div className="min-h-0 flex-1 overflow-y-auto">
              {intake.reports.length > 0 && (
                <Suspense>
                  <Reports intake={intake} />
                </Suspense>
              )}
              {isPristine(planner.draft) ? (
                <FirstSteps intake={intake} resume={planner.resume} />
              ) : (
                <Filled planner={planner} intake={intake} open={open} setOpen={setOpen} />
              )}
              <Section
                title="Days"
                open={planner.problems.some(({ field }) => field.startsWith("planning_"))}
                note={`${planner.draft.planning_horizon_days}`}
              >
                <Suspense fallback={<Skeleton className="m-3 h-12" />}>
                  <Horizon planner={planner} />
                </Suspense>
              </Section>
              <Section
                title="Hours, lunch and breaks"
                open={planner.problems.some(({ task, field }) => task === null && field in planner.draft.preferences)}
              >
                <Suspense fallback={<Skeleton className="m-3 h-64" />}>
                  <Preferences planner={planner} />
                </Suspense>
              </Section>
              <Section title="What matters more" open={planner.problems.some(({ field }) => field === "weights")}>
                <Suspense fallback={<Skeleton className="m-3 h-32" />}>
                  <Tuning planner={planner} />
                </Suspense>
              </Section>
            </div>
            <Trouble planner={planner} />
            <Bar planner={planner} />
          </div>
        )}
        {shownTab !== "tasks" && <Board planner={planner} wide={wide} edit={edit} />}
        {shownTab === "week" && (
          <>
            <Trouble planner={planner} />
            <Bar planner={planner} />
          </>
        )}
        {intake.isDragging && <DropHint />}
        <Suspense fallback={null}>
          {question && <Preview question={question} planner={planner} close={() => setQuestion(null)} />}
          {isComparing && <Others planner={planner} close={() => setComparing(false)} />}
        </Suspense>
      </div>
    </ActsProvider>
  );
}

type FilledProps = { planner: PlannerView; intake: Intake; open: string | null; setOpen: (id: string | null) => void };

function Filled({ planner, intake, open, setOpen }: FilledProps) {
  return (
    <>
      <Tasks planner={planner} open={open} setOpen={setOpen} />
      <Section title="Planned around" open>
        <Sources planner={planner} />
        <div className="px-3 py-2">
          <Button size="small" onClick={intake.pick}>
            <FileUp aria-hidden className="size-3.5" />
            Add a calendar or task list
          </Button>
        </div>
      </Section>
    </>
  );
}

function FirstSteps({ intake, resume }: { intake: Intake; resume: (() => void) | null }) {
  return (
    <div className="flex flex-col gap-3 border-b border-line px-4 py-6 text-sm">
      <p className="font-medium">What do you have to do?</p>
      <ol className="flex list-decimal flex-col gap-1.5 pl-4 text-muted marker:text-faint">
        <li>Type a task above and press Enter, then the next one.</li>
        <li>Drop your calendar (.ics) anywhere on this page, or a task list (.json, .csv).</li>
        <li>Press “Plan my week”. Every placement comes with its reason.</li>
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button onClick={intake.pick}>
          <FileUp aria-hidden className="size-4" />
          Choose files
        </Button>
        <Button kind="quiet" onClick={() => void fetchSample(fetch).then(intake.takeTexts)}>
          Try a sample week
        </Button>
        {resume && (
          <Button kind="quiet" onClick={resume}>
            Go on with your last plan
          </Button>
        )}
      </div>
    </div>
  );
}

function usePlannerCommands(planner: PlannerView, intake: Intake, toAdd: () => void, toWeek: () => void): void {
  const { toasts } = useServices();
  const section = "Planner";
  const plan = () => {
    if (planner.draft.tasks.length === 0) return toasts.show("Add a task first.");
    planner.plan();
    toWeek();
  };
  const clear = () => {
    const ids = planner.draft.tasks.map(({ id }) => id);
    planner.commit(
      "Remove everything",
      {
        kind: "all",
        actions: [
          { kind: "drop", ids, unlink: false },
          { kind: "set", setting: { events: [], calendars: [], constraints: [], busy: {}, unpinned: [] } },
        ],
      },
      "Everything removed.",
    );
  };
  const undo = () => {
    const { undoable } = planner;
    toasts.show(undoable === null ? "There is nothing to undo." : `Taken back: ${undoable.toLowerCase()}.`);
    planner.undo();
  };
  const redo = () => {
    if (planner.redoable === null) toasts.show("There is nothing to redo.");
    planner.redo();
  };
  useCommands([
    { id: "new-task", title: "Add a task", section, keys: "n", run: toAdd },
    planner.running
      ? { id: "cancel", title: "Cancel planning", section, keys: "escape", run: planner.cancel }
      : { id: "plan", title: "Plan my week", section, keys: "mod+enter", run: plan },
    { id: "files", title: "Add a calendar or task list", section, keys: "i", run: intake.pick },
    { id: "sample", title: "Try a sample week", section, run: () => void fetchSample(fetch).then(intake.takeTexts) },
    { id: "undo", title: "Undo", section, keys: "mod+z", run: undo },
    { id: "redo", title: "Redo", section, keys: "mod+shift+z", run: redo },
    { id: "clear", title: "Remove everything", section, run: clear },
  ]);
}

/** What can be done with a plan that is there. */
function usePlanCommands({ planner, ask, compare }: Acts): void {
  const section = "Plan";
  useCommands(
    planner.shown === null
      ? []
      : [
          planner.isStale
            ? { id: "replan", title: "Re-plan around your changes", section, run: () => ask(repair) }
            : { id: "improve", title: "Improve this week", section, run: () => ask(improve) },
          { id: "others", title: "Show other plans", section, run: compare },
        ],
  );
}

/** The card that asked gives way to the answer. */
function closePopovers(): void {
  for (const card of document.querySelectorAll<HTMLElement>(":popover-open")) card.hidePopover();
}

function Section({
  title,
  note,
  open,
  children,
}: {
  title: string;
  note?: string;
  open: boolean;
  children: ReactNode;
}) {
  // What is folded away is not made, or loaded, before it is wanted.
  const [wasOpened, setOpened] = useState(false);
  return (
    <details
      open={open || undefined}
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
      className="group border-b border-line"
    >
      <summary className="flex list-none items-center gap-1.5 px-3 py-2 text-xs font-medium text-muted -outline-offset-2 hover:bg-hover">
        <ChevronRight aria-hidden className="size-3.5 text-faint transition-transform group-open:rotate-90" />
        {title}
        {note && <span className="font-normal text-faint">{note}</span>}
      </summary>
      {(open || wasOpened) && children}
    </details>
  );
}

function Tabs({ tab, pick, tasks }: { tab: "tasks" | "week"; pick: (tab: "tasks" | "week") => void; tasks: number }) {
  const labels = { tasks: `Tasks ${tasks || ""}`, week: "Week" };
  return (
    <nav aria-label="View" className="flex shrink-0 gap-1 border-b border-line bg-surface p-1">
      {(["tasks", "week"] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={tab === name}
          onClick={() => pick(name)}
          className="h-8 flex-1 rounded-md text-sm text-muted aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-ink"
        >
          {labels[name]}
        </button>
      ))}
    </nav>
  );
}

function DropHint() {
  return (
    <div className="pointer-events-none fixed inset-2 z-50 grid place-items-center rounded-lg border-2 border-dashed border-accent bg-canvas/85">
      <p className="text-lg font-medium">Drop your calendar or task list</p>
    </div>
  );
}

function Off() {
  return (
    <Blank icon={<CalendarOff aria-hidden />} title="Planning is switched off for you at the moment">
      Your tasks are kept on this device. The planner comes back by itself as soon as it is switched on again.
    </Blank>
  );
}

function Loading() {
  return (
    <output aria-label="Loading the planner" className="flex h-full">
      <div className="flex w-96 flex-col gap-2 border-r border-line bg-surface p-3 max-lg:w-full">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <Skeleton key={key} className="h-10" />
        ))}
      </div>
      <div className="flex-1 bg-surface p-3 max-lg:hidden">
        <Skeleton className="h-full" />
      </div>
    </output>
  );
}
