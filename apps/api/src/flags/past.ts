import { differences } from "@beq/flags";
import type { HistoryItem } from "./schema.ts";
import type { Document } from "./stored.ts";
import type { Committed } from "./wire.ts";

/** A change as the history tells of it: what differs, without the documents. */
export function pastOf({ edits, ...change }: Committed, undoneBy: number | null): HistoryItem {
  return {
    ...change,
    undone_by: undoneBy,
    edits: edits.map(({ kind, key, before, after }) => ({
      kind,
      key,
      created: before === null,
      removed: after === null,
      // One that came or went as a whole would repeat its document.
      differences: before === null || after === null ? [] : differences<Document>(before, after),
    })),
  };
}
