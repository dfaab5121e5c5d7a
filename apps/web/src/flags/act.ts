import { useQueryClient } from "@tanstack/react-query";
import { createElement } from "react";
import { useServices } from "../shell/services.ts";
import { type Refusal, refusalOf, wordsOf } from "../shell/refusal.ts";
import { type Api, trpc } from "../trpc.ts";
import { Saved } from "./saved.tsx";
import type { Edit } from "./wire.ts";

/** What became of a save. */
export type Outcome =
  | { kind: "applied"; version: number }
  | { kind: "requested" }
  /** Somebody else has saved another version meanwhile. */
  | { kind: "conflict"; refusal: Refusal }
  | { kind: "refused"; refusal: Refusal };

/** Saving and taking back, each told with a message that offers the way back. */
export function useActs() {
  const { toasts } = useServices();
  const { client } = trpc.useUtils();
  const queries = useQueryClient();
  const renew = () => queries.invalidateQueries({ queryKey: [["flags"]] });

  const undo = async (version: number) => {
    try {
      const outcome = await client.flags.undo.mutate({ version, comment: "" });
      const words = outcome.state === "requested" ? "Asked for the approval to take it back." : "Taken back.";
      toasts.show(words);
      await renew();
    } catch (error) {
      toasts.show(`Not taken back. ${wordsOf(refusalOf(error))}`);
    }
  };
  const save = async (edits: Edit[], comment: string, done: string): Promise<Outcome> => {
    const outcome = await saved(client, edits, comment);
    // Before anything closes: what is behind it must not show the old state for a moment.
    await renew();
    if (outcome.kind === "applied")
      toasts.show(createElement(Saved, { words: done, version: outcome.version }), () => void undo(outcome.version));
    if (outcome.kind === "requested") toasts.show("Asked for approval. It is in force once somebody else approves it.");
    return outcome;
  };
  return { save, undo, renew };
}

async function saved(client: Api, edits: Edit[], comment: string): Promise<Outcome> {
  try {
    const outcome = await client.flags.save.mutate({ edits, comment });
    return outcome.state === "applied" ? { kind: "applied", version: outcome.version } : { kind: "requested" };
  } catch (error) {
    const refusal = refusalOf(error);
    return { kind: refusal.code === "conflict" ? "conflict" : "refused", refusal };
  }
}
