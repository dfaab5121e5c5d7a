import { createContext, useContext } from "react";
import type { Action } from "./draft.ts";
import type { PlannerView } from "./planner.ts";

/** A change of the plan that is tried out and shown before it is made. */
export type Question = {
  title: string;
  /** What undoing it is called. */
  label: string;
  /** What becomes of the draft; null where only the plan changes. */
  action: Action | null;
  /** Moves as little as the change takes, or looks for a better plan of the whole time. */
  how: "repair" | "improve";
  /** Tasks of earlier weeks that are no longer to be done. */
  dropped?: readonly string[];
};

/** Fits what was changed since the plan into it. */
export const repair: Question = {
  title: "Re-plan around your changes",
  label: "Re-plan",
  action: null,
  how: "repair",
};

export const improve: Question = {
  title: "A better plan for these days",
  label: "Improve",
  action: null,
  how: "improve",
};

/** What parts of the page that lie deep in the calendar can do. */
export type Acts = {
  planner: PlannerView;
  edit: (taskId: string) => void;
  ask: (question: Question) => void;
  /** Looks for other plans of the same week. */
  compare: () => void;
};

const Context = createContext<Acts | null>(null);

export const ActsProvider = Context.Provider;

export function useActs(): Acts {
  const acts = useContext(Context);
  if (!acts) throw new Error("useActs needs an ActsProvider above it");
  return acts;
}
