import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { dateIn } from "../calendar/axis.ts";
import { useNow } from "../shell/now.ts";
import { useServices } from "../shell/services.ts";
import { useUserId } from "../shell/session.tsx";
import { useApplying } from "./applying.ts";
import { useExpanded } from "./calendars.ts";
import type { Action } from "./draft.ts";
import { isAnswered } from "./match.ts";
import { points } from "./quality.ts";
import { requestOf } from "./request.ts";
import { draftOf, shownOf, withPins } from "./shown.ts";
import { spanOf } from "./span.ts";
import { useStored } from "./stored.ts";
import { useProblems } from "./recheck.ts";
import { createWords } from "./words.ts";

/** Everything that the planner's parts show and do. */
export function usePlanner() {
  const { drafts, run, toasts } = useServices();
  const { goBack } = useApplying();
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

  const stored = useStored(state, userId);
  const hasStored = stored.data !== undefined && stored.data.tasks.length > 0;
  const resume = useCallback(() => {
    if (stored.data) drafts.adopt(draftOf(stored.data, drafts.get().draft.preferences, Date.now()));
  }, [stored.data, drafts]);
  useEffect(() => {
    if (hasStored && drafts.isNew()) resume();
  }, [hasStored, drafts, resume]);

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
  const { beaten, planned } = state;
  useEffect(() => {
    if (!beaten || !planned || run.get().beaten !== beaten) return;
    run.noticeBeaten();
    const less = points((beaten.answer.cost ?? 0) - (planned.answer.cost ?? 0));
    toasts.show(`A better plan was found: it costs ${less} points less.`, () => goBack(planned, beaten));
  }, [beaten, planned, run, toasts, goBack]);
  const answered = useMemo(() => shownOf(state.planned, stored.data, now), [state.planned, stored.data, now]);
  const shown = useMemo(() => withPins(answered, draft, now), [answered, draft, now]);
  const isOld = useMemo(
    () => stored.data !== undefined && !isReading && !isAnswered(request, stored.data, now),
    [stored.data, isReading, request, now],
  );
  // A plan that was put in place goes before the typing that led to it.
  const taken = state.taken?.draft === draft ? state.taken : null;
  const left = state.left?.draft === draft ? state.left : null;
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
    /** The plan as it was made, without what was put by hand since. */
    answered,
    isRestoring: stored.isLoading && !state.planned,
    isReading,
    running: state.running,
    proving: state.proving,
    /** Whether the plan on the screen answers an older draft than the one that is typed. */
    isStale: shown !== null && (shown.draft === null ? isOld : shown.draft !== draft),
    failure: state.failure,
    commit,
    /** Goes on with the tasks of the stored plan; null where there are none. */
    resume: hasStored ? resume : null,
    plan: () => void plan(),
    cancel: run.cancel,
    forgetFailure: run.forget,
    /** What undo would take back now. */
    undoable: taken?.label ?? history.undo.at(-1)?.label ?? null,
    undo: () => {
      // As it is by now: a key may come before what is shown has been told to those who listen.
      const { taken: last } = run.get();
      if (last?.draft === drafts.get().draft) last.back();
      else drafts.undo();
    },
    /** What redo would do again; null where it would do nothing. */
    redoable: left?.label ?? history.redo.at(-1)?.label ?? null,
    redo: () => {
      const { left: last } = run.get();
      if (last?.draft === drafts.get().draft) last.again();
      else drafts.redo();
    },
  };
}
export type PlannerView = ReturnType<typeof usePlanner>;
