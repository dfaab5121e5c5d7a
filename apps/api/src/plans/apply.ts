import { conflictOf } from "../flags/conflict.ts";
import type { Manager, By } from "../flags/manager.ts";
import type { Committed, Conflict, Edit } from "../flags/wire.ts";
import { Failure } from "../failure.ts";
import type { Planned } from "./schema.ts";

// Each time somebody else was quicker; more is a storm, in which to stop is better than to go on.
const mostTries = 5;

/**
 * Saves a change that was made some time ago: what was changed since is kept beside it where the two can be merged.
 * @throws {Failure} `conflict` where both changed the same, `invalid` where the two do not fit together
 */
export async function saveMerged(
  manager: Pick<Manager, "save">,
  { edits: planned, comment }: Pick<Planned, "edits" | "comment">,
  by: By,
): Promise<Committed> {
  let edits = planned;
  for (let tries = 1; ; tries += 1) {
    try {
      return await manager.save({ edits: edits.map(editOf), comment }, by);
    } catch (error) {
      const conflicts = met(edits, conflictsOf(error));
      if (conflicts.length === 0) throw error;
      if (tries === mostTries || !conflicts.every(isMerged)) throw refused(error, conflicts);
      edits = edits.map((edit) => rebased(edit, conflicts));
    }
  }
}

/** The conflicts of planned edits, told from what each item was when it was planned. */
export function met(edits: Planned["edits"], conflicts: readonly Conflict[]): Conflict[] {
  return edits.flatMap((edit) => {
    const conflict = conflicts.find(({ kind, key }) => kind === edit.kind && key === edit.key);
    if (!conflict) return [];
    return [
      conflictOf(edit, conflict.current, { base: edit.before, mine: edit.value, theirs: conflict.current_value }),
    ];
  });
}

/** The conflicts that a refused change has met; none where it was refused for another reason. */
export function conflictsOf(error: unknown): Conflict[] {
  if (!(error instanceof Failure) || error.code !== "conflict" || error.detail === undefined) return [];
  const conflicts = "conflicts" in error.detail ? error.detail.conflicts : undefined;
  return Array.isArray(conflicts) ? (conflicts as Conflict[]) : [];
}

/** Whether nothing was changed by both. */
export function isMerged({ conflicts }: Conflict): boolean {
  return conflicts.length === 0;
}

function editOf({ kind, key, base, value }: Planned["edits"][number]): Edit {
  return { kind, key, base, value };
}

function rebased(edit: Planned["edits"][number], conflicts: readonly Conflict[]): Planned["edits"][number] {
  const conflict = conflicts.find(({ kind, key }) => kind === edit.kind && key === edit.key);
  return conflict ? { ...edit, base: conflict.current, before: conflict.current_value, value: conflict.merged } : edit;
}

function refused(error: unknown, conflicts: Conflict[]): Failure {
  const message = error instanceof Error ? error.message : "Others changed the same";
  return new Failure("conflict", message, { detail: { error: message, conflicts } });
}
