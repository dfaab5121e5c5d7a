import { CircleSlash, MessageSquareText, RefreshCw, ShieldCheck, TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Popover } from "../ui/popover.tsx";
import type { PlannerView } from "./planner.ts";
import type { Shown } from "./shown.ts";
import { chance } from "./words.ts";

/** The plan in one line: will it hold, what is missing, what to mind. Each part opens its reason. */
export function Summary({ planner, shown }: { planner: PlannerView; shown: Shown }) {
  const placed = new Set(shown.events.flatMap(({ task_id: id }) => id ?? [])).size;
  const all = placed + shown.unscheduled.length;
  const stale = shown.draft !== null && shown.draft !== planner.draft;
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-0.5 border-b border-line bg-surface px-2 py-1 text-xs">
      <output className="px-1.5 text-muted">
        {placed === all ? `All ${all} placed` : `${placed} of ${all} placed`}
      </output>
      <Confidence shown={shown} />
      {shown.warnings.length > 0 && (
        <Opened
          icon={<TriangleAlert aria-hidden className="size-3.5 text-warn" />}
          label={`${shown.warnings.length} ${shown.warnings.length === 1 ? "warning" : "warnings"}`}
        >
          <Lines lines={shown.warnings} />
        </Opened>
      )}
      {(shown.reasoning || shown.alternative_suggestions.length > 0) && (
        <Opened icon={<MessageSquareText aria-hidden className="size-3.5" />} label="Why this plan">
          <p className="text-pretty whitespace-pre-line">{shown.reasoning}</p>
          {shown.alternative_suggestions.length > 0 && (
            <>
              <h4 className="mt-3 mb-1 text-xs font-medium text-muted">What else would help</h4>
              <Lines lines={shown.alternative_suggestions} />
            </>
          )}
        </Opened>
      )}
      {stale && !planner.running && (
        <Button kind="quiet" size="small" className="ml-auto" onClick={planner.plan}>
          <RefreshCw aria-hidden className="size-3.5" />
          Changed since this plan. Plan again
        </Button>
      )}
    </div>
  );
}

function Confidence({ shown }: { shown: Shown }) {
  if (shown.confidence === null || shown.events.length === 0) return null;
  const deadlines = shown.events.some(({ p_on_time: probability }) => probability !== null);
  if (!deadlines) return <span className="px-1.5 text-muted">No task has a deadline</span>;
  return (
    <Opened
      icon={<ShieldCheck aria-hidden className="size-3.5" />}
      label={`${chance(shown.confidence)} chance that every deadline holds`}
    >
      <p className="text-pretty">
        The week was played through some thousand times with tasks that take shorter or longer than estimated, as tasks
        do. In {chance(shown.confidence)} of those weeks every placed task was done by its deadline.
      </p>
      {shown.unscheduled.length > 0 && (
        <p className="mt-2 text-muted">
          Tasks without a place are not counted here; they are listed below the calendar.
        </p>
      )}
    </Opened>
  );
}

function Opened({ icon, label, children }: { icon: ReactElement; label: string; children: ReactNode }) {
  return (
    <Popover
      label={label}
      renderTrigger={(opener) => (
        <Button kind="quiet" size="small" className="text-ink" {...opener}>
          {icon}
          {label}
        </Button>
      )}
    >
      {children}
    </Popover>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="flex max-h-72 list-disc flex-col gap-1 overflow-y-auto pl-4 marker:text-faint">
      {lines.map((line) => (
        <li key={line} className="text-pretty">
          {line}
        </li>
      ))}
    </ul>
  );
}

/** What found no place, why, and the smallest change that would give it one. */
export function Unplaced({ shown, edit }: { shown: Shown; edit: (taskId: string) => void }) {
  if (shown.unscheduled.length === 0) return null;
  return (
    <section
      aria-label="Without a place"
      className="max-h-[32%] shrink-0 overflow-y-auto border-t border-line bg-surface"
    >
      <h3 className="sticky top-0 flex items-center gap-1.5 bg-surface px-3 pt-2 pb-1 text-xs font-medium text-warn">
        <CircleSlash aria-hidden className="size-3.5" />
        Without a place: {shown.unscheduled.length}
      </h3>
      <ul>
        {shown.unscheduled.map(({ task_id: id, title, reason, suggestion }) => (
          <li key={id} className="flex items-start gap-3 border-t border-line px-3 py-2 first:border-t-0">
            <div className="min-w-0 flex-1 text-xs">
              <p className="text-sm wrap-anywhere">{title}</p>
              <p className="text-muted">{reason}</p>
              {suggestion && <p>{suggestion}</p>}
            </div>
            <Button size="small" onClick={() => edit(id)}>
              Edit
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
