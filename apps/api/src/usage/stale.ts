import type { Flag } from "@beq/flags";

/** How a flag was used in the last 30 days. */
export type FlagUsage = {
  /** Epoch milliseconds of the last evaluation, of any time; null when there was none. */
  lastAt: number | null;
  /** How often each variant was answered, the most frequent first. */
  answers: { variant: string; count: number }[];
};

/** What is known of a flag when it is judged. */
export type Facts = {
  flag: Pick<Flag, "lifetime">;
  /** Code declares it. */
  declared: boolean;
  /** Epoch milliseconds of when it was first and last saved; null while it never was. */
  createdAt: number | null;
  changedAt: number | null;
  usage: FlagUsage;
};

/** Why a flag looks as if it had done its work. */
export type Stale = "unseen" | "one_sided" | "unchanged";

/** The days without a sign after which a flag is marked, and over which answers are added up. */
export const staleDays = 30;

const staleAfter = staleDays * 24 * 60 * 60 * 1000;

/**
 * Whether a flag looks stale at `now` (epoch milliseconds). `unseen`: no code declares it and nobody has asked for it.
 * Only of temporary flags: `one_sided`: everybody was answered the same; `unchanged`: nobody has saved it. All for 30
 * days; a flag that is younger is never marked.
 */
export function staleness({ flag, declared, createdAt, changedAt, usage }: Facts, now: number): Stale | null {
  const isOld = (at: number | null) => at !== null && at <= now - staleAfter;
  if (!isOld(createdAt)) return null;
  if (!declared && (usage.lastAt === null || isOld(usage.lastAt))) return "unseen";
  if (flag.lifetime !== "temporary") return null;
  if (usage.answers.length === 1) return "one_sided";
  return isOld(changedAt) ? "unchanged" : null;
}
