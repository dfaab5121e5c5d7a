import type { Constraint, Preferences, Priority, Weights } from "../contract/index.ts";
import type { Span } from "./spans.ts";

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
  /** Where it stands so far, if anywhere. */
  readonly home: Span | null;
  /** Stays where it stands, whatever the rules say. */
  readonly locked: boolean;
};

/** An event of the calendar that is not a task. */
export type Engagement = Span & {
  readonly id: string;
  readonly title: string;
  readonly moveable: boolean;
  /** It ought to be moved, but there is nowhere to move it to. */
  readonly stuck?: boolean;
};

/** Constraint with its times read. */
export type Rule = Span & Pick<Constraint, "type" | "description"> & { readonly hard: boolean };

/** What is asked of the optimizer, read from a request; all times are instants. */
export type Demand = {
  readonly start: number;
  readonly horizonDays: number;
  readonly preferences: Preferences;
  readonly wants: readonly Want[];
  readonly engagements: readonly Engagement[];
  readonly rules: readonly Rule[];
  readonly weights: Weights;
  /** Ids of lunches not to plan: taken already, or known to have no room. */
  readonly noLunch: ReadonlySet<string>;
  readonly warnings: readonly string[];
};
