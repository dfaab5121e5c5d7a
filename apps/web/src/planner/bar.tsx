import type { Progress } from "@beq/scheduler/contract";
import { CalendarCheck } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useServices } from "../shell/services.ts";
import { Button } from "../ui/button.tsx";
import { Keys } from "../ui/kbd.tsx";
import type { PlannerView } from "./planner.ts";
import { whole } from "./preferences.tsx";
import { problemAt } from "./problems.ts";
import { Typed } from "../ui/typed.tsx";
import { plainDate } from "./words.ts";

/** Which days are planned, and the button that does it; while it runs, how far it is. */
export function Bar({ planner }: { planner: PlannerView }) {
  const { draft, span, plan, running, isReading, today } = planner;
  if (running) return <Running total={draft.tasks.length} cancel={planner.cancel} />;

  const from = span.first === today ? "today" : plainDate(span.first);
  return (
    <div className="border-t border-line bg-surface p-3">
      <Button
        kind="primary"
        className="h-9 w-full justify-center"
        disabled={draft.tasks.length === 0 || isReading}
        onClick={plan}
      >
        <CalendarCheck aria-hidden className="size-4" />
        Plan my week
        <Keys keys="mod+enter" className="ml-1 max-lg:hidden" />
      </Button>
      <p className="mt-1.5 text-center text-xs text-faint">
        {draft.tasks.length === 0
          ? "Add a task first"
          : `${from} to ${plainDate(span.last)} · ${draft.preferences.timezone.replaceAll("_", " ")}`}
      </p>
    </div>
  );
}

const phases: Record<Progress["phase"], string> = {
  queued: "Waiting for a free place",
  reading: "Reading your week",
  constructing: "Finding a first plan",
  improving: "Improving it",
  simulating: "Testing whether it holds",
};

function Running({ total, cancel }: { total: number; cancel: () => void }) {
  const { run } = useServices();
  const progress = useSyncExternalStore(run.subscribe, run.progress);
  const percent = Math.round((progress?.fraction ?? 0) * 100);
  const placed = progress && progress.total > 0 ? `${progress.placed} of ${progress.total} placed` : `${total} tasks`;
  return (
    <div className="border-t border-line bg-surface p-3">
      <div className="flex h-9 items-center gap-3">
        <div className="min-w-0 flex-1">
          <div className="flex justify-between gap-2 text-xs">
            <span className="truncate">{progress ? phases[progress.phase] : "Asking the optimizer"}</span>
            <span className="shrink-0 text-muted">{placed}</span>
          </div>
          <progress aria-label="Planning" value={percent} max={100} className="sr-only" />
          <div aria-hidden className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-busy">
            <div
              className="h-full rounded-full bg-accent transition-[width] duration-300"
              style={{ width: `${Math.max(percent, 3)}%` }}
            />
          </div>
        </div>
        <Button size="small" onClick={cancel}>
          Cancel
        </Button>
      </div>
      <p className="mt-1.5 text-center text-xs text-faint">You can go on typing meanwhile</p>
    </div>
  );
}

/** First day and number of days. */
export function Days({ planner }: { planner: PlannerView }) {
  const { draft, commit, problems } = planner;
  return (
    <div className="grid grid-cols-2 gap-x-3 px-3 pt-1 pb-3">
      <Typed
        type="date"
        label="First day"
        hint="empty: now"
        value={draft.planning_start?.slice(0, 10) ?? ""}
        problem={problemAt(problems, null, "planning_start")}
        onDone={(date) => commit("Change first day", { kind: "set", setting: { planning_start: date || null } })}
      />
      <Typed
        type="number"
        min={1}
        max={90}
        label="Days"
        hint="1–90"
        value={String(draft.planning_horizon_days)}
        problem={problemAt(problems, null, "planning_horizon_days")}
        onDone={(typed) =>
          whole(typed, 90, (days) => commit("Change days", { kind: "set", setting: { planning_horizon_days: days } }))
        }
      />
    </div>
  );
}
