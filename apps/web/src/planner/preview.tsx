import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import { Notice } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { Question } from "./acts.ts";
import { useApplying } from "./applying.ts";
import { Differences } from "./difference.tsx";
import type { PlannerView } from "./planner.ts";
import { answerOf, type Revised, useTrial } from "./trying.ts";

type Props = { question: Question; planner: PlannerView; close: () => void };

/** What a change would do to the plan, before it is made: taken or left with one key. */
export function Preview({ question, planner, close }: Props) {
  const { data: revised, error, isFetching, refetch } = useTrial(question, planner);
  const again = () => void refetch();
  return (
    <Modal title={question.title} close={close} wide>
      {isFetching && (
        <output aria-label="Trying it out" className="flex flex-col gap-2">
          <p className="text-sm text-muted">Trying it out. Nothing is changed yet.</p>
          <Skeleton className="h-14" />
          <Skeleton className="h-24" />
          <Button className="self-end" onClick={close}>
            Cancel
          </Button>
        </output>
      )}
      {!isFetching && error && (
        <Notice
          tone="error"
          title="It could not be tried out"
          action={
            <>
              <Button onClick={again}>Try again</Button>
              <Button kind="quiet" onClick={close}>
                Close
              </Button>
            </>
          }
        >
          {wordsOf(refusalOf(error))}
        </Notice>
      )}
      {!isFetching && revised && (
        <Ready revised={revised} question={question} planner={planner} again={again} close={close} />
      )}
    </Modal>
  );
}

function Ready({ revised, question, planner, again, close }: Props & { revised: Revised; again: () => void }) {
  const { apply } = useApplying();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // A plan that fits what was changed without a move becomes the plan for that.
  const fits =
    question.how === "repair" && (planner.isStale || question.action !== null || question.dropped !== undefined);
  const nothing = revised.changes.length === 0 && !fits;
  const take = async () => {
    setBusy(true);
    const answer = answerOf(revised);
    const refused = await attempt(() =>
      apply({ label: question.label, action: question.action, answer, said: said(revised) }),
    );
    setBusy(false);
    setProblem(refused);
    if (refused === null) close();
  };
  return (
    <div className="flex flex-col gap-3">
      <Differences revised={revised} planner={planner} how={question.how} />
      {problem !== null && (
        <Notice tone="error" title="It was not applied" action={<Button onClick={again}>Try it out again</Button>}>
          {problem}
        </Notice>
      )}
      <div className="sticky -bottom-5 -mx-5 -mb-5 flex flex-wrap justify-end gap-2 border-t border-line bg-raised px-5 py-3">
        <Button onClick={close}>{nothing ? "Close" : "Keep the plan as it is"}</Button>
        {!nothing && (
          <Button kind="primary" disabled={isBusy || revised.basis === null} onClick={() => void take()}>
            Apply
          </Button>
        )}
      </div>
    </div>
  );
}

function said({ changes }: Revised): string {
  const moved = changes.filter(({ kind }) => kind === "moved").length;
  return moved === 0 ? "Applied." : `Applied: ${moved} moved.`;
}
