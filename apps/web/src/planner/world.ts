import type { Day } from "../calendar/axis.ts";
import type { Entry } from "./entries.ts";
import type { PlannerView } from "./planner.ts";

/** What hands work on: the plan as it is on the screen now, and how to change it. */
export type World = Pick<PlannerView, "draft" | "shown" | "words" | "now" | "span" | "commit"> & {
  entries: readonly Entry[];
  /** The week that is looked at, and those of its days that are on the screen. */
  week: readonly Day[];
  days: readonly Day[];
  /** Brings a day onto the screen. */
  show: (date: string) => void;
  /** Says something to those who do not see it happen. */
  say: (text: string) => void;
};
