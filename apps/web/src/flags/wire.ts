import type { AppRouter } from "@beq/api";
import type { Difference, Flag, Segment } from "@beq/flags";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

type Answers = inferRouterOutputs<AppRouter>["flags"];

export type Kind = "flag" | "segment";
export type Document = Flag | Segment;

export type FlagList = Answers["list"];
export type FlagRow = FlagList["flags"][number];
export type SegmentRow = FlagList["segments"][number];
export type FlagView = Answers["get"];
export type History = Answers["history"];
export type HistoryItem = History["items"][number];
export type Preview = Answers["preview"];
export type Edit = inferRouterInputs<AppRouter>["flags"]["save"]["edits"][number];

/** The differences of an edit. Through the router's types a member that may be anything looks as if it could be missing. */
export function differencesOf(edit: HistoryItem["edits"][number]): readonly Difference[] {
  return edit.differences as readonly Difference[];
}
