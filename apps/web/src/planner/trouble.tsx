import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { PlannerView } from "./planner.ts";
import { sentence } from "./words.ts";

/** Why the last run gave no plan: what happened, what was kept, what to do. */
export function Trouble({ planner }: { planner: PlannerView }) {
  const { failure, problems, plan, forgetFailure } = planner;
  const retry = (
    <>
      <Button size="small" onClick={plan}>
        Retry
      </Button>
      <Button size="small" kind="quiet" onClick={forgetFailure}>
        Dismiss
      </Button>
    </>
  );
  switch (failure?.kind) {
    case undefined:
      return null;
    case "unreachable":
      return (
        <Framed>
          <Notice tone="error" title="No plan can be made just now" action={retry}>
            {sentence(failure.message)} Your tasks are kept, and so is the plan.
          </Notice>
        </Framed>
      );
    case "defect":
      return (
        <Framed>
          <Notice tone="error" title="The plan failed through a defect of ours" action={retry}>
            Your tasks are kept. {failure.requestId && `Whoever looks into it needs this number: ${failure.requestId}`}
          </Notice>
        </Framed>
      );
    case "disabled":
      return (
        <Framed>
          <Notice tone="info" title="Planning is switched off for you at the moment">
            Your tasks are kept.
          </Notice>
        </Framed>
      );
    case "unauthenticated":
      return (
        <Framed>
          <Notice tone="error" title="The server no longer knows who you are" action={retry}>
            Your tasks are kept. Sign in again, then retry.
          </Notice>
        </Framed>
      );
    case "invalid":
      return problems.length === 0 ? null : (
        <Framed>
          <Notice
            tone="error"
            title={problems.length === 1 ? "One thing needs a look" : `${problems.length} things need a look`}
          >
            <ul className="text-xs wrap-anywhere">
              {problems.slice(0, 10).map(({ task, field, message }) => (
                <li key={`${task} ${field} ${message}`}>
                  {titleOf(planner, task)}
                  {message}
                </li>
              ))}
            </ul>
          </Notice>
        </Framed>
      );
  }
}

function Framed({ children }: { children: ReactNode }) {
  return <div className="border-t border-line p-3">{children}</div>;
}

function titleOf({ draft }: PlannerView, id: string | null): string {
  const title = draft.tasks.find((task) => task.id === id)?.title;
  return title ? `"${title}": ` : "";
}
