import { Gauge, MessageSquareText, RefreshCw, ShieldCheck, TriangleAlert } from "lucide-react";
import { lazy, type ReactElement, type ReactNode, Suspense } from "react";
import { Button } from "../ui/button.tsx";
import { Popover } from "../ui/popover.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { repair, useActs } from "./acts.ts";
import { Proving } from "./live.tsx";
import { placedIn } from "./placed.ts";
import type { PlannerView } from "./planner.ts";
import { gapWords } from "./quality.ts";
import type { Shown } from "./shown.ts";
import { chance, isOfTray } from "./words.ts";

const Confidence = lazy(async () => ({ default: (await import("./confidence.tsx")).Confidence }));
const Verdict = lazy(async () => ({ default: (await import("./verdict.tsx")).Verdict }));

/** The plan in one line: will it hold, what is missing, what to mind. Each part opens its reason. */
export function Summary({ planner, shown }: { planner: PlannerView; shown: Shown }) {
  const all = planner.draft.tasks.length;
  const placed = placedIn(shown, planner.draft.tasks);
  const warnings = shown.warnings.filter((line) => !isOfTray(line));
  const stale = planner.isStale;
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-0.5 border-b border-line bg-surface px-2 py-1 text-xs">
      {all > 0 && (
        <output className="px-1.5 text-muted">
          {placed === all ? `All ${all} placed` : `${placed} of ${all} placed`}
        </output>
      )}
      <Chance shown={shown} now={planner.now} />
      {planner.proving ? <Proving shown={shown} stop={planner.cancel} /> : <Known shown={shown} stale={stale} />}
      {warnings.length > 0 && (
        <Opened
          icon={<TriangleAlert aria-hidden className="size-3.5 text-warn" />}
          label={`${warnings.length} ${warnings.length === 1 ? "warning" : "warnings"}`}
        >
          <Lines lines={warnings} />
        </Opened>
      )}
      {shown.reasoning && (
        <Opened icon={<MessageSquareText aria-hidden className="size-3.5" />} label="Why this plan">
          <p className="text-pretty whitespace-pre-line">{shown.reasoning}</p>
        </Opened>
      )}
      {stale && !planner.running && <Stale planner={planner} />}
    </div>
  );
}

/** The plan answers an older draft: what has changed since can be fitted in, or everything planned anew. */
function Stale({ planner }: { planner: PlannerView }) {
  const { ask } = useActs();
  return (
    <span className="ml-auto flex flex-wrap items-center gap-x-1">
      <span className="text-muted">Changed since this plan.</span>
      <Button kind="quiet" size="small" className="text-ink" onClick={() => ask(repair)}>
        <RefreshCw aria-hidden className="size-3.5" />
        Re-plan around it
      </Button>
      <Button kind="quiet" size="small" onClick={planner.plan}>
        Plan all anew
      </Button>
    </span>
  );
}

/** How near the plan is to the best one, and what can be done for a better one. */
function Known({ shown, stale }: { shown: Shown; stale: boolean }) {
  if (shown.events.length === 0) return null;
  return (
    <Opened icon={<Gauge aria-hidden className="size-3.5" />} label={gapWords(shown) ?? "How good it is"}>
      <Suspense fallback={<Skeleton className="h-24" />}>
        <Verdict shown={shown} stale={stale} />
      </Suspense>
    </Opened>
  );
}

function Chance({ shown, now }: { shown: Shown; now: number }) {
  if (shown.confidence === null || shown.events.length === 0) return null;
  const deadlines = shown.events.some(({ p_on_time: probability }) => probability !== null);
  if (!deadlines) return <span className="px-1.5 text-muted">No task has a deadline</span>;
  return (
    <Opened
      icon={<ShieldCheck aria-hidden className="size-3.5" />}
      label={`${chance(shown.confidence)} chance that every deadline holds`}
    >
      <Suspense fallback={<Skeleton className="h-24" />}>
        <Confidence shown={shown} confidence={shown.confidence} now={now} />
      </Suspense>
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
