import { CalendarCheck } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Running } from "./live.tsx";
import type { PlannerView } from "./planner.ts";
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
