import type { Difference } from "@beq/flags";
import { useState } from "react";
import { wordsOf } from "../../shell/refusal.ts";
import { trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Keys } from "../../ui/kbd.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { type Outcome, useActs } from "../act.ts";
import { usePreview } from "../ask.ts";
import type { Edit } from "../wire.ts";
import { Later } from "./later.tsx";
import { Lines } from "./lines.tsx";
import { Moves } from "./moves.tsx";

type Props = {
  title: string;
  edits: Edit[];
  differences: readonly Difference[];
  /** What the message says once it is saved. */
  done: string;
  close: () => void;
  /** It is saved, or on its way to somebody's approval, or planned. */
  settled: (outcome: Outcome | { kind: "planned" }) => void;
  conflicted: () => void;
};

/** The last look before a change is made: what differs, and who would notice. */
export function Review({ title, edits, differences, done, close, settled, conflicted }: Props) {
  const preview = usePreview(edits);
  const list = trpc.flags.list.useQuery();
  const { save } = useActs();
  const [comment, setComment] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [isLater, setLater] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const problems = preview.data?.problems ?? [];
  const submit = async () => {
    if (isBusy || problems.length > 0) return;
    setBusy(true);
    const outcome = await save(edits, comment, done);
    setBusy(false);
    if (outcome.kind === "conflict") return conflicted();
    if (outcome.kind === "refused") return setRefused(wordsOf(outcome.refusal));
    settled(outcome);
  };
  return (
    <Modal title={title} close={close} wide>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isLater) void submit();
        }}
        className="flex flex-col gap-4"
      >
        <section aria-label="What changes">
          <h3 className="mb-1.5 text-xs font-medium text-muted">What changes</h3>
          {differences.length > 0 ? (
            <Lines label="Differences" differences={differences} />
          ) : (
            <p className="text-sm text-muted">Nothing differs from what is in force.</p>
          )}
        </section>
        <section aria-label="Who would notice" aria-busy={preview.isPending}>
          <h3 className="mb-1.5 text-xs font-medium text-muted">Who would notice</h3>
          {preview.isPending && <Skeleton className="h-12" />}
          {preview.data && problems.length === 0 && <Moves {...preview.data} />}
          {problems.length > 0 && (
            <Notice tone="error" title="It cannot be saved like this">
              <ul>
                {problems.map(({ path, message }) => (
                  <li key={JSON.stringify([path, message])}>{message}</li>
                ))}
              </ul>
            </Notice>
          )}
          {preview.error && <Notice tone="warning" title="Who would notice is not known at the moment" />}
        </section>
        <TextField
          label="Why"
          hint="optional, kept with the change"
          maxLength={500}
          value={comment}
          onChange={({ target }) => setComment(target.value)}
        />
        {refused !== null && <Notice tone="error" title={refused} />}
        {isLater ? (
          <Later
            edits={edits}
            comment={comment}
            back={() => setLater(false)}
            planned={() => settled({ kind: "planned" })}
          />
        ) : (
          <div className="flex flex-wrap gap-2">
            <Button type="submit" kind="primary" disabled={isBusy || problems.length > 0}>
              {list.data?.four_eyes ? "Ask for approval" : "Save"}
              <Keys keys="enter" />
            </Button>
            <Button onClick={() => setLater(true)} disabled={problems.length > 0}>
              Later…
            </Button>
            <Button kind="quiet" onClick={close}>
              Back to editing
            </Button>
          </div>
        )}
      </form>
    </Modal>
  );
}
