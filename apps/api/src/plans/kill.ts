import { differences, type FlagSet } from "@beq/flags";
import type { Edit, Stored } from "../flags/wire.ts";

type Current = { set: FlagSet; versions: Stored["versions"] };

/**
 * Whether edits do nothing but switch flags off that are on now. Such a change needs no second person: at night there may
 * be none, and to switch off is what a flag is for.
 */
export function isKill(edits: readonly Edit[], { set, versions }: Current): boolean {
  return edits.every(({ kind, key, base, value }) => {
    const current = Object.hasOwn(set.flags, key) ? set.flags[key] : undefined;
    if (kind !== "flag" || !current || !value || !("variants" in value)) return false;
    // Compared with what its author saw, or it could bring other things along.
    if (base !== (Object.hasOwn(versions.flag, key) ? versions.flag[key] : 0)) return false;

    const [difference, ...others] = differences(current, value);
    const isSwitch = difference?.kind === "changed" && difference.path.join("/") === "enabled";
    return isSwitch && others.length === 0 && difference.after === false;
  });
}
