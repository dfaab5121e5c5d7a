import { useState } from "react";
import { isAtLeast, usePerson } from "../shell/person.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { useServices } from "../shell/services.ts";
import { trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { focusHere } from "../ui/focus.ts";
import { Notice } from "../ui/notice.tsx";
import type { Plan } from "./page.tsx";

/** What the person here may do about a plan that waits. */
export function Decision({ plan }: { plan: Plan }) {
  const person = usePerson();
  if (!isAtLeast(person, "editor")) return <p className="text-xs text-muted">Editors and administrators decide.</p>;
  if (plan.kind === "schedule") return <Cancel plan={plan} word="Cancel this change" />;
  if (plan.author.id === person.id)
    return (
      <div className="flex flex-wrap items-center gap-3">
        <Cancel plan={plan} word="Take it back" />
        <span className="text-xs text-muted">Somebody else has to approve what you asked for.</span>
      </div>
    );
  return <Judge plan={plan} />;
}

function Judge({ plan }: { plan: Plan }) {
  const [comment, setComment] = useState("");
  const { refused, settled } = useSettled();
  const approve = trpc.flags.approve.useMutation(
    settled((answer) =>
      answer.state === "applied" ? `Applied as version ${answer.version}.` : "Approved; it waits for its hour.",
    ),
  );
  const reject = trpc.flags.reject.useMutation(settled(() => "Rejected."));
  const isBusy = approve.isPending || reject.isPending;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        approve.mutate({ id: plan.id, comment });
      }}
    >
      {refused !== null && <Notice tone="error" title={refused} />}
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label="Comment"
          hint="goes into the history"
          className="min-w-40 flex-1"
          maxLength={500}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
        <Button type="submit" kind="primary" disabled={isBusy || plan.standing === "conflicts"}>
          Approve
        </Button>
        <Button kind="danger" disabled={isBusy} onClick={() => reject.mutate({ id: plan.id, comment })}>
          Reject
        </Button>
      </div>
    </form>
  );
}

function Cancel({ plan, word }: { plan: Plan; word: string }) {
  const { refused, settled } = useSettled();
  const [isSure, setSure] = useState(false);
  const cancel = trpc.flags.cancelPlan.useMutation(settled(() => "Cancelled. Nothing was changed."));
  if (!isSure)
    return (
      <Button className="self-start" onClick={() => setSure(true)}>
        {word}
      </Button>
    );
  return (
    <div className="flex flex-wrap items-center gap-2">
      {refused !== null && <Notice tone="error" title={refused} />}
      <span className="text-muted">It cannot be brought back.</span>
      <Button ref={focusHere} kind="danger" disabled={cancel.isPending} onClick={() => cancel.mutate({ id: plan.id })}>
        {word}
      </Button>
      <Button onClick={() => setSure(false)}>Keep it</Button>
    </div>
  );
}

/** What follows a decision: the list anew and a word about it, or why it could not be. */
function useSettled() {
  const { toasts } = useServices();
  const utils = trpc.useUtils();
  const [refused, setRefused] = useState<string | null>(null);
  const settled = <T,>(words: (answer: T) => string) => ({
    onMutate: () => setRefused(null),
    onSuccess: (answer: T) => toasts.show(words(answer)),
    onError: (error: unknown) => setRefused(wordsOf(refusalOf(error))),
    onSettled: () => utils.flags.invalidate(),
  });
  return { refused, settled };
}
