import { differences } from "@beq/flags";
import { useNavigate } from "@tanstack/react-router";
import { trpc } from "../../trpc.ts";
import { ConflictDialog } from "../save/conflict.tsx";
import { Review } from "../save/review.tsx";
import type { SegmentEdit } from "./work.ts";

/** The dialogs over a segment's page. */
export function Over({ name, edit }: { name: string; edit: SegmentEdit }) {
  const { flags } = trpc.useUtils();
  const navigate = useNavigate();
  const { over, draft, current, edits, show } = edit;
  const close = () => show(null);
  const conflicted = () => void flags.segment.refetch({ name }).then(() => show("conflict"));
  if (over === "review" && edits.length > 0)
    return (
      <Review
        title={`Save ${name}`}
        edits={edits}
        differences={draft.differences}
        done={`${name} is saved.`}
        close={close}
        settled={() => {
          draft.discard();
          close();
        }}
        conflicted={conflicted}
      />
    );
  if (over === "conflict" && draft.value)
    return (
      <ConflictDialog
        from={draft.from}
        mine={draft.value}
        theirs={current}
        author="Somebody else"
        close={close}
        settled={(value) => {
          if (value === null) draft.discard();
          else draft.rebase(current, value);
          show(value !== null && differences(current.value ?? undefined, value).length > 0 ? "review" : null);
        }}
      />
    );
  if (over !== "remove") return null;
  return (
    <Review
      title={`Remove ${name}`}
      edits={[{ kind: "segment", key: name, base: current.version, value: null }]}
      differences={differences(current.value ?? undefined, undefined)}
      done={`${name} is removed.`}
      close={close}
      settled={({ kind }) => {
        draft.discard();
        close();
        if (kind === "applied") void navigate({ to: "/segments" });
      }}
      conflicted={conflicted}
    />
  );
}
