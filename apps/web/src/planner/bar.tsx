import { CalendarCheck } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Running } from "./live.tsx";
import type { PlannerView } from "./planner.ts";
import { Read } from "./read.tsx";
import { readWhole } from "./whole.ts";
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
      <Read
        type="number"
        min={1}
        max={90}
        label="Days"
        hint="1–90"
        value={String(draft.planning_horizon_days)}
        problem={problemAt(problems, null, "planning_horizon_days")}
        read={(typed) => readWhole(typed, 90)}
        wanted="a number of 1 to 90"
        set={(days) => commit("Change days", { kind: "set", setting: { planning_horizon_days: days } })}
      />
    </div>
  );
}
