import { differences, merge } from "@beq/flags";
import { Failure } from "../failure.ts";
import { conflictOf } from "./conflict.ts";
import { conflict } from "./refuse.ts";
import type { Document, State } from "./stored.ts";
import type { Committed, Conflict, Edit } from "./wire.ts";

/**
 * The edits that take a change back. What has been changed since is kept where it has nothing to do with it.
 * @throws {Failure} `conflict` where both changed the same, or where nothing is left to take back
 */
export function undoing({ version, edits }: Pick<Committed, "version" | "edits">, state: State): Edit[] {
  const conflicts: Conflict[] = [];
  const inverse = edits.flatMap(({ kind, key, before, after }): Edit[] => {
    const item = state[kind].get(key);
    const [current, theirs] = [item?.version ?? 0, item?.document ?? null];
    const met = merge<Document>(after ?? undefined, before ?? undefined, theirs ?? undefined);
    const wish = { kind, key, base: version, value: before };
    if (met.conflicts.length > 0) {
      conflicts.push(conflictOf(wish, current, { base: after, mine: before, theirs }));
      return [];
    }
    const value = met.merged ?? null;
    if (differences<Document>(theirs ?? undefined, value ?? undefined).length === 0) return [];
    return [{ ...wish, base: current, value }];
  });

  if (conflicts.length > 0) throw conflict(conflicts);
  if (inverse.length === 0) throw new Failure("conflict", "There is nothing left of this change to take back");
  return inverse;
}
