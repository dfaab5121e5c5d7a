import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Form } from "../access/submit.tsx";
import { useActs } from "../flags/act.ts";
import { refusalOf, wordsOf } from "../shell/refusal.ts";
import { useServices } from "../shell/services.ts";
import { trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import type { ImportPreview } from "./preview.tsx";

type Props = { edits: ImportPreview["edits"]; from: string; done: () => void; again: () => void };

/** Applies what was chosen of an import, all of it or nothing. */
export function Apply({ edits, from, done, again }: Props) {
  const { toasts } = useServices();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const save = trpc.flags.save.useMutation();
  const { undo } = useActs();
  const [comment, setComment] = useState(`Imported from ${from}`);
  const send = async () => {
    try {
      const saved = await save.mutateAsync({ edits, comment, origin: "import" });
      void utils.flags.invalidate();
      if (saved.state === "requested") {
        toasts.show("The import waits for a second person.");
        void navigate({ to: "/review" });
        return null;
      }
      const { version } = saved;
      toasts.show(`Imported as version ${version}.`, () => void undo(version));
      done();
      return null;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.code !== "conflict") return wordsOf(refusal);
      again();
      return "Somebody changed one of these flags meanwhile. Nothing was applied; the differences are shown anew.";
    }
  };
  return (
    <Form
      submit={`Apply ${edits.length} ${edits.length === 1 ? "change" : "changes"}`}
      ready={edits.length > 0}
      send={send}
      beside={<Button onClick={done}>Cancel</Button>}
    >
      <TextField
        label="Comment"
        hint="goes into the history"
        maxLength={500}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
    </Form>
  );
}
