import { CalendarClock } from "lucide-react";
import { useNow } from "../shell/now.ts";
import { Badge } from "../ui/badge.tsx";
import { momentWords, When } from "../ui/when.tsx";
import { Clash } from "./clash.tsx";
import { Decision } from "./decision.tsx";
import { Edits } from "./edits.tsx";
import type { Plan } from "./page.tsx";
import { dueWords, lateWords, stateBadge } from "./words.ts";

/** One change that waits, or what became of it: who asks for what and why, and what can be done about it. */
export function PlanCard({ plan }: { plan: Plan }) {
  const now = useNow();
  const late = plan.outcome?.late_seconds ?? null;
  const { tone, word } = stateBadge(plan);
  return (
    <article
      aria-label={`${plan.kind === "request" ? "Request" : "Scheduled change"} of ${plan.author.name}`}
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4 text-sm"
    >
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={tone}>{word}</Badge>
        <span className="font-medium wrap-anywhere">{plan.author.name}</span>
        <span className="text-xs text-muted">
          <When at={plan.created_at} now={now} />
        </span>
        {late !== null && <Badge tone="warning">{lateWords(late)}</Badge>}
      </header>
      {plan.comment && <p className="wrap-anywhere">{plan.comment}</p>}
      {plan.due_at !== null && plan.local_time !== null && plan.zone !== null && (
        <p className="flex flex-wrap items-center gap-x-2">
          <CalendarClock aria-hidden className="size-4 text-faint" />
          <span className="font-medium">{dueWords(plan.local_time, plan.zone)}</span>
          <span className="text-xs text-muted">
            {plan.zone === ownZone() ? "" : `for you ${momentWords(plan.due_at)}, `}
            <When at={plan.due_at} now={now} />
          </span>
        </p>
      )}
      <Edits edits={plan.edits} />
      <Clash plan={plan} />
      {plan.state === "open" ? <Decision plan={plan} /> : <Decided plan={plan} now={now} />}
    </article>
  );
}

function Decided({ plan, now }: { plan: Plan; now: number }) {
  return (
    <p className="text-xs text-muted">
      {plan.decided_by && `${plan.decided_by.name}, `}
      {plan.decided_at && <When at={plan.decided_at} now={now} />}
      {plan.version !== null && `, version ${plan.version}`}
      {plan.outcome?.comment && <span className="text-ink">: {plan.outcome.comment}</span>}
      {plan.outcome?.reason && <span className="block text-danger">{plan.outcome.reason}</span>}
    </p>
  );
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
