import type { Progress } from "@beq/scheduler/contract";
import { useSyncExternalStore } from "react";
import { useServices } from "../shell/services.ts";
import { Button } from "../ui/button.tsx";
import { gapWords, points } from "./quality.ts";
import type { Shown } from "./shown.ts";
import { chance } from "./words.ts";

const phases: Record<Progress["phase"], string> = {
  queued: "Waiting for a free place",
  reading: "Reading your week",
  constructing: "Finding a first plan",
  improving: "Improving it",
  simulating: "Testing whether it holds",
  proving: "Looking for a better one, or proof that there is none",
};

/** How far planning is, before there is a plan to show. */
export function Running({ total, cancel }: { total: number; cancel: () => void }) {
  const [first, progress] = useProgress();
  const placed = progress && progress.total > 0 ? `${progress.placed} of ${progress.total} placed` : `${total} tasks`;
  return (
    <div className="border-t border-line bg-surface p-3">
      <div className="flex h-9 items-center gap-3">
        <div className="min-w-0 flex-1">
          <div className="flex justify-between gap-2 text-xs">
            <span className="truncate">{progress ? phases[progress.phase] : "Asking the optimizer"}</span>
            <span className="shrink-0 text-muted">{placed}</span>
          </div>
          <Track label="Planning" fraction={progress?.fraction ?? 0} className="mt-1.5" />
        </div>
        <Button size="small" onClick={cancel}>
          Cancel
        </Button>
      </div>
      <p className="mt-1.5 truncate text-center text-xs text-faint">
        {said(first, progress) || "You can go on typing meanwhile"}
      </p>
    </div>
  );
}

type ProvingProps = { shown: Pick<Shown, "cost" | "optimality_gap">; stop: () => void };

/** The search that goes on behind a plan that is there already; stopping it keeps what was found. */
export function Proving({ shown: { cost, optimality_gap: known }, stop }: ProvingProps) {
  const [, progress] = useProgress();
  const gap = gapWords({ proof: "bounded", optimality_gap: progress?.optimality_gap ?? known });
  return (
    <span className="flex items-center gap-2 px-1.5">
      <Track label="Looking for a better plan" fraction={progress?.fraction ?? 0} className="w-10" />
      <span className="text-muted">{[gap ?? "Looking for a better plan", ...better(progress, cost)].join(" · ")}</span>
      <Button kind="quiet" size="small" aria-label="Stop looking for a better plan" onClick={stop}>
        Stop
      </Button>
    </span>
  );
}

/** Of a plan that is better than the one shown how likely it is to hold; that one's chance stands beside this. */
function better(newest: Progress | undefined, cost: number | null): string[] {
  if (!newest || newest.cost === null || newest.confidence_score === null) return [];
  return cost === null || newest.cost >= cost ? [] : [`a better one, ${chance(newest.confidence_score)} that it holds`];
}

/** The first report of as full a plan, and the newest. */
function useProgress(): [Progress | undefined, Progress | undefined] {
  const { run } = useServices();
  const reports = useSyncExternalStore(run.subscribe, run.progress);
  return [reports[0], reports.at(-1)];
}

function Track({ label, fraction, className }: { label: string; fraction: number; className: string }) {
  const percent = Math.round(fraction * 100);
  return (
    <>
      <progress aria-label={label} value={percent} max={100} className="sr-only" />
      <span aria-hidden className={`block h-1.5 overflow-hidden rounded-full bg-busy ${className}`}>
        {/* Shifted, not stretched: while it moves, nothing is laid out or painted. */}
        <span
          className="block h-full rounded-full bg-accent transition-transform duration-300"
          style={{ transform: `translateX(${Math.max(percent, 3) - 100}%)` }}
        />
      </span>
    </>
  );
}

/** What the search has found by now: `Cost 12,340, was 14,210 · at most 4.1 % from the best · 84 % that it holds` */
function said(first: Progress | undefined, newest: Progress | undefined): string {
  if (!first || !newest || newest.cost === null) return "";
  const was = first.cost !== null && first.cost > newest.cost ? `, was ${points(first.cost)}` : "";
  const gap = gapWords({ proof: "bounded", optimality_gap: newest.optimality_gap });
  return [
    `Cost ${points(newest.cost)}${was}`,
    ...(gap ? [gap.toLowerCase()] : []),
    ...(newest.confidence_score === null ? [] : [`${chance(newest.confidence_score)} that it holds`]),
  ].join(" · ");
}
