import type { Flag, Problem } from "@beq/flags";
import { useCallback, useMemo, useState } from "react";
import { useServices } from "../../shell/services.ts";
import { trpc } from "../../trpc.ts";
import { usePreview } from "../ask.ts";
import type { Around } from "../condition/around.ts";
import { attributesIn } from "../condition/tree.ts";
import { flagProblems, together } from "../draft/check.ts";
import { type Current, useDraft } from "../draft/draft.ts";
import { useLater } from "../later.ts";
import type { Edit, FlagView } from "../wire.ts";

/** Which dialog stands over the page. */
export type Over = "review" | "conflict" | "remove" | null;

/** Everything that editing one flag needs: the draft, what is wrong with it, and what to save. */
export function useFlagEdit(flagKey: string, view: FlagView | undefined) {
  const { toasts } = useServices();
  const current: Current<Flag> = useMemo(
    () => ({ version: view?.version ?? 0, value: view?.flag ?? null }),
    [view?.version, view?.flag],
  );
  const draft = useDraft<Flag>("flag", flagKey, current);
  const [over, setOver] = useState<Over>(null);
  const broken = useBrokenTexts();
  const edits = useMemo<Edit[]>(
    () => (draft.isDirty && draft.value ? [{ kind: "flag", key: flagKey, base: draft.base, value: draft.value }] : []),
    [draft.isDirty, draft.value, draft.base, flagKey],
  );
  const problems = useProblems(flagKey, draft.value, edits);
  const list = trpc.flags.list.useQuery();
  const around = useMemo<Around>(
    () => ({
      problems,
      segments: list.data?.segments.map(({ name }) => name) ?? [],
      flags: list.data?.flags.map(({ key }) => key).filter((key) => key !== flagKey) ?? [],
      attributes: draft.value ? attributesIn(draft.value) : [],
    }),
    [problems, list.data, flagKey, draft.value],
  );
  const discard = () => {
    const before = draft.value;
    const { from, base } = draft;
    draft.discard();
    if (before) toasts.show("Discarded.", () => draft.rebase({ version: base, value: from }, before));
  };
  /** The switch is saved at once; what is being edited goes on from there. */
  const switched = (flag: Flag, version: number) => {
    if (draft.isDirty && draft.value) draft.rebase({ version, value: flag }, { ...draft.value, enabled: flag.enabled });
  };
  const all = [...problems, ...broken.messages.map((message): Problem => ({ path: [], message }))];
  /** The last look before saving, as far as there is something that could be saved. */
  const review = () => {
    if (!draft.isDirty) return toasts.show("There is nothing to save.");
    if (all.length > 0) return toasts.show("There is a problem to solve first.");
    setOver(draft.isStale ? "conflict" : "review");
  };
  return {
    draft,
    current,
    /** What answers once nothing is saved for the flag any more. */
    below: view?.layers.environment ?? view?.layers.code ?? null,
    over,
    show: setOver,
    review,
    discard,
    switched,
    edits,
    around,
    problems: all,
    reportBroken: broken.report,
  };
}
export type FlagEdit = ReturnType<typeof useFlagEdit>;

/** What is wrong by itself, at once; what is wrong beside other flags, as soon as the server has said so. */
function useProblems(flagKey: string, value: Flag | null, edits: Edit[]): Problem[] {
  const own = useMemo(() => (value && edits.length > 0 ? flagProblems(flagKey, value) : []), [flagKey, value, edits]);
  const asked = useLater(edits, 400);
  const preview = usePreview(asked, own.length === 0);
  const server = preview.data?.problems;
  return useMemo(() => {
    // Of an older text, or of none: it says nothing about this one.
    if (asked !== edits || !server || own.length > 0) return own;
    const named = server
      .filter(({ path }) => path[0] === "edits")
      .map(({ path, message }) => ({ path: path.slice(3), message }));
    return together(own, named);
  }, [own, server, asked, edits]);
}

/** Texts on the page that are no values yet. */
function useBrokenTexts() {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const report = useCallback(
    (id: string, message: string | null) =>
      setTexts((before) => {
        const others = Object.entries(before).filter(([other]) => other !== id);
        return Object.fromEntries(message === null ? others : [...others, [id, message]]);
      }),
    [],
  );
  return { messages: Object.values(texts), report };
}
