import { differences, type FlagSet } from "@beq/flags";
import type { HistoryItem } from "./schema.ts";
import type { Document } from "./stored.ts";
import type { Committed, Kind } from "./wire.ts";

export type PastContext = {
  /** The version that took this one back. */
  undoneBy: number | null;
  /** What answers where nothing is saved: a declared flag's first saving differs from that. */
  ground: FlagSet;
};

/** A change as the history tells of it: what differs, without the documents. */
export function pastOf({ edits, ...change }: Committed, { undoneBy, ground }: PastContext): HistoryItem {
  const under = (kind: Kind, key: string): Document | null =>
    kind === "flag" && Object.hasOwn(ground.flags, key) ? (ground.flags[key] ?? null) : null;
  return {
    ...change,
    undone_by: undoneBy,
    edits: edits.map(({ kind, key, before, after }) => ({
      kind,
      key,
      created: before === null,
      removed: after === null,
      differences: differing(before ?? under(kind, key), after ?? under(kind, key)),
    })),
  };
}

/** One that came or went as a whole would repeat its document. */
function differing(before: Document | null, after: Document | null): HistoryItem["edits"][number]["differences"] {
  return before === null || after === null ? [] : differences<Document>(before, after);
}
