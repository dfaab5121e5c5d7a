import type { AlternativePlan } from "@beq/scheduler/contract";
import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import { Notice } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useServices } from "../shell/services.ts";
import { useApplying } from "./applying.ts";
import { placedTasks } from "./differences.ts";
import type { PlannerView } from "./planner.ts";
import { gapWords, points } from "./quality.ts";
import type { Answer } from "./run.ts";
import { chance } from "./words.ts";

/** Other good plans of the same week beside the one on the screen, to pick from. */
export function Others({ planner, close }: { planner: PlannerView; close: () => void }) {
  const { run } = useServices();
  const planned = run.get().planned;
  const alternatives = planned?.answer.alternatives ?? [];
  const fresh = planned !== null && planned.draft === planner.draft;
  const asking = planner.running || !fresh;
  return (
    <Modal title="Other plans for this week" close={close} wide>
      {asking && planner.failure === null && (
        <output aria-label="Looking for other plans" className="flex flex-col gap-2">
          <Skeleton className="h-20" />
          <Skeleton className="h-20" />
        </output>
      )}
      {planner.failure !== null && (
        <Notice tone="error" title="There is no answer">
          The plan stays as it is. The page behind says why.
        </Notice>
      )}
      {!asking && planned && <List current={planned.answer} alternatives={alternatives} close={close} />}
    </Modal>
  );
}

type ListProps = { current: Answer; alternatives: readonly AlternativePlan[]; close: () => void };

function List({ current, alternatives, close }: ListProps) {
  const { apply } = useApplying();
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (plan: AlternativePlan) => {
    const refused = await attempt(() =>
      apply({ label: "Take another plan", action: null, answer: taken(plan, current), said: `Taken: ${plan.label}.` }),
    );
    setProblem(refused);
    if (refused === null) close();
  };
  return (
    <div className="flex flex-col gap-3 text-sm">
      <Card label="The plan on the screen" note={gapWords(current)} plan={current} />
      {alternatives.length === 0 && (
        <p className="text-muted">No other plan was found that is nearly as good and really different.</p>
      )}
      {alternatives.map((plan) => (
        <Card key={plan.label} label={plan.label} note={null} plan={plan} take={() => void take(plan)} />
      ))}
      {problem !== null && (
        <Notice tone="error" title="It was not taken">
          {problem}
        </Notice>
      )}
    </div>
  );
}

type CardProps = {
  label: string;
  note: string | null;
  plan: Pick<Answer, "cost" | "confidence_score" | "scheduled_events" | "unscheduled_tasks"> & {
    differences?: readonly string[];
  };
  take?: () => void;
};

function Card({ label, note, plan, take }: CardProps) {
  const { cost, confidence_score: confidence, unscheduled_tasks: left, differences = [] } = plan;
  return (
    <section aria-label={label} className="flex items-start gap-3 rounded-md border border-line p-3">
      <div className="min-w-0 flex-1">
        <h3 className="font-medium">{label}</h3>
        <p className="text-xs text-muted">
          {[
            ...(cost === null ? [] : [`Cost ${points(cost)}`]),
            `${chance(confidence)} that every deadline holds`,
            `${placedTasks(plan.scheduled_events)} placed${left.length > 0 ? `, ${left.length} not` : ""}`,
            ...(note ? [note.toLowerCase()] : []),
          ].join(" · ")}
        </p>
        <Lines lines={differences.slice(0, mostLines)} />
        {differences.length > mostLines && (
          <details className="mt-1 text-xs">
            <summary className="w-fit text-muted hover:text-ink">
              {differences.length - mostLines} more differences
            </summary>
            <Lines lines={differences.slice(mostLines)} />
          </details>
        )}
      </div>
      {take && (
        <Button size="small" aria-label={`Take this one: ${label}`} onClick={take}>
          Take this one
        </Button>
      )}
    </section>
  );
}

const mostLines = 4;

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="mt-1 list-disc pl-4 text-xs marker:text-faint">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** The alternative as an answer of its own; what is known of the best cost holds for it too. */
function taken(plan: AlternativePlan, current: Answer): Answer {
  const { lower_bound: bound } = current;
  const left = new Set(plan.unscheduled_tasks);
  return {
    ...current,
    scheduled_events: plan.scheduled_events,
    confidence_score: plan.confidence_score,
    cost: plan.cost,
    optimality_gap: bound === null || plan.cost <= 0 ? null : Math.max(0, (plan.cost - bound) / plan.cost),
    proof: bound === null ? "none" : "bounded",
    unscheduled_tasks: plan.unscheduled_tasks,
    unscheduled: current.unscheduled.filter(({ task_id: id }) => left.has(id)),
    reasoning: [plan.label, ...plan.differences].join("\n"),
    days: [],
  };
}
