import { differences } from "@beq/flags";
import { useNavigate } from "@tanstack/react-router";
import { useServices } from "../../shell/services.ts";
import { trpc } from "../../trpc.ts";
import { ConflictDialog } from "../save/conflict.tsx";
import { Review } from "../save/review.tsx";
import type { FlagEdit } from "./work.ts";

type Props = { flagKey: string; edit: FlagEdit };

/** The dialogs over a flag's page: the last look before saving, two people's changes, and taking away what was saved. */
export function Dialogs({ flagKey, edit }: Props) {
  const { over, draft } = edit;
  if (over === "review" && edit.edits.length > 0) return <Saving flagKey={flagKey} edit={edit} />;
  if (over === "conflict" && draft.value) return <Together flagKey={flagKey} edit={edit} />;
  return over === "remove" ? <Removing flagKey={flagKey} edit={edit} /> : null;
}

function Saving({ flagKey, edit }: Props) {
  const { flags } = trpc.useUtils();
  const { draft, show, edits } = edit;
  return (
    <Review
      title={`Save ${flagKey}`}
      edits={edits}
      differences={draft.differences}
      done={`${flagKey} is saved.`}
      close={() => show(null)}
      settled={() => {
        draft.discard();
        show(null);
      }}
      conflicted={() => void flags.get.refetch({ key: flagKey }).then(() => show("conflict"))}
    />
  );
}

function Removing({ flagKey, edit }: Props) {
  const { flags } = trpc.useUtils();
  const navigate = useNavigate();
  const { draft, current, below, show } = edit;
  const close = () => show(null);
  return (
    <Review
      title={below ? `Return ${flagKey} to what lies below` : `Remove ${flagKey}`}
      edits={[{ kind: "flag", key: flagKey, base: current.version, value: null }]}
      differences={differences(current.value ?? undefined, below ?? undefined)}
      done={below ? `${flagKey} is what it was before it was saved.` : `${flagKey} is removed.`}
      close={close}
      settled={({ kind }) => {
        draft.discard();
        close();
        if (kind === "applied" && !below) void navigate({ to: "/flags" });
      }}
      conflicted={() => void flags.get.refetch({ key: flagKey }).then(close)}
    />
  );
}

function Together({ flagKey, edit }: Props) {
  const { toasts } = useServices();
  const { draft, current, show } = edit;
  const last = trpc.flags.history.useQuery({ kind: "flag", key: flagKey, limit: 1 });
  if (!draft.value) return null;
  return (
    <ConflictDialog
      from={draft.from}
      mine={draft.value}
      theirs={current}
      author={last.data?.items[0]?.author.name ?? "Somebody else"}
      close={() => show(null)}
      settled={(value) => {
        if (value === null) draft.discard();
        else draft.rebase(current, value);
        const isLeft = value !== null && differences(current.value ?? undefined, value).length > 0;
        if (!isLeft) toasts.show("Theirs holds. Nothing of yours is left to save.");
        // The last look again: what would be saved now is not what was looked at before.
        show(isLeft ? "review" : null);
      }}
    />
  );
}
