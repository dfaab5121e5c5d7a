import type { GenerateAnswer, ScheduledEvent, Unscheduled, Week } from "../contract/index.ts";
import { type Outcome, qualityOf, type Search, solve, warningsOf } from "./outcome.ts";
import { begun } from "./progress.ts";
import { readWeek } from "./problem/read.ts";
import { variants } from "./explain/variants.ts";
import { chance, count, hoursName, momentName } from "./time/words.ts";

export type PlanAnswer = Omit<GenerateAnswer, "processing_time_seconds">;

/**
 * Plans a week. Total for every parsed request: what cannot be placed is in `unscheduled` with its reason.
 * @throws nothing that a request could cause
 */
export function planWeek(week: Week, search: Search): PlanAnswer {
  search.onProgress?.("reading", 0, () => begun(week.tasks.length));
  const { outcome, alternatives } = variants(
    solve(
      readWeek(week, search.now, () => void search.outOfTime()),
      search,
    ),
    week.alternatives,
    search,
  );
  const { events, unscheduled, placed } = outcome;
  // A pinned task is in the calendar already; the plan does not repeat it.
  const isPinned = ({ type, pinned }: ScheduledEvent) => type === "task" && pinned;
  const tasks = placed.filter(({ item }) => item.kind === "task");
  const failed = week.tasks.length > 0 && tasks.length === 0;
  return {
    success: !failed,
    scheduled_events: events.filter((event) => !isPinned(event)),
    reasoning: reasoning(week, outcome),
    confidence_score: outcome.confidence,
    alternative_suggestions: [...new Set(unscheduled.flatMap(suggestions))],
    warnings: warningsOf(outcome),
    unscheduled_tasks: leftIds(outcome),
    unscheduled,
    alternatives,
    ...qualityOf(outcome),
    pinned_events: events.filter(isPinned),
    error: failed ? (unscheduled[0]?.reason ?? "Nothing could be planned.") : null,
  };
}

function leftIds({ unscheduled }: Outcome): string[] {
  return [...new Set(unscheduled.map(({ task_id: id }) => id))];
}

/** The two cheapest changes that would let a task fit, in one line. */
function suggestions({ title, changes }: Unscheduled): string[] {
  const [first, second] = changes.map(({ text }) => text);
  if (!first) return [];
  return [`'${title}': ${first}${second ? ` Or: ${second}` : ""}`];
}

function reasoning(week: Week, outcome: Outcome): string {
  const { placed, problem, confidence } = outcome;
  const { zone } = problem.calendar;
  const tasks = placed.filter(({ item }) => item.kind === "task");
  if (week.tasks.length === 0) return "There was no task to plan.";
  const [first] = tasks;
  const last = tasks.at(-1);
  if (!first || !last) return `None of ${count(week.tasks.length, "task")} could be placed.`;

  const left = leftIds(outcome).length;
  const total = tasks.reduce((sum, { item }) => sum + item.minutes, 0);
  const dated = tasks.filter(({ item }) => (item.want?.deadline ?? null) !== null);
  const onTime = dated.filter(({ item, end }) => end <= (item.want?.deadline ?? Infinity));
  const sentences = [
    `${week.tasks.length - left} of ${count(week.tasks.length, "task")} placed, ${hoursName(total)} of work from ${momentName(zone, first.start)} to ${momentName(zone, last.end)} (${zone}).`,
    dated.length > 0 &&
      `${onTime.length} of ${dated.length} with a deadline finish in time as planned; that all of them do has a probability of ${chance(confidence)} with durations as uncertain as they usually are.`,
    left > 0 && `${count(left, "task")} did not fit.`,
    "Hard rules come first, then leaving nothing out, then deadlines by priority, then preferred times and energy.",
  ];
  return sentences.filter(Boolean).join(" ");
}
