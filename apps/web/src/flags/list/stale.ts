import type { FlagRow } from "../wire.ts";

/** Why a flag looks as if it could go. */
export const staleWords: Record<NonNullable<FlagRow["stale"]>, { words: string; why: string }> = {
  unchanged: { words: "unchanged", why: "Temporary, and not changed for 30 days: has it done its work?" },
  one_sided: {
    words: "one-sided",
    why: "Everybody got the same answer for 30 days: the code may not need it any more",
  },
  unseen: { words: "not asked for", why: "Nobody asked for it for 30 days: the code may have forgotten it" },
};
