import type { Plan } from "./page.tsx";

const badges = {
  open: { tone: "accent", word: "Waiting" },
  applied: { tone: "accent", word: "Applied" },
  rejected: { tone: "danger", word: "Rejected" },
  withdrawn: { tone: "plain", word: "Cancelled" },
  failed: { tone: "danger", word: "Failed" },
} as const;

/** A plan's state in a word. */
export function stateBadge({ kind, state }: Pick<Plan, "kind" | "state">) {
  return state === "open" && kind === "schedule" ? ({ tone: "accent", word: "Scheduled" } as const) : badges[state];
}

/** A wall-clock time and its zone: `Monday, 25 March 2030 at 09:00 in Europe/Berlin`. */
export function dueWords(localTime: string, zone: string): string {
  // Read and told in one zone, whatever it is: what clocks showed stays what they show.
  const told = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });
  return `${told.format(new Date(`${localTime}Z`))} in ${zone}`;
}

/** How late a scheduled change ran, in the largest unit. */
export function lateWords(seconds: number): string {
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min late`;
  return seconds < 86_400 ? `${Math.round(seconds / 3_600)} h late` : `${Math.round(seconds / 86_400)} days late`;
}
