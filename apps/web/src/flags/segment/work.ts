import type { Problem, Segment } from "@beq/flags";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@beq/api";
import { useMemo, useState } from "react";
import { useServices } from "../../shell/services.ts";
import { trpc } from "../../trpc.ts";
import type { Around } from "../condition/around.ts";
import { attributesIn } from "../condition/tree.ts";
import { segmentProblems } from "../draft/check.ts";
import { type Current, useDraft } from "../draft/draft.ts";
import type { Edit } from "../wire.ts";

export type SegmentView = inferRouterOutputs<AppRouter>["flags"]["segment"];

/** Everything that editing one segment needs. */
export function useSegmentEdit(name: string, view: SegmentView | undefined) {
  const { toasts } = useServices();
  const list = trpc.flags.list.useQuery();
  const [over, show] = useState<"review" | "conflict" | "remove" | null>(null);
  const current: Current<Segment> = useMemo(
    () => ({ version: view?.version ?? 0, value: view?.segment ?? null }),
    [view?.version, view?.segment],
  );
  const draft = useDraft<Segment>("segment", name, current);
  const problems = useMemo<Problem[]>(
    () => (draft.isDirty && draft.value ? segmentProblems(name, draft.value) : []),
    [name, draft.isDirty, draft.value],
  );
  const edits = useMemo<Edit[]>(
    () => (draft.isDirty && draft.value ? [{ kind: "segment", key: name, base: draft.base, value: draft.value }] : []),
    [draft.isDirty, draft.value, draft.base, name],
  );
  const around = useMemo<Around>(
    () => ({
      problems,
      segments: list.data?.segments.map((row) => row.name).filter((other) => other !== name) ?? [],
      flags: [],
      attributes: draft.value && "when" in draft.value ? attributesIn(draft.value) : [],
    }),
    [problems, list.data, name, draft.value],
  );
  const review = () => {
    if (!draft.isDirty) return toasts.show("There is nothing to save.");
    if (problems.length > 0) return toasts.show("There is a problem to solve first.");
    show(draft.isStale ? "conflict" : "review");
  };
  const discard = () => {
    const { value, from, base } = draft;
    draft.discard();
    if (value) toasts.show("Discarded.", () => draft.rebase({ version: base, value: from }, value));
  };
  return { draft, current, edits, problems, around, over, show, review, discard };
}
export type SegmentEdit = ReturnType<typeof useSegmentEdit>;
