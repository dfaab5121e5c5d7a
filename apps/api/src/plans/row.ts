import { differences } from "@beq/flags";
import type { Manager } from "../flags/manager.ts";
import type { Conflict } from "../flags/wire.ts";
import { isMerged, met } from "./apply.ts";
import type { Plan } from "./schema.ts";
import type { PlanRow } from "./store.ts";

/** A plan as people see it, with what has become of its ground since. */
export function planOf(row: PlanRow, manager: Pick<Manager, "check">): Plan {
  const { edits, comment, origin } = row.change;
  const conflicts = row.state === "open" ? met(edits, manager.check(edits).conflicts) : [];
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    origin,
    author: row.author,
    comment,
    created_at: row.createdAt.toISOString(),
    edits: edits.map(({ kind, key, base, before, value }) => ({
      kind,
      key,
      base,
      created: before === null,
      removed: value === null,
      differences: differences(before ?? undefined, value ?? undefined),
    })),
    local_time: row.localTime,
    zone: row.zone,
    due_at: row.dueAt?.toISOString() ?? null,
    decided_by: row.decidedBy,
    decided_at: row.decidedAt?.toISOString() ?? null,
    version: row.version,
    outcome: row.outcome,
    standing: row.state === "open" ? standingOf(conflicts) : null,
    conflicts,
  };
}

function standingOf(conflicts: readonly Conflict[]): NonNullable<Plan["standing"]> {
  if (conflicts.length === 0) return "current";
  return conflicts.every(isMerged) ? "merges" : "conflicts";
}
