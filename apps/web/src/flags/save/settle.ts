import { type Conflict, merge } from "@beq/flags";
import type { Document } from "../wire.ts";
import { put } from "./place.ts";

/** Two people's changes of one thing, brought together as far as they do not contradict each other. */
export type Settlement<T extends Document> = { merged: T | null; conflicts: readonly Conflict[] };

export type Side = "mine" | "theirs";

export function settle<T extends Document>(from: T | null, mine: T, theirs: T | null): Settlement<T> {
  const { merged, conflicts } = merge<Document>(from ?? undefined, mine, theirs ?? undefined);
  // A merge of flags is a flag, of segments a segment.
  return { merged: (merged ?? null) as T | null, conflicts };
}

/** The merge with each contradiction decided for one side; `null` removes the whole. */
export function decided<T extends Document>({ merged, conflicts }: Settlement<T>, sides: readonly Side[]): T | null {
  return conflicts.reduce<T | null>((value, { path, mine }, index) => {
    if (sides[index] !== "mine") return value;
    // One of them removed all of it: there is only the whole to decide about.
    if (path.length === 0) return (mine ?? null) as T | null;
    return value === null ? null : put(value, path, mine);
  }, merged);
}
