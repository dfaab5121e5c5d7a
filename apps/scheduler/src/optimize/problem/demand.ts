import type { Actual, Constraint, Preferences, Priority, Weights } from "../../contract/index.ts";
import type { Span } from "../time/spans.ts";

/** Minutes kept free of everything else. */
export type Buffer = { readonly before: number; readonly after: number };
export const noBuffer: Buffer = { before: 0, after: 0 };

/** Minutes: no piece shorter or longer than these, and so much on one day at most. */
export type Split = { readonly min: number; readonly max: number; readonly perDay: number | null };

/** A piece of work to place. A split task is several of them with one `taskId`. Times are epoch milliseconds. */
export type Want = {
  readonly id: string;
  readonly taskId: string;
  readonly title: string;
  readonly priority: Priority;
  readonly category: string;
  readonly minutes: number;
  readonly deadline: number | null;
  readonly hardDeadline: boolean;
  readonly preferred: "morning" | "afternoon" | "evening" | "anytime";
  /** Task ids. */
  readonly dependencies: readonly string[];
  /** Minutes that have to pass after the end of a dependency, by its id; none where not given. */
  readonly lags: Readonly<Record<string, number>>;
  readonly earliest: number | null;
  /** Minutes of the day between which it stands, instead of between those of its category. */
  readonly window: { readonly from: number; readonly to: number } | null;
  readonly buffer: Buffer;
  readonly split: Split | null;
  /** Which of the times that a habit is done this is. */
  readonly occasion: Occasion | null;
  /** Which piece of its task this is. */
  readonly piece: Part | null;
  /** Where it stands so far, if anywhere; the pieces of a task that may be cut anew, in their order. */
  readonly home: Span | null;
  readonly stood: readonly Stood[];
  /** It lasts longer or shorter than it did there. */
  readonly resized: boolean;
  /** Stays where it stands, whatever the rules say. */
  readonly locked: boolean;
};

/** It asks for the best hours of its person. */
export function isDemanding({ priority }: Pick<Want, "priority">): boolean {
  return priority === "high" || priority === "urgent";
}

/** The share of its task that a piece is; 1 for a whole task. */
export function shareOf({ piece, minutes }: Pick<Want, "piece" | "minutes">): number {
  return piece ? minutes / piece.minutes : 1;
}

export type Stood = { readonly id: string; readonly home: Span };

/** It starts within `days`; `date` names the day where there is but one. `name` is for people. */
export type Occasion = { readonly days: Span; readonly date: string | null; readonly name: string };

/** `number` counts from 1 to `of`; `minutes` are those of the task as far as it is still to be placed. */
export type Part = { readonly number: number; readonly of: number; readonly minutes: number };

/** An event of the calendar that is not a task. */
export type Engagement = Span & {
  readonly id: string;
  readonly title: string;
  readonly moveable: boolean;
  readonly buffer: Buffer;
  /** It ought to be moved, but there is nowhere to move it to. */
  readonly stuck?: boolean;
};

/** Constraint with its times read. */
export type Rule = Span & Pick<Constraint, "type" | "description"> & { readonly hard: boolean };

/** Nothing stands in its time; other hard rules keep only meetings away, or nothing. */
export function keepsFree({ type, hard }: Pick<Rule, "type" | "hard">): boolean {
  return hard && (type === "time_block" || type === "break" || type === "lunch");
}

/** What is asked of the optimizer, read from a request; all times are instants. */
export type Demand = {
  readonly start: number;
  readonly horizonDays: number;
  readonly preferences: Preferences;
  readonly wants: readonly Want[];
  readonly engagements: readonly Engagement[];
  readonly rules: readonly Rule[];
  readonly weights: Weights;
  /** Minutes of a slot where they are not to be chosen. */
  readonly grid: 5 | 15 | null;
  /** What stands and starts before this stays where it is if it can; epoch milliseconds. */
  readonly frozenUntil: number;
  /** How long finished tasks took, oldest first. */
  readonly actuals: readonly Actual[];
  /** Ids of lunches not to plan: taken already, or known to have no room. */
  readonly noLunch: ReadonlySet<string>;
  /** Where lunches stand so far, by their ids. */
  readonly lunches: ReadonlyMap<string, Span>;
  readonly warnings: readonly string[];
};
