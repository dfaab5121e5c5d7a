import { type Action, apply, type Draft, inverse } from "./draft.ts";

type Step = { label: string; action: Action };

/** A draft with the steps that lead back and, after undoing, forward again. */
export type History = { readonly draft: Draft; readonly undo: readonly Step[]; readonly redo: readonly Step[] };

const longest = 100;

export function startHistory(draft: Draft): History {
  return { draft, undo: [], redo: [] };
}

export function commit({ draft, undo }: History, label: string, action: Action): History {
  const back = { label, action: inverse(draft, action) };
  return { draft: apply(draft, action), undo: [...undo.slice(1 - longest), back], redo: [] };
}

export function undo({ draft, undo, redo }: History): History {
  const step = undo.at(-1);
  if (!step) return { draft, undo, redo };

  const forward = { label: step.label, action: inverse(draft, step.action) };
  return { draft: apply(draft, step.action), undo: undo.slice(0, -1), redo: [...redo, forward] };
}

export function redo({ draft, undo, redo }: History): History {
  const step = redo.at(-1);
  if (!step) return { draft, undo, redo };

  const back = { label: step.label, action: inverse(draft, step.action) };
  return { draft: apply(draft, step.action), undo: [...undo, back], redo: redo.slice(0, -1) };
}
