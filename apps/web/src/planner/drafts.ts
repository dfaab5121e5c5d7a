import { type Action, type Draft, inverse, isPristine } from "./draft.ts";
import { commit, type History, redo, startHistory, undo } from "./history.ts";
import { draftKey, keep, readKept, type Shelf } from "./kept.ts";

/** The draft that is being edited: every change is kept on this device at once and can be undone. */
export function createDrafts(shelf: Shelf, zone: string, onFull: () => void) {
  let history: History = startHistory(readKept(shelf, zone));
  let fits = true;
  const listeners = new Set<() => void>();

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const change = (next: History) => {
    if (next === history) return;
    history = next;
    const fitted = keep(shelf, history.draft);
    // Said once, not at every key stroke.
    if (fits && !fitted) onFull();
    fits = fitted;
    tell();
  };
  return {
    get: () => history,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** @returns takes this change back, whatever was done since: as undo does where it was the last one */
    commit(label: string, action: Action): () => void {
      const back = inverse(history.draft, action);
      change(commit(history, label, action));
      const step = history.undo.at(-1);
      return () => change(history.undo.at(-1) === step ? undo(history) : commit(history, `Undo: ${label}`, back));
    },
    /** Whether nobody has typed anything on this device so far. */
    isNew: () => history.undo.length === 0 && isPristine(history.draft) && shelf.read(draftKey) === null,
    /** Puts a draft in place that nobody typed here; there is nothing to undo. */
    adopt: (draft: Draft) => change(startHistory(draft)),
    /** Goes on with what another tab of this device kept since; what led there is that tab's to undo. */
    reread() {
      const draft = readKept(shelf, zone);
      if (JSON.stringify(draft) === JSON.stringify(history.draft)) return;
      history = startHistory(draft);
      tell();
    },
    undo: () => change(undo(history)),
    redo: () => change(redo(history)),
  };
}
export type Drafts = ReturnType<typeof createDrafts>;
