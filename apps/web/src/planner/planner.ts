import { useEffect, useMemo, useSyncExternalStore } from "react";
import { dateIn } from "../calendar/axis.ts";
import { useNow } from "../shell/now.ts";
import { useServices } from "../shell/services.ts";
import { useUserId } from "../shell/session.tsx";
import { trpc } from "../trpc.ts";
import { useExpanded } from "./calendars.ts";
import type { Action } from "./draft.ts";
import { requestOf } from "./request.ts";
import { draftOf, isPristine, shownOf } from "./shown.ts";
import { spanOf } from "./span.ts";
import { useProblems } from "./recheck.ts";
import { createWords } from "./words.ts";

/** Everything that the planner's parts show and do. */
export function usePlanner() {
  const { drafts, run, toasts } = useServices();
  const userId = useUserId();
  const now = useNow();
  const history = useSyncExternalStore(drafts.subscribe, drafts.get);
  const state = useSyncExternalStore(run.subscribe, run.get);
  const { draft } = history;
  const { timezone } = draft.preferences;

  // The span moves with the days, not with the minutes.
  const today = dateIn(timezone, now);
  const span = useMemo(() => spanOf(draft, today), [draft, today]);
  const words = useMemo(() => createWords(timezone), [timezone]);
  const { expanded, isReading } = useExpanded(draft.calendars, span.window);
  const events = useMemo(() => expanded.flatMap((calendar) => calendar.events), [expanded]);
  const request = useMemo(() => requestOf(draft, events, userId), [draft, events, userId]);
  const problems = useProblems(state, draft, request);

  const stored = trpc.schedule.get.useQuery({ user_id: userId }, { enabled: !state.planned, staleTime: Infinity });
  useEffect(() => {
    if (stored.data && stored.data.tasks.length > 0 && isPristine(drafts.get().draft) && drafts.get().undo.length === 0)
      drafts.adopt(draftOf(stored.data, drafts.get().draft.preferences, Date.now()));
  }, [stored.data, drafts]);

  const commit = (label: string, action: Action, toast?: string) => {
    const back = drafts.commit(label, action);
    if (toast) toasts.show(toast, back);
  };
  const plan = async () => {
    if (state.running || isReading) return;
    const { refusals } = await import("./refusals.ts");
    const items = refusals(request);
    if (items.length > 0) run.refuse(request, draft, { kind: "invalid", items });
    else void run.start(request, draft);
  };
  const shown = useMemo(() => shownOf(state.planned, stored.data), [state.planned, stored.data]);
  return {
    draft,
    history,
    span,
    today,
    now,
    words,
    expanded,
    events,
    problems,
    shown,
    isRestoring: stored.isLoading && !state.planned,
    isReading,
    running: state.running,
    failure: state.failure,
    commit,
    plan: () => void plan(),
    cancel: run.cancel,
    forgetFailure: run.forget,
    undo: drafts.undo,
    redo: drafts.redo,
  };
}
export type PlannerView = ReturnType<typeof usePlanner>;
