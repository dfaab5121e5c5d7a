import type { AlternativePlan } from "@beq/scheduler/contract";
import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import { Notice } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useApplying } from "./applying.ts";
import { offered, taken } from "./offered.ts";
import { leftIn, placedIn } from "./placed.ts";
import type { PlannerView } from "./planner.ts";
import { gapWords, points } from "./quality.ts";
import type { Answer } from "./run.ts";
import { useOthers } from "./trying.ts";
import { chance } from "./words.ts";

/** Other good plans of the same week beside the one on the screen, to pick from. */
export function Others({ planner, close }: { planner: PlannerView; close: () => void }) {
  const { data: answer, error, isFetching, refetch } = useOthers(planner);
  return (
    <Modal title="Other plans for this week" close={close} wide>
      {isFetching && (
        <output aria-label="Looking for other plans" className="flex flex-col gap-2">
          <Skeleton className="h-20" />
          <Skeleton className="h-20" />
        </output>
      )}
      {!isFetching && error && (
        <Notice
          tone="error"
          title="There is no answer"
          action={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          {wordsOf(refusalOf(error))} The plan stays as it is.
        </Notice>
      )}
      {!isFetching && answer && <List answer={answer} planner={planner} close={close} />}
    </Modal>
  );
}

type ListProps = { answer: Answer; planner: PlannerView; close: () => void };

function List({ answer, planner, close }: ListProps) {
  const { shown, isStale, draft } = planner;
  const { apply } = useApplying();
  const [problem, setProblem] = useState<string | null>(null);
  const others = offered(answer, shown, isStale);
  const take = async (plan: AlternativePlan) => {
    const refused = await attempt(() =>
      apply({ label: "Take another plan", action: null, answer: taken(plan, answer), said: `Taken: ${plan.label}.` }),
    );
    setProblem(refused);
    if (refused === null) close();
  };
  return (
    <div className="flex flex-col gap-3 text-sm">
      {shown && (
        <Card
          label="The plan on the screen"
          facts={[
            ...factsOf({ ...shown, placed: placedIn(shown, draft.tasks), left: leftIn(shown) }),
            ...said(gapWords(shown)),
          ]}
        />
      )}
      {others.length === 0 && (
        <p className="text-muted">No other plan was found that is nearly as good and really different.</p>
      )}
      {others.map((plan) => (
        <Card
          key={plan.label}
          label={plan.label}
          facts={factsOf(weighed(plan, planner))}
          lines={plan.differences}
          take={() => void take(plan)}
        />
      ))}
      {problem !== null && (
        <Notice tone="error" title="It was not taken">
          {problem}
        </Notice>
      )}
    </div>
  );
}

type Weighed = { cost: number | null; confidence: number | null; placed: number; left: number };

function factsOf({ cost, confidence, placed, left }: Weighed): string[] {
  return [
    ...(cost === null ? [] : [`Cost ${points(cost)}`]),
    ...(confidence === null ? [] : [`${chance(confidence)} that every deadline holds`]),
    `${placed} placed${left > 0 ? `, ${left} not` : ""}`,
  ];
}

/** A plan for a week does not repeat what stands in it already. */
function weighed(plan: AlternativePlan, { draft }: PlannerView): Weighed {
  const { cost, confidence_score: confidence, unscheduled_tasks: left } = plan;
  const events = [...plan.scheduled_events, ...plan.pinned_events];
  const unscheduled = left.map((task_id) => ({ task_id }));
  return { cost, confidence, placed: placedIn({ events, unscheduled }, draft.tasks), left: left.length };
}

function said(words: string | null): string[] {
  return words === null ? [] : [words.toLowerCase()];
}

type CardProps = { label: string; facts: readonly string[]; lines?: readonly string[]; take?: () => void };

function Card({ label, facts, lines = [], take }: CardProps) {
  return (
    <section aria-label={label} className="flex items-start gap-3 rounded-md border border-line p-3">
      <div className="min-w-0 flex-1">
        <h3 className="font-medium">{label}</h3>
        <p className="text-xs text-muted">{facts.join(" · ")}</p>
        <Lines lines={lines.slice(0, mostLines)} />
        {lines.length > mostLines && (
          <details className="mt-1 text-xs">
            <summary className="w-fit text-muted hover:text-ink">{lines.length - mostLines} more differences</summary>
            <Lines lines={lines.slice(mostLines)} />
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
