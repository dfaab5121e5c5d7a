import type { FlagSet } from "@beq/flags";
import { Failure } from "../failure.ts";
import type { Manager } from "../flags/manager.ts";
import { conflict, invalid } from "../flags/refuse.ts";
import type { Change, Edit, Kind } from "../flags/wire.ts";
import type { Planned } from "./schema.ts";

/**
 * A change as a plan keeps it: found sound today, every default filled in, with what it starts from.
 * @throws {Failure} as a save would
 */
export function prepared(
  manager: Pick<Manager, "check" | "layered" | "stored" | "readonly">,
  { edits, comment }: Change,
): Pick<Planned, "edits" | "comment"> {
  if (manager.readonly) throw new Failure("forbidden", "FLAGS_READONLY is set: nothing that is planned could be saved");
  const { problems, conflicts, next } = manager.check(edits);
  if (conflicts.length > 0) throw conflict(conflicts);
  if (!next) throw invalid(problems);

  const { set } = manager.layered();
  return {
    comment,
    edits: edits.map(({ kind, key, base, value }) => ({
      kind,
      key,
      base,
      before: itemOf(set, kind, key),
      value: value === null ? null : itemOf(next, kind, key),
    })),
  };
}

function itemOf({ flags, segments }: FlagSet, kind: Kind, key: string): Edit["value"] {
  const items = kind === "flag" ? flags : segments;
  return Object.hasOwn(items, key) ? (items[key] ?? null) : null;
}
